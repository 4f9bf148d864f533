-- measure_text.lua: figures outside of tables as they were imported beside those of a file typed by hand: by
-- line, print, field and record.
local medel = require "medel"
local text = require "medel.import.text"

local measure = {}

local function digits(s) return (s:gsub("%D", "")) end

-- What a fact is, beside its place: field, and the concept of a figure of running text.
local function what(f)
  local section = f.table
  local said = f.row
  if section == "uppgifter" or section == "revision.uppgifter" or section == "prognoser" then
    return ("%s %s %d %s"):format(section, f.concept or "-", f.year, f.variant)
  end
  return section .. "." .. said
end

local function outside(ar)
  local list, facts = {}, ar:facts()
  for i = 1, #facts do
    local f = facts[i]
    if not f.column and f.state == "value" and f.text and #(f.places or {}) > 0 then list[#list + 1] = f end
  end
  return list
end

-- The figures that stand on a line: { [line .. ":" .. digits] = { fact } }.
local function by_place(list)
  local set = {}
  for _, f in ipairs(list) do
    for _, line in ipairs(f.places) do
      local k = line .. ":" .. digits(f.text)
      set[k] = set[k] or {}
      table.insert(set[k], f)
    end
  end
  return set
end

local function year_of(ar, f)
  local e = f.table == "indikatorer" and ar.indikatorer and ar.indikatorer[tonumber(f.item)]
  return e and e.ar
end

-- The name of the record that a fact is in, where it has one.
local function record_of(ar, f)
  if f.table ~= "insatser" then return "" end
  local r = ar.insatser and ar.insatser[f.item]
  return r and r.namn or ""
end

-- Which figures of the document were bound, by line and digits, in the order of the print: { true, false, ... }.
local function bound_at(m)
  local set = {}
  for _, f in ipairs(m.figures) do
    local k = f.line .. ":" .. digits(f.text)
    set[k] = set[k] or {}
    table.insert(set[k], f.field ~= nil)
  end
  return set
end

-- Of the figures that a person typed from the place those that the n:th bound one may be: where the line has
-- as many of them as were typed, the one in the same order.
local function counterparts(at, order, n, k)
  local typed, i = at[k] or {}, 0
  if #typed < 2 or #(order[k] or {}) ~= #typed then return typed end
  for at_print, bound in ipairs(order[k]) do
    if bound then
      i = i + 1
      if i == n then return { typed[at_print] } end
    end
  end
  return typed
end

-- { hand, right, wrong, extra, candidates, missing, list }: hand is what was typed by hand.
function measure.compare(m, taxonomy, typed_path)
  local report, why = medel.read_report(taxonomy, require("medel.import.yaml").make(m, { inline = true }) .. text.write(m), m.source.name)
  if not report then error(why, 0) end
  local typed = assert(medel.load_report(taxonomy, typed_path))
  local hand, own = outside(typed), outside(report)
  local at, mine = by_place(hand), by_place(own)
  local r = { hand = #hand, right = 0, wrong = 0, extra = 0, candidates = 0, missing = 0, list = {} }
  local order, seen = bound_at(m), {}
  for _, f in ipairs(own) do
    local same, other = false, nil
    for _, line in ipairs(f.places) do
      local k = line .. ":" .. digits(f.text)
      seen[k] = (seen[k] or 0) + 1
      for _, h in ipairs(counterparts(at, order, seen[k], k)) do
        if what(h) == what(f) and record_of(typed, h) == record_of(report, f) and year_of(typed, h) == year_of(report, f) then same = true end
        other = h
      end
    end
    if same then r.right = r.right + 1
    elseif other then
      r.wrong = r.wrong + 1
      r.list[#r.list + 1] = ("fel: rad %d: %s som %s, inte %s"):format(f.places[1], f.text, what(f), what(other))
    else
      r.extra = r.extra + 1
      r.list[#r.list + 1] = ("för hand ej: rad %d: %s som %s"):format(f.places[1], f.text, what(f))
    end
  end
  local open = {}
  for _, f in ipairs(text.candidates(m)) do open[f.line .. ":" .. digits(f.text)] = true end
  for _, h in ipairs(hand) do
    local bound, candidate = false, false
    for _, line in ipairs(h.places) do
      bound = bound or mine[line .. ":" .. digits(h.text)] ~= nil
      candidate = candidate or open[line .. ":" .. digits(h.text)]
    end
    if not bound and candidate then r.candidates = r.candidates + 1
    elseif not bound then
      r.missing = r.missing + 1
      r.list[#r.list + 1] = ("saknas: rad %d: %s, %s"):format(h.places[1], h.text, what(h))
    end
  end
  return r
end

return measure
