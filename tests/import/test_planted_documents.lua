-- test_planted_documents.lua MEDEL FOLDER: what make_documents.py has printed with a misprint in each, read back:
-- no misprint is mended or called proved, and audit says of the file that was read what it says of the one
-- typed by hand.
package.path = "tests/import/?.lua;" .. package.path
local measure = require "measure"
local medel = require "medel"
local plants = require "plants"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()
local program, folder = ...

local result, list, kinds, asked = plants.result(), {}, {}, 0
for _, plant in ipairs(medel.files(folder, ".plant")) do
  local stem = plant:gsub("%.plant$", "")
  local path
  for _, kind in ipairs { "pdf", "docx", "odt", "xlsx", "txt" } do
    if not medel.is_absent(stem .. "." .. kind) then path = stem .. "." .. kind end
  end
  local typed = medel.read_file(stem .. ".yaml")
  local source = read.document(path)
  local m = plants.import(taxonomy, source, {})
  local what = medel.read_file(plant):match "^# ([^\n]*)"
  kinds[what] = (kinds[what] or 0) + 1
  local truth = measure.truth(stem .. ".facit")
  local whole = measure.by_label(m, truth)
  local one = plants.judge_document(result, measure.cells(m, measure.truth(plant)), path .. ": " .. what)
  m = plants.import(taxonomy, source, { answers = plants.answers(m, assert(medel.yaml(typed))) }, true)
  -- in the PDF of a table over two columns of text a figure may be asked about; then there is nothing to compare
  if whole.right == whole.n and m.report then
    assert(medel.write_file(stem .. "-typed.yaml", typed, true))
    assert(medel.write_file(stem .. "-import.yaml", m.text, true))
    list[#list + 1] = { stem = stem, clean = stem .. "-rent.yaml", what = one }
  else
    asked = asked + 1
  end
end
plants.compare(result, program, list)
local fine = plants.report(result, "dokument")
print(("import: %d dokument där inte varje tal kunde läsas är inte jämförda"):format(asked))
if not fine or asked * 50 > result.n then os.exit(1) end
