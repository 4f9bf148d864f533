-- output.lua: files that are written whole or not at all.
local medel = require "medel"

local output = {}

local function complain(who, why)
  require("medel.terminal").complain(who, ": ", why, "\n")
  return 2
end

function output.create(path, text, who)
  local ok, why = medel.write_file(path, text)
  return ok and 0 or complain(who, why)
end

-- What this run has read must not be replaced; inputs: files that it read in another way.
function output.replace(path, text, who, inputs)
  local list = require("medel.files").noted()
  for _, input in ipairs(table.move(inputs or {}, 1, #(inputs or {}), #list + 1, list)) do
    if medel.same_file(path, input) then return complain(who, path .. " is what is read; write to another file") end
  end
  local ok, why = medel.write_file(path, text, true)
  return ok and 0 or complain(who, why)
end

return output
