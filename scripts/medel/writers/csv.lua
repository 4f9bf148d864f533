-- csv.lua: one row per finding, as RFC 4180 has it; docs/json.md lists the columns.
local csv = require "medel.csv"
local plain = require "medel.writers.plain"

local writer = {}

-- Printed, expected and difference stand together: a finding without a difference compares
-- no amounts.
local function compared(f, q)
  return csv.number(f.difference and f.expected and q)
end

local columns = {
  { "file", function(f) return csv.text(f.file) end },
  { "line", function(f) return csv.whole(f.line) end },
  { "column", function(f) return csv.whole(f.col) end },
  { "place", function(f) return csv.text(f.place) end },
  { "level", function(f) return csv.text(f.level) end },
  { "rule", function(f) return csv.text(f.rule) end },
  { "pack", function(f) return csv.text(f.pack) end },
  { "title", function(f) return csv.text(f.title) end },
  { "message", function(f) return csv.text(f.message) end },
  { "expected", function(f) return compared(f, f.expected) end },
  { "printed", function(f) return compared(f, f.evidence and f.evidence[1] and f.evidence[1].value) end },
  { "difference", function(f) return compared(f, f.difference) end },
  { "cause", function(f) return csv.text(f.cause) end },
  { "recommendation", function(f) return csv.text(f.recommendation) end },
  { "ground", function(f) return csv.text(f.ground) end },
  { "fingerprint", function(f) return csv.text(f.fingerprint) end },
  { "since", function(f) return csv.text(f.since) end },
  { "weight", function(f) return csv.text(f.weight) end },
}

function writer.part(result, options)
  local out = {}
  for i, f in ipairs(result.shown) do
    local cells = {}
    for k, column in ipairs(columns) do cells[k] = column[2](f) end
    out[i] = csv.line(cells, options)
  end
  return table.concat(out)
end

function writer.join(parts, options)
  local head = {}
  for i, column in ipairs(columns) do head[i] = column[1] end
  return csv.file(head, parts, options)
end

return plain.with_all(writer)
