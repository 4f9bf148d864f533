-- scalar.lua: texts as scalars of a report file.
local medel = require "medel"

local scalar = {}

function scalar.quoted(text)
  return '"' .. medel.show(text):gsub('[\\"]', "\\%0") .. '"'
end

-- Plain where a reader of YAML reads it as itself.
function scalar.text(text)
  text = text:gsub("%s+", " ")
  if text:find "^[%aÅÄÖåäö\xC3(][^:#\"'%[%]{},&*!|>%%@`]*$" and not text:find "%s$" and not text:find "^[(]" then
    local word = text:lower()
    if word ~= "true" and word ~= "false" and word ~= "null" and word ~= "yes" and word ~= "no" then return text end
  end
  return scalar.quoted(text)
end

return scalar
