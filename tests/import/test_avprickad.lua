-- test_avprickad.lua MEDEL FOLDER: the ticked document marks what was tried, leaves bare what was not,
-- and puts the finding in its place; on the printed document, too.
package.path = "tests/bindings/?.lua;tests/import/?.lua;" .. package.path
local check = require "check"
local medel, folder = ...

local function run(form, ...)
  local out = assert(io.popen((form:gsub("MEDEL", medel)):format(...)))
  local text = out:read "a"
  return text, (out:close())
end

local function write(name, text)
  local path = folder .. "/" .. name
  local f = assert(io.open(path, "wb"))
  f:write(text)
  f:close()
  return path
end

local text = run "MEDEL report avprickad examples/sydnarke/2023.yaml --ledger examples/sydnarke/2023.se"

local function row(label, part)
  for line in text:gmatch("\n| " .. label:gsub("%p", "%%%0") .. " |([^\n]*)") do
    if not part or line:find(part, 1, true) then return line end
  end
  return ""
end

check.test("marks", function()
  check.contains(row "Summa omsättningstillgångar", "Σ")
  check.contains(row "Soliditet", "19 % | % |")
  check.contains(row "Antal anställda", "| 0 |  |")
end)
check.test("the books", function()
  check.contains(row("Verksamhetens intäkter", " B "), "5 222 000 | Σ = N T B | 5 217 397 | Σ = N B |")
end)
check.test("a finding stands at its figure, and in the list", function()
  local number = text:match "350 632 | [^|]*✗ (%d+)"
  check.yes(number)
  check.contains(text, "✗ " .. number .. " | DRI-04")
end)
check.test("what was not tried is counted", function()
  local n, tried, bare = text:match "Av (%d+) siffror är (%d+) prövade; (%d+)"
  check.equal(tonumber(n) - tonumber(tried), tonumber(bare))
  check.yes(tonumber(bare) > 0 and tonumber(tried) > tonumber(bare))
end)
check.test("figures outside of the tables", function()
  check.contains(run "MEDEL report avprickad examples/degerfors-karlskoga/2023.yaml", "| eget kapital av årets tilldelade medel 2023 | rad 194 | 13,0% | T |")
end)

-- ---- on the document ----

local printed = [[
Årsredovisning 2023 för Samordningsförbundet Exempel

Resultaträkning (kr)                      2023        2022
Verksamhetens intäkter               2 000 000   1 900 000
Verksamhetens kostnader             -1 800 000  -1 950 000
Verksamhetens resultat                 200 000     -50 000
Finansiella intäkter                     1 200         900
Resultat efter finansiella poster      201 200     -49 100
Årets resultat                         201 300     -49 100
]]

check.test("a document of text has its marks in its lines", function()
  write("text.txt", printed)
  run("MEDEL import %s/text.txt -o %s/text.yaml 2>/dev/null", folder, folder)
  local page = run("MEDEL report avprickad %s/text.yaml -f html", folder)
  check.contains(page, '<span class="nr">   6</span> Verksamhetens resultat <span class="right">200\u{A0}000</span><sup class="held">Σ</sup>')
  check.contains(page, '<span class="wrong">201\u{A0}300</span>')
  check.contains(page, '<tr id="iakttagelse-' .. page:match 'href="#iakttagelse%-(%d+)"' .. '"')
end)
check.test("another document than the one it was imported from is not drawn", function()
  write("text.txt", printed .. "\n")
  check.yes(not run("MEDEL report avprickad %s/text.yaml -f html", folder):find("<pre", 1, true))
  write("annan.txt", "Protokoll\n")
  local said, ok = run("MEDEL report avprickad %s/text.yaml -f html --document %s/annan.txt 2>&1", folder, folder)
  check.yes(not ok)
  check.contains(said, "none of the report's figures could be found in it")
end)
check.test("a PDF has its marks at its figures", function()
  local pdf = write("sidor.pdf", require("print_text")(printed))
  run("MEDEL import %s -o %s/sidor.yaml 2>/dev/null", pdf, folder)
  local page = run("MEDEL report avprickad %s/sidor.yaml -f html", folder)
  check.contains(page, '<svg viewBox="0 0 59500 84200" role="group" aria-label="Sida 1 med märken"><image ')
  check.contains(page, '<rect class="wrong" ')
  check.contains(page, ">Σ</text>")
end)
if check.failed > 0 then os.exit(1) end
