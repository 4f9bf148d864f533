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

return readers
