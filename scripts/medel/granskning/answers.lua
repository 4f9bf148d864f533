-- answers.lua: the answers that a förbund has written into the request list (docx or odt), as the
-- lines that granskning.yaml holds them in.
local medel = require "medel"

local answers = {}

local entities = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'" }

local function plain(xml, text_of)
  local out = {}
  for text in xml:gmatch(text_of) do out[#out + 1] = text end
  local text = table.concat(out, " "):gsub("<[^>]*>", ""):gsub("&(%a+);", entities)
  return (text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

-- How the two formats write rows, cells and texts.
local forms = {
  { "word/document.xml", "<w:tr[ >].-</w:tr>", "<w:tc[ >].-</w:tc>", "<w:t[^>]*>(.-)</w:t>" },
  { "content.xml", "<table:table%-row.-</table:table%-row>", "<table:table%-cell.-</table:table%-cell>", "<text:p[^>]*>(.-)</text:p>" },
}

-- { { id, answer }, ... } in the order of the document.
function answers.read(bytes, name)
  for _, form in ipairs(forms) do
    local xml, why = medel.zip_entry(bytes, form[1])
    if xml then
      local out, at = {}, {}
      for row in xml:gmatch(form[2]) do
        local cells = {}
        for cell in row:gmatch(form[3]) do cells[#cells + 1] = plain(cell, form[4]) end
        local heads = {}
        for i, text in ipairs(cells) do heads[text] = i end
        if heads["Svar"] and heads["Beteckning"] then
          at = heads
        elseif at["Svar"] and (cells[at["Svar"]] or "") ~= "" then
          for id in (cells[at["Beteckning"]] or ""):gmatch "%u+%-%d+" do out[#out + 1] = { id, cells[at["Svar"]] } end
        end
      end
      return out
    elseif why ~= "absent" then
      error(("%s: %s"):format(name, why), 0)
    end
  end
  error(name .. " is neither docx nor odt", 0)
end

-- The lines for granskning.yaml.
function answers.yaml(list)
  local out = { "svar:\n" }
  for _, pair in ipairs(list) do out[#out + 1] = ("  %s: %s\n"):format(pair[1], medel.json(pair[2])) end
  return #list > 0 and table.concat(out) or "svar: {}\n"
end

return answers
