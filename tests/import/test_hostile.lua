-- test_hostile.lua FOLDER: what make_hostile.py wrote is refused with a reason, soon; what nobody sees
-- on a page is not read from it.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()
local folder = assert(...)

-- What f computes for, in sums of ten million on this machine, now.
local function cost(f)
  local began = os.clock()
  f()
  local whole = os.clock() - began
  began = os.clock()
  local s = 0
  for i = 1, 10000000 do s = s + i end
  return whole / (os.clock() - began)
end

local function import(name, options)
  return read.import(taxonomy, read.document(folder .. "/" .. name), options or {})
end

for name, why in pairs {
  ["scannad.pdf"] = "ocrmypdf", ["trasig.pdf"] = "cannot be opened", ["ingen.pdf"] = "cannot be opened",
  ["bomb.docx"] = "unpacks to more", ["entiteter.docx"] = "is damaged", ["djup.docx"] = "more than", ["halv.docx"] = "is damaged",
  ["lang.docx"] = "more than", ["manga.docx"] = "256", ["annan.zip"] = "neither docx", ["kapad.docx"] = "damaged",
  ["bomb.odt"] = "unpacks to more", ["entiteter.odt"] = "is damaged", ["djup.odt"] = "more than", ["halv.odt"] = "is damaged", ["bomb.xlsx"] = "unpacks to more",
  ["entiteter.xlsx"] = "is damaged", ["djup.xlsx"] = "more than", ["halv.xlsx"] = "is damaged", ["stigar.xlsx"] = "no year", ["stigar.docx"] = "neither docx",
  ["lagd.docx"] = "password", ["lagd.pdf"] = "password", ["avhuggen.pdf"] = "cannot be opened", ["tiotusen.pdf"] = "more than 500 pages",
  ["summa.docx"] = "is damaged", ["langre.docx"] = "is damaged", ["satt.docx"] = "a way that is not read", ["borta.docx"] = "is damaged",
  ["utanfor.docx"] = "no zip archive",
  ["tabeller.docx"] = "128 elements in each other", ["zip-i-zip.docx"] = "is damaged", ["utifran.docx"] = "document type",
  ["kolumner.xlsx"] = "at most 64", ["langt-ut.xlsx"] = "at most 64", ["fel-text.xlsx"] = "text that is not there",
  ["sida-jattestor.pdf"] = "scanned", ["beskuren.pdf"] = "scanned", ["utan-tecken.pdf"] = "no year", ["ord.pdf"] = "words on a page",
  ["langa-ord.txt"] = "more than", ["nollor.txt"] = "varken", ["utf-16.txt"] = "UTF-16", ["latin-1.txt"] = "UTF-8",
  ["bara-radslut.txt"] = "more than", ["sidbyten.txt"] = "more than",
  ["gammal.doc"] = "docx eller PDF", ["binar.txt"] = "varken", ["tom.txt"] = "no year",
} do
  check.test(name, function()
    local took = cost(function() check.error(why, import, name) end)
    check.yes(took < 100, ("too long: as %.0f sums"):format(took))
  end)
end

check.test("text that nobody sees", function()
  local m = import "osynlig.pdf"
  check.contains(m.text, "verksamhetens_intakter")
  check.contains(m.text, "5 222 000")
  check.yes(not m.text:find("9 999 999", 1, true), "the invisible row was read")
  check.yes(not m.text:find("77 777", 1, true), "the white row was read")
  local said = {}
  for _, w in ipairs(m.source.unseen) do if w.unseen then said[#said + 1] = w.text end end
  check.contains(table.concat(said, " "), "999")
end)

check.test("text on top of other text, under a box and beside the page", function()
  local m = import "ovanpa.pdf"
  local unseen, over = {}, {}
  for _, w in ipairs(m.source.unseen) do
    local list = w.unseen and unseen or over
    list[#list + 1] = w.text
  end
  check.contains(table.concat(unseen, " "), "888")
  check.contains(table.concat(over, " "), "999")
  for _, hidden in ipairs { "88 888", "66 666" } do check.yes(not m.text:find(hidden, 1, true), hidden .. " was read") end
end)

-- Of make_unfit.py: the same five rows, or why not.
for _, name in ipairs { "vanlig.docx", "rader.docx", "span.docx", "utf-16.docx", "sammanslagen.xlsx", "formaterad.xlsx", "odd-referens.xlsx",
                        "sida-baklanges.pdf", "sida-negativ.pdf", "sida-tom.pdf", "sida-nan.pdf", "sida-utan.pdf", "vriden-45.pdf",
                        "vriden-180.pdf", "vriden-minus-90.pdf", "enhet.pdf", "a3.pdf", "lang-rad.txt", "radslut.txt", "blandat.txt" } do
  check.test(name, function()
    local m
    local took = cost(function() m = import(name) end)
    check.yes(took < 100, ("too long: as %.0f sums"):format(took))
    local text = m.text:gsub(" +", " "):gsub("%[ ", "[")
    check.contains(text, "verksamhetens_intakter: { tal: [5 222 000, 5 217 397]")
    check.contains(text, "verksamhetens_kostnader: { tal: [-4 920 564, -5 566 728]")
    check.contains(text, "arets_resultat: { tal: [301 436, -349 331]")
    check.equal(#m.questions, 0)
  end)
end

check.test("a picture of a page", function()
  local medel = require "medel"
  local path = folder .. "/inskannad.pdf"
  check.error("medel import --ocr", read.document, path)
  local ok, source = pcall(read.document, path, { ocr = true })
  if not ok then
    check.contains(source, "apt install tesseract-ocr")
    print "not tried: characters of pictures (apt install tesseract-ocr tesseract-ocr-swe)"
    return
  end
  local m = read.import(taxonomy, source, {})
  local figures, proved = 0, 0
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      for _, cell in ipairs(row.cells) do
        figures = figures + (cell.kind == "amount" and 1 or 0)
        check.yes(cell.kind ~= "amount" or cell.status ~= "ENSAM", "grammar was enough")
        if require("medel.import.status").proved[cell.status] then
          proved = proved + 1
          check.yes(#cell.terms >= 2, "proved by no relation")
        end
      end
    end
  end
  check.yes(figures >= 6 and proved >= 4, ("%d figures, %d proved"):format(figures, proved))
  check.contains(m.text, "igenkända ur bilder")
  check.equal(require("medel.import.files").record(m).lasare, "ocr")
  check.yes(medel.yaml(m.text))
end)

check.test("a workbook's odd numbers", function()
  check.error("at most 64", import, "formler.xlsx")
  local number = require("medel.import.xlsx").number
  check.equal(number("5222000", { decimals = 0 }), "5 222 000")
  check.equal(number("-1234.5", { decimals = 2 }), "-1 234,50")
  check.equal(number("0.315", { percent = true, decimals = 0 }), "32 %")
  check.equal(number("0.005", { decimals = 2 }), "0,01")
  check.equal(number("1.2E6", {}), "1 200 000")
  check.equal(number("-0.4", { decimals = 0 }), "0")
  check.equal(number("2023", {}), "2023")
  check.equal(number("12345.678", {}), "12 345,68")
  check.equal(number("text", {}), "text")
end)

if check.failed > 0 then os.exit(1) end
