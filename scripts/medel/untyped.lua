-- untyped.lua: what of a report a file that was begun for it does not have yet.
local untyped = {}

local never = { forbund = true, rakenskapsar = true, dokument = true, ej_inskrivet = true, avsteg = true }

-- The sections of a taxonomy (medel.describe_taxonomy) that an årsredovisning can have, but those
-- in `typed`: ids of tables, names of fields, noter.
function untyped.sections(d, typed)
  local out = {}
  for _, t in ipairs(d.tables) do
    if not t.note and not typed[t.id] then out[#out + 1] = t.id end
  end
  if not typed.noter then out[#out + 1] = "noter" end
  for _, f in ipairs(d.fields) do
    if not never[f.name] and not typed[f.name] then out[#out + 1] = f.name end
  end
  return out
end

return untyped
