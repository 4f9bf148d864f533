-- one_figure.lua: what several findings say of one figure of a record is told once.
local words = require "medel.writers.words"

local one_figure = {}

local function place_of(e)
  if e.file and e.state == "value" then return ("%s:%d:%d"):format(e.file, e.line, e.col) end
end

-- The figures of records that a finding speaks of; those of tables have sums that tell which is wrong.
local function figures_of(f, tables)
  local set = {}
  for _, e in ipairs(f.evidence or {}) do
    local place = place_of(e)
    if place and not tables[e.table] then set[place] = true end
  end
  return set
end

-- What it is about, as a reader may take it: is it the figure itself?
local function about(f, place)
  local first = f.evidence and f.evidence[1]
  return first and place_of(first) == place or false
end

-- The figure that most of the findings speak of, and those; the first of several.
local function most_spoken_of(list, figures)
  local by, best = {}, nil
  for _, f in ipairs(list) do
    for place in pairs(figures[f]) do
      local of = by[place] or { place = place, about = 0 }
      by[place], of[#of + 1] = of, f
      if about(f, place) then of.about = of.about + 1 end
    end
  end
  for place, of in pairs(by) do
    if #of > 1 and (not best or #of > #best or #of == #best and (of.about > best.about or of.about == best.about and place < best.place)) then
      best = of
    end
  end
  return best
end

local function add_evidence(main, other)
  for _, e in ipairs(other.evidence or {}) do
    local there = #main.evidence >= 40
    for _, have in ipairs(main.evidence) do there = there or place_of(have) and place_of(have) == place_of(e) end
    if not there then main.evidence[#main.evidence + 1] = e end
  end
end

-- findings without those that are told with another; speaks(f): may it be told so?  heavier(a, b).
function one_figure.tell(findings, tables, speaks, heavier)
  local list, figures, gone = {}, {}, {}
  for _, f in ipairs(findings) do
    if speaks(f) then list[#list + 1], figures[f] = f, figures_of(f, tables) end
  end
  local of = most_spoken_of(list, figures)
  while of do
    local main = of[1]
    for _, f in ipairs(of) do
      if about(f, of.place) and not about(main, of.place) then main = f end
    end
    local names, seen = {}, {}
    for _, f in ipairs(of) do
      figures[f] = {}
      if f ~= main then
        gone[f] = main
        local name = ("%s (%s)"):format(words.name(f.evidence[1]), f.rule)
        if not seen[name] then names[#names + 1], seen[name] = name, true end
        if heavier(f.level, main.level) then main.level = f.level end
        add_evidence(main, f)
      end
    end
    if #names > 6 then names = table.move(names, 1, 6, 1, { [7] = "…" }) end
    main.message = ("%s Samma uppgift märks också på: %s."):format(main.message, table.concat(names, ", "))
    of = most_spoken_of(list, figures)
  end
  local out = {}
  for _, f in ipairs(findings) do
    if not gone[f] then out[#out + 1] = f end
  end
  return out, gone
end

return one_figure
