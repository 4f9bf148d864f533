-- accounted.lua: figures in are figures accounted for: each run of digits that a document has is in a table of the
-- report file, in a candidate or a line that is kept there, or is said to be no figure.
local medel = require "medel"
local account = require "medel.import.account"
local text = require "medel.import.text"
local yaml = require "medel.import.yaml"

local accounted = {}

-- How often each run of digits of some texts stands there.
local function runs(list, count)
  for _, s in ipairs(list) do
    for run in s:gmatch "%d+" do count[run] = (count[run] or 0) + 1 end
  end
  return count
end

-- What is wrong with an import's account, or nil.
function accounted.wrong(m)
  local left = {}
  for _, n in ipairs(medel.document_numbers(m.source.document)) do left[n.text] = (left[n.text] or 0) + 1 end
  local parts = {}
  for _, line in ipairs(m.lines) do
    for _, n in ipairs(line.numbers) do
      if not n.what then return ("line %d: %s is nothing"):format(line.line, n.text) end
      parts[#parts + 1] = n.text
    end
  end
  for _, n in ipairs(m.marks) do parts[#parts + 1] = n.text end
  for run, n in pairs(runs(parts, {})) do left[run] = (left[run] or 0) - n end
  -- a group that its cell broke is two runs in the document
  for run in pairs(runs(parts, {})) do
    for at = 1, #run - 1 do
      local a, b = run:sub(1, at), run:sub(at + 1)
      while #run == 3 and left[run] < 0 and (left[a] or 0) > 0 and (left[b] or 0) > (a == b and 1 or 0) do
        left[run], left[a] = left[run] + 1, left[a] - 1
        left[b] = left[b] - 1
      end
    end
  end
  for run, n in pairs(left) do if n ~= 0 then return ("%s: %d times more in the document than in the account"):format(run, n) end end
  -- what is no figure is told, what is one stands in the file as it is printed
  local kept = {}
  for _, f in ipairs(text.candidates(m)) do kept[#kept + 1] = (": %s: "):format(medel.show(f.text)) end
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do for _, cell in ipairs(row.cells) do kept[#kept + 1] = cell.kind ~= "empty" and yaml.figure(cell) or nil end end
    for _, loose in ipairs(t.loose) do kept[#kept + 1] = medel.show(loose.text) end
  end
  for _, s in ipairs(kept) do if not m.text:find(s, 1, true) then return s .. " is not in the report file" end end
  if #account.others(m) > 0 and not m.text:find("\n# Inga siffror", 1, true) then return "what is no figure is not told" end
end

-- The digits that a file has, read in another way than its reader does; nil: there is none.
local function digits_in(path)
  local kind, bytes = path:match "%w+$", medel.read_file(path)
  local content = bytes
  if kind == "pdf" then content = medel.read_in_child({ "pdftotext", "-", "-" }, path)
  elseif kind == "docx" then
    local parts = {}
    for run in medel.zip_entry(bytes, "word/document.xml"):gmatch "<w:r>.-</w:r>" do
      for s in run:gmatch "<w:t[ >]([^<]*)" do
        s = s:gsub("^[^>]*>", "")
        -- a raised mark of a footnote is none
        if not (run:find "superscript" and s:find "^%d?%)?$") then parts[#parts + 1] = s end
      end
    end
    content = table.concat(parts)
  elseif kind == "odt" then content = medel.zip_entry(bytes, "content.xml"):gsub("^.*<office:text", ""):gsub("<text:span[^>]*>%d%)?</text:span>", ""):gsub("<[^>]*>", "")
  elseif kind ~= "txt" then return nil end
  return select(2, content:gsub("%d", ""))
end

-- What the reader lost of a file, or nil.
function accounted.lost(path, m)
  local n, all = 0, digits_in(path)
  for _, w in ipairs(medel.document_numbers(m.source.document)) do n = n + #w.text end
  for _, w in ipairs(m.source.unseen or {}) do if w.unseen then n = n + select(2, w.text:gsub("%d", "")) end end
  return all and n ~= all and ("%d digits of %d were read"):format(n, all) or nil
end

return accounted
