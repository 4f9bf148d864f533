-- csv.lua: one row per finding, as RFC 4180 has it; docs/json.md lists the columns.
local plain = require "medel.writers.plain"

local csv = {}

-- What spreadsheets take for the start of a formula.
local triggers = { "[=+@-]", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}" }

-- An apostrophe stands before them where a cell could begin: at the start of the text and, since
-- Excel in Swedish splits at semicolons whatever the quotes, after those, tabs and line ends.
local function guarded(text)
  text = text:gsub("^[\t\r\n]", "'%0")
  for _, trigger in ipairs(triggers) do
    text = text:gsub("^ *" .. trigger, "'%0"):gsub("([;\t\r\n])([ \"]*" .. trigger .. ")", "%1'%2")
  end
  return text
end

-- Without what drives a terminal: of control characters only line ends and tabs are left.
local function harmless(text)
  return (text:gsub("[\0-\8\11\12\14-\31\127]", "\u{FFFD}"):gsub("\xC2[\x80-\x9F]", "\u{FFFD}"))
end

function csv.text(text)
  return '"' .. guarded(harmless(plain.utf8(text or ""))):gsub('"', '""') .. '"'
end

-- A plain number: kronor, per cent or heads, rounded half away from zero to what is shown.
function csv.number(q)
  if not q then return "" end
  local unit = q:unit()
  local text = (unit == "amount" or unit == "amount_per_count") and q:text "kr2"
    or unit == "share" and q:text "%2" or q:text()
  return (text:find "^\u{2212}" and "-" or "") .. text:gsub("[^%d,]", ""):gsub(",", ".")
end

local function whole(n) return tostring(n) end

-- Printed, expected and difference stand together: a finding without a difference compares
-- no amounts.
local function compared(f, q)
  return csv.number(f.difference and f.expected and q)
end

local columns = {
  { "file", function(f) return csv.text(f.file) end },
  { "line", function(f) return whole(f.line) end },
  { "column", function(f) return whole(f.col) end },
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

local function row(cell_of)
  local cells = {}
  for i, column in ipairs(columns) do cells[i] = cell_of(column) end
  return table.concat(cells, ",") .. "\r\n"
end

function csv.part(result)
  local out = {}
  for i, f in ipairs(result.shown) do
    out[i] = row(function(column) return column[2](f) end)
  end
  return table.concat(out)
end

function csv.join(parts, options)
  return (options.bom and "\u{FEFF}" or "") .. row(function(column) return csv.text(column[1]) end) .. table.concat(parts)
end

return plain.with_all(csv)
