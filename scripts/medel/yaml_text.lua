-- yaml_text.lua: plain tables as YAML text, every value quoted.
local medel = require "medel"

local function quote(text)
  return '"' .. text:gsub("[\\\"]", "\\%0"):gsub("\n", "\\n") .. '"'
end

local function yaml_text(value)
  if value == medel.null then return "~" end
  if type(value) ~= "table" then return quote(tostring(value)) end
  local out = {}
  if value[1] ~= nil then
    for i, item in ipairs(value) do out[i] = yaml_text(item) end
    return "[" .. table.concat(out, ", ") .. "]"
  end
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys)
  for i, key in ipairs(keys) do out[i] = quote(key) .. ": " .. yaml_text(value[key]) end
  return "{" .. table.concat(out, ", ") .. "}"
end

return yaml_text
