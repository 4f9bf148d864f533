-- print_text.lua: lines of text as a PDF of one page, in a typewriter's letters.
local letters = { ["å"] = "\xE5", ["ä"] = "\xE4", ["ö"] = "\xF6", ["Å"] = "\xC5", ["Ä"] = "\xC4", ["Ö"] = "\xD6" }

return function(text)
  local ops, y = {}, 780
  for line in text:gmatch "([^\n]*)\n" do
    local raw = line:gsub("[\xC3][\x80-\xBF]", letters):gsub("[\\()]", "\\%0")
    ops[#ops + 1] = ("BT /F 9 Tf 50 %d Td (%s) Tj ET"):format(y, raw)
    y = y - 14
  end
  local stream = table.concat(ops, "\n")
  local objects = {
    "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    ("<</Length %d>>stream\n%s\nendstream"):format(#stream, stream),
    "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
  }
  local out, at = "%PDF-1.4\n", {}
  for i, o in ipairs(objects) do
    at[i] = #out
    out = out .. ("%d 0 obj\n%s\nendobj\n"):format(i, o)
  end
  local xref = { ("xref\n0 %d\n0000000000 65535 f \n"):format(#objects + 1) }
  for _, offset in ipairs(at) do xref[#xref + 1] = ("%010d 00000 n \n"):format(offset) end
  return out .. table.concat(xref) .. ("trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"):format(#objects + 1, #out)
end
