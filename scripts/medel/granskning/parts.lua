-- parts.lua: what a section of the granskningsrapport may hold besides its own sentences and
-- its findings: each part is a function of the document, the result and the section.
local parts = {}

local modules = { "medel.granskning.work", "medel.granskning.figures", "medel.granskning.verdict" }

local function all()
  local list = {}
  for _, name in ipairs(modules) do
    for key, f in pairs(require(name)) do list[key] = f end
  end
  return list
end

-- "avstamt.kassa_och_bank" is the part avstamt with an argument.
function parts.known(name)
  return all()[name:match "^[^.]+"] ~= nil
end

function parts.names()
  local names = {}
  for name in pairs(all()) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- Write a part into the document.
function parts.write(name, doc, result, context)
  local f, argument = all()[name:match "^[^.]+"], name:match "^[^.]+%.(.+)$"
  f(doc, result, context, argument)
end

return parts
