-- memory_import.lua: each reader of documents and the way through tables and proofs, for memory.c.
package.path = "scripts/?.lua;" .. package.path
local medel = require "medel"
local function file(path)
  local f = assert(io.open(path))
  local text = f:read "a"
  f:close()
  return text
end
local taxonomy = assert(medel.read_taxonomy(file "tests/data/rubrik-taxonomi.yaml", "rubrik"))
local out = {}
local function through(document)
  local import = assert(medel.import_document(document, taxonomy, { year = 2023 }))
  local tables = medel.import_tables(import)
  for _, t in ipairs(tables) do
    for _, row in ipairs(t.rows) do
      for _, cell in ipairs(row.cells) do out[#out + 1] = cell.printed or "-" end
    end
  end
  out[#out + 1] = #medel.import_lines(import) .. " " .. #medel.document_pages(document)
  return import
end
through(assert(medel.document_docx(file "tests/fuzz/corpus/docx/celler.xml")))
through(assert(medel.document_odt(file "tests/fuzz/corpus/odt/celler.xml")))
through(assert(medel.document_boxes(file "tests/import/cases/31-upphöjda-fotnotstecken.xhtml")))
through(assert(medel.document_rows { "Resultaträkning", { "", "2023", "2022" }, { "Intäkter", "5 222", "5 217" } }))
out[#out + 1] = #assert(medel.xml_events "<a b='c'>d</a>")
local import = through(assert(medel.document_text "Resultaträkning\nkr 2023 2022\nIntäkter 5 222 000 5 217 397\nÅrets resultat 5 222 000 5 217 397\n"))
local ar = assert(medel.read_report(taxonomy, "medel: 1\nrakenskapsar: 2023\nresultatrakning:\n  enhet: kr\n  kolumner: [2023, 2022]\n"
  .. "  rader:\n    intakter: { tal: [5 222 000, 5 217 397] }\n    summa: { tal: [5 222 000, 5 217 397] }\n", "r.yaml"))
for _, t in ipairs(medel.import_proofs(import, ar)) do
  for _, row in ipairs(t) do for _, cell in ipairs(row) do out[#out + 1] = cell.status end end
end
return medel.json(out)
