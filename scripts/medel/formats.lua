-- formats.lua: the formats of an audit: each is one file in scripts/medel/writers.
--
-- A writer has one(result, options), the text of a report that is printed as it comes; or
-- part(result, options) and join(parts, options), where a part is plain values that can come from
-- another process; or all(results, options), which has every result at once.
local files = require "medel.files"

local formats = {}

function formats.names()
  -- plain and words are what writers have in common.
  return files.modules("writers", { "text", "json", "md", "csv", "sarif", "junit" }, { plain = true, words = true })
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
