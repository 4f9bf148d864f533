-- fields.lua: the fields that a report can have, as JSON, for tests that fill them all.
local workspace = require "medel.workspace"

local function plain(fields)
  local out = {}
  for i, f in ipairs(fields) do
    out[i] = { name = f.name, type = f.type, required = f.required or false, values = f.values or medel.null,
               fields = f.fields and plain(f.fields) or medel.null }
  end
  return out
end

io.write(medel.json(plain(medel.describe_taxonomy(workspace.taxonomy()).fields)))
