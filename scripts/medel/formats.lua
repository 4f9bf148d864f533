-- formats.lua: the formats of an audit: each is one file in scripts/medel/writers.
--
-- A writer has one(result, options), the text of a report that is printed as it comes; or
-- part(result, options) and join(parts, options), where a part is plain values that can come from
-- another process; or all(results, options), which has every result at once.
local medel = require "medel"
local files = require "medel.files"

local formats = {}

local usual = { "text", "json", "md", "csv", "sarif", "junit" }
local shared = { plain = true, words = true } -- what writers have in common

-- The usual ones first.
function formats.names()
  local list, known = table.move(usual, 1, #usual, 1, {}), {}
  for _, name in ipairs(usual) do known[name] = true end
  local folder = medel.data .. "/scripts/medel/writers"
  for _, path in ipairs(files.is_folder(folder) and files.list(folder, ".lua") or {}) do
    local name = path:match "([%w_-]+)%.lua$"
    if name and not known[name] and not shared[name] then list[#list + 1] = name end
  end
  return list
end

-- The writer of a format, and whether all results must be in this process.
function formats.writer(name)
  local writer = require("medel.writers." .. name)
  if type(writer) ~= "table" or not (writer.one or writer.part and writer.join or writer.all) then
    error(("the writer %s has neither one, part and join, nor all"):format(name), 0)
  end
  if writer.one or writer.part and writer.join then return writer, false end
  return { part = function(result) return result end, join = writer.all }, true
end

return formats
