-- test_cells.lua: a table with an insats on each row, as a Word file or a workbook gives it: cells.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local read = require "medel.import.read"
local insats_table = require "medel.import.insats_table"
local taxonomy = require("medel.workspace").taxonomy()

local function import(rows, answers)
  local all = { "Årsredovisning 2023", "" }
  for _, row in ipairs(rows) do all[#all + 1] = row end
  local document = assert(medel.document_rows(all))
  return read.import(taxonomy, { document = document, kind = "xlsx", name = "r.xlsx", path = "r.xlsx", sha256 = "0" }, { year = 2023, answers = answers })
end

local function report(m)
  check.equal(m.wrong, nil)
  return assert(medel.read_report(taxonomy, require("medel.import.yaml").make(m, { inline = true }) .. require("medel.import.text").write(m), "r"))
end

check.test("each row is an insats, each column a field", function()
  local m = import { "Uppföljning av individinriktade insatser", { "Insats", "Antal deltagare", "Kvinnor", "Män", "Budget (tkr)", "Utfall", "Måluppfyllelse" },
    { "Bron", "41", "22", "19", "1 200", "1 100 000 kr", "God" },
    { "Stegen", "12", "12", "0", "300", "280 000 kr", "Ej uppfyllt" },
    { "Summa", "53", "34", "19", "1 500", "1 380 000 kr", "" }, "Efter tabellen finns 7 rum." }
  local ar = report(m)
  local bron, stegen = ar.insatser.bron, ar.insatser.stegen
  check.equal(#ar.insatser, 2)
  check.equal(bron.typ, "individ")
  check.equal(bron.deltagare:text(), "41")
  check.equal(bron.budget:text "tkr", "1 200 tkr")
  check.equal(bron.utfall:text "tkr", "1 100 tkr")
  check.equal(bron.status, "uppnatt")
  check.equal(stegen.kvinnor:text(), "12")
  check.equal(stegen.deltagare:text(), "12")
  check.equal(stegen.status, "ej")
  check.contains(m.text, "budget: { tal: 1 200 tkr, rad: 5 }")
end)

check.test("an amount without a unit is left to a person, and so is a table of another kind", function()
  local m = import { "Strukturövergripande insatser", { "Aktivitet", "Deltagare", "Budget" }, { "Mässan", "170", "30 000" } }
  local ar = report(m)
  check.equal(ar.insatser.massan.deltagare:text(), "170")
  check.equal(ar.insatser.massan.budget, nil)
  check.contains(m.text, "rad 5: 30 000:")
  local other = import { "Strukturövergripande insatser", { "Kommun", "Deltagare" }, { "Xby", "170" } }
  check.equal(report(other).insatser, nil)
  check.contains(other.text, "rad 5: 170:")
end)

check.test("no figure goes from one cell into the next", function()
  local m = import { "Strukturövergripande insatser", { "Aktivitet", "Deltagare", "Utfall (kr)" }, { "Mässan", "170", "200 000" }, { "Dagen", "1", "300 200" } }
  local ar = report(m)
  check.equal(ar.insatser.massan.deltagare:text(), "170")
  check.equal(ar.insatser.massan.utfall:text "tkr", "200 tkr")
  check.equal(ar.insatser.dagen.deltagare:text(), "1")
  check.equal(ar.insatser.dagen.utfall:text "kr", "300 200 kr")
  -- a label and its figure, in cells
  local block = import { "Uppföljning av individinriktade insatser", { "Bron" }, { "Projektägare", "Xby kommun" }, { "Antal deltagare", "72 deltagare" },
    { "Budget", "1 193 955 kr" }, { "Utfall", "1 086 516 kr" } }
  local bron = report(block).insatser.bron
  check.equal(bron.deltagare:text(), "72")
  check.equal(bron.budget:text "kr", "1 193 955 kr")
end)

check.test("without a level its rows wait for a person", function()
  local rows = { "Tabell", { "Insats", "Antal deltagare" }, { "Bron", "41" } }
  local m = import(rows)
  check.equal(report(m).insatser, nil)
  check.contains(m.text, "#   bron:   # läs: typ fattas")
  check.contains(m.text, "#     deltagare: { tal: 41, rad: 5 }")
  check.contains(m.text, "ej_inskrivet: [forvaltningsberattelse, redovisningsprinciper, insatser,")
  local q = insats_table.questions(m)
  check.equal(#q, 1)
  local one = import(rows, { { nyckel = q[1].key, svar = "niva", varde = "individ" } })
  check.equal(report(one).insatser.bron.typ, "individ")
  check.equal(report(one).insatser.bron.deltagare:text(), "41")
  check.equal(#insats_table.questions(one), 0)
  local none = import(rows, { { nyckel = q[1].key, svar = "niva", varde = "inget" } })
  check.equal(report(none).insatser, nil)
  check.equal(#insats_table.questions(none), 0)
  check.equal(#require("medel.import.text").candidates(none), 0)
end)

if check.failed > 0 then os.exit(1) end
