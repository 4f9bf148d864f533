-- readers.lua: PDF, and files that are zip archives of XML, as documents.
local medel = require "medel"

local readers = {}

local scanned = "the pages are pictures without text (scanned). Make a file with text of it first: "
  .. "ocrmypdf -l swe FILE med-text.pdf"

function readers.pdf(path)
  if not medel.read_in_child then return nil, "PDF is read by the program medel only" end
  local xhtml, why = medel.read_in_child({ "pdftotext", "-bbox", "-enc", "UTF-8", "-", "-" }, path)
  if not xhtml then return nil, why end
  local words, pages = select(2, xhtml:gsub("<word ", "")), select(2, xhtml:gsub("<page ", ""))
  if pages > 0 and words < 5 * pages then return nil, scanned end
  return medel.document_boxes(xhtml)
end

-- docx, odt and xlsx by what is in the archive.
function readers.zip(_, bytes)
  local xml, why = medel.zip_entry(bytes, "word/document.xml")
  if xml then return medel.document_docx(xml) end
  if why ~= "absent" then return nil, why end
  xml, why = medel.zip_entry(bytes, "content.xml")
  if xml then return medel.document_odt(xml) end
  if why ~= "absent" then return nil, why end
  if medel.zip_entry(bytes, "xl/workbook.xml") then
    local ok, document, wrong = pcall(require("medel.import.xlsx").read, bytes)
    if not ok then return nil, document end
    return document, wrong
  end
  return nil, "it is neither docx, odt nor xlsx"
end

return readers
