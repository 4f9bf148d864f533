-- json.lua: a view of a ledger for other programs; amounts in öre.
local medel = require "medel"
local plain = require "medel.writers.plain"

local function value(v)
  if v == nil then return medel.null end
  return type(v) == "string" and plain.utf8(v) or v
end

local function deviation(d)
  return { severity = d.severity, code = d.code, label = d.label, line = d.line, field = d.field, count = d.count, text = d.text }
end

return function(view, bok)
  local out = { medel = medel.version, format = 1, view = view.name, file = plain.utf8(bok.fil), year = bok.rakenskapsar,
                rows = require("medel.tables").values(view) }
  for _, f in ipairs(view.facts or {}) do
    if f[1] then out[f[1]] = value(f[3]) end
  end
  out.unread = {}
  for i, d in ipairs(view.unread or {}) do out.unread[i] = { line = d.line, label = d.label, text = plain.utf8(d.text) } end
  out.currency = require("medel.books").foreign(bok) or "SEK"
  if view.deviations then
    out.deviations = {}
    for i, d in ipairs(view.deviations) do out.deviations[i] = deviation(d) end
  end
  return medel.json(out) .. "\n"
end
