-- readers.lua: PDF, and files that are zip archives of XML, as documents.
local medel = require "medel"

local readers = {}

local scanned = "the pages are pictures without text (scanned). Make a file with text of it first: "
  .. "ocrmypdf -l swe FILE med-text.pdf; or let its characters be recognised: medel import --ocr"

-- ---- characters of pictures ----

local resolution = 300

-- What tesseract writes of a page, as pdftotext -bbox would. Its boxes are those of the ink: a typeface's are as
-- high as the line and half as much again, and a little wider than the letters.
local function recognised(tsv, width, height)
  local out, top, tall = { ('<page width="%.3f" height="%.3f">'):format(width, height) }, 0, 0
  local scale = 72 / resolution
  for level, left, y, w, h, text in tsv:gmatch "(%d+)\t%d+\t%d+\t%d+\t%d+\t%d+\t(%d+)\t(%d+)\t(%d+)\t(%d+)\t[^\t\n]*\t?([^\n]*)" do
    if level == "4" then top, tall = tonumber(y), tonumber(h) end
    if level == "5" and text:find "%S" then
      out[#out + 1] = ('<word xMin="%.3f" yMin="%.3f" xMax="%.3f" yMax="%.3f">%s</word>'):format((left - tall * 0.05) * scale,
        (top - tall / 4) * scale, (left + w + tall * 0.05) * scale, (top + tall * 1.25) * scale,
        (text:gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" })))
    end
  end
  out[#out + 1] = "</page>"
  return table.concat(out, "\n")
end

local function ocr(path, pages)
  local out = {}
  for n = 1, pages do
    local picture, why = medel.read_in_child({ "pdftoppm", "-cropbox", "-gray", "-r", tostring(resolution), "-f", tostring(n), "-l", tostring(n), "-" }, path)
    if not picture then return nil, why end
    local width, height = picture:match "^P5%s+(%d+)%s+(%d+)"
    if not width then return nil, "a page of it cannot be drawn" end
    local tsv
    tsv, why = medel.read_in_child({ "tesseract", "-", "-", "-l", "swe", "--psm", "6", "--dpi", tostring(resolution), "tsv" }, path, picture)
    if not tsv then return nil, why end
    out[n] = recognised(tsv, width * 72 / resolution, height * 72 / resolution)
  end
  return "<doc>" .. table.concat(out, "\n") .. "</doc>"
end

local function count(text, tag)
  local n, at = 0, text:find(tag, 1, true)
  while at do n, at = n + 1, text:find(tag, at + #tag, true) end
  return n
end

-- The document; and whether its characters were recognised, here or before (the font of such text draws nothing).
function readers.pdf(path, _, options)
  if not medel.read_in_child then return nil, "PDF is read by the program medel only" end
  local xhtml, why = medel.read_in_child({ "pdftotext", "-cropbox", "-bbox", "-enc", "UTF-8", "-", "-" }, path)
  if not xhtml then return nil, why end
  local words, pages = count(xhtml, "<word "), count(xhtml, "<page ")
  local is_ocr = false
  if pages > 0 and words < 5 * pages then
    if not options.ocr then return nil, scanned end
    xhtml, why = ocr(path, pages)
    if not xhtml then return nil, why end
    is_ocr = true
  else
    local fonts = medel.read_in_child({ "pdffonts", "-" }, path)
    is_ocr = fonts and fonts:find("GlyphLess", 1, true) ~= nil
  end
  local document
  document, why = medel.document_boxes(xhtml)
  return document, document and is_ocr or why
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
