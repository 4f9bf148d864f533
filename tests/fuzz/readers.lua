-- readers.lua: each reader of documents on any bytes: it says what it does not read, and what it reads
-- goes through tables, the written file and proofs.
package.path = "scripts/?.lua;" .. package.path
local medel = require "medel"
medel.data, medel.isatty, medel.columns = ".", function() return false end, function() return nil end
local read = require "medel.import.read"
local xlsx = require "medel.import.xlsx"
local file = assert(io.open "tests/data/rubrik-taxonomi.yaml")
local zip_entry = medel.zip_entry
local taxonomy = assert(medel.read_taxonomy(file:read "a", "rubrik"))
file:close()

local function through(document, why)
  if not document then
    assert(type(why) == "string" and why ~= "", "refused without a word")
    return
  end
  medel.document_pages(document)
  local ok, m = pcall(read.import, taxonomy, { document = document, kind = "text", name = "f", path = "f", sha256 = "" }, { year = 2023 })
  if not ok then
    assert(type(m) == "string" and not m:find "%.lua:%d", m)
    return
  end
  assert(m.report or m.wrong, "neither a report nor why not")
  assert(medel.yaml(m.text, "f"))
end

local readers = {}
function readers.docx(bytes) through(medel.document_docx(bytes)) end
function readers.odt(bytes) through(medel.document_odt(bytes)) end
function readers.boxes(bytes) through(medel.document_boxes(bytes)) end
function readers.zip(bytes)
  local text, why = zip_entry(bytes, "a/b.xml")
  assert(text or why ~= "", "refused without a word")
end

-- [xl/workbook.xml] <workbook ...> [xl/styles.xml] ...
function readers.xlsx(bytes)
  local files = {}
  for name, text in bytes:gmatch "%[(xl/[^%]\n]*)%]([^%[]*)" do files[name] = text end
  medel.zip_entry = function(_, name)
    if files[name] then return files[name] end
    return nil, "absent"
  end
  local ok, document, why = pcall(xlsx.read, bytes)
  if ok then through(document, why) else assert(type(document) == "string" and not document:find "%.lua:%d", document) end
end

return readers
