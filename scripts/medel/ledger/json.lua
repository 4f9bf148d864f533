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

-- The rows one by one, as they would stand in the whole: all of them at once are many times their text.
local function add_rows(out, view)
  local tables, before = require "medel.tables", "[\n    "
  for _, row in ipairs(view.rows) do
    out[#out + 1] = before .. medel.json(tables.values(view, row)):gsub("\n", "\n    ")
    before = ",\n    "
  end
  out[#out + 1] = #out > 1 and "\n  ]" or "[]"
end

return function(view, bok)
  local out = { medel = medel.version, format = 1, view = view.name, file = plain.utf8(bok.fil), year = bok.rakenskapsar,
                rows = {} }
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
  local text = medel.json(out)
  local _, to = text:find('\n  "rows": []', 1, true)
  local written = { text:sub(1, to - 2) }
  add_rows(written, view)
  written[#written + 1] = text:sub(to + 1) .. "\n"
  return table.concat(written)
end
