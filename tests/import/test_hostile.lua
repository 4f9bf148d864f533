-- test_hostile.lua FOLDER: what make_hostile.py wrote is refused with a reason, soon; what nobody sees
-- on a page is not read from it.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()
local folder = assert(...)

local function import(name, options)
  return read.import(taxonomy, read.document(folder .. "/" .. name), options or {})
end

for name, why in pairs {
  ["scannad.pdf"] = "ocrmypdf", ["trasig.pdf"] = "cannot be opened", ["ingen.pdf"] = "cannot be opened",
  ["bomb.docx"] = "unpacks to more", ["entiteter.docx"] = "", ["djup.docx"] = "more than", ["halv.docx"] = "",
  ["lang.docx"] = "more than", ["manga.docx"] = "256", ["annan.zip"] = "neither docx", ["kapad.docx"] = "damaged",
  ["gammal.doc"] = "docx eller PDF", ["binar.txt"] = "varken", ["tom.txt"] = "no year",
} do
  check.test(name, function()
    local started = os.clock()
    check.error(why, import, name)
    check.yes(os.clock() - started < 5, "too long")
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

check.test("a workbook's odd numbers", function()
  check.error("no year", import, "formler.xlsx")
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
