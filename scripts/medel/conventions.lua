-- conventions.lua: how the förbund prints what stands elsewhere, too: found, told, kept in its file.
local files = require "medel.files"

local conventions = {}

-- "… är … plus …, 2022 och 2023." and what it rests on.
function conventions.describe(c)
  if c.kept then return c.text .. " (enligt förbundets fil)" end
  if c.named then return c.text end
  return ("%s (tryckta belopp, %d bitar mer än slumpen)"):format(c.text, c.bits)
end

-- A row of a table can be found again next year; a figure of running text can not.
local function lasting(c)
  local all = c.subject.column ~= nil
  for _, w in ipairs(c.with) do all = all and not w:find "%.tal$" end
  return all
end

local function quoted(s) return '"' .. s:gsub('[\\"]', "\\%0") .. '"' end

local function entry(c, year)
  local out = { "  - rad: " .. c.row }
  if c.against then out[#out + 1] = "    mot: " .. c.against end
  if #c.with > 0 then
    local with = {}
    for i, w in ipairs(c.with) do with[i] = quoted(w) end
    out[#out + 1] = ("    med: [%s]"):format(table.concat(with, ", "))
  end
  out[#out + 1] = "    sedan: " .. year
  return table.concat(out, "\n")
end

-- The block for a förbund's file; one that the file has already keeps its year.
function conventions.block(list, year, since)
  local seen, out = {}, { "# Hur förbundet trycker en uppgift som också finns på annat håll; funnet av medel audit.",
                          "konventioner:" }
  for _, c in ipairs(list) do
    if not seen[c.row] and lasting(c) then
      seen[c.row] = true
      out[#out + 1] = entry(c, since[c.row] or year)
    end
  end
  return table.concat(out, "\n") .. "\n"
end

-- The text of a förbund's file with its conventions replaced.
function conventions.insert(text, block)
  local kept, skipping = {}, false
  for line in (text:gsub("\n?$", "\n")):gmatch "(.-)\n" do
    if line:find "^konventioner:" then
      skipping = true
      if kept[#kept] and kept[#kept]:find "^# Hur förbundet trycker" then kept[#kept] = nil end
    elseif skipping and line:find "^[^%s#-]" then
      skipping = false
    end
    if not skipping then kept[#kept + 1] = line end
  end
  while kept[#kept] == "" do kept[#kept] = nil end
  return table.concat(kept, "\n") .. "\n\n" .. block
end

-- The förbund's file that a report names, or nil and why.
function conventions.file_of(path)
  local text = files.read(path)
  local name = text and ("\n" .. text):match "\nforbund:[ \t]+([%w_.-]+%.yaml)"
  if not name then return nil, path .. ": its förbund stands in the report; put it in a file (forbund: forbund.yaml)" end
  return (path:match "^(.*/)" or "") .. name
end

-- What is to be written where: path and text, or nil and why.
function conventions.prepare(result)
  local path, why = conventions.file_of(result.file)
  if not path then return nil, why end
  local since = {}
  for _, k in ipairs(result.ar.forbund and result.ar.forbund.konventioner or {}) do
    since[k.rad] = k.sedan
  end
  return path, conventions.insert(files.need(path), conventions.block(result.conventions, result.ar.rakenskapsar, since))
end

return conventions
