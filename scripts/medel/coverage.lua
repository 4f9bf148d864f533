-- coverage.lua: which misprints of a report's figures the pack notices.
local medel = require "medel"

local coverage = {}

-- What the C side needs of each loaded rule: its level, or that it is not used.
local function levels_of(w)
  local list = {}
  for i, rule in ipairs(w.loaded) do list[i] = not rule.duplicate and { level = rule.level } or false end
  return list
end

local function checks_off(w)
  local list = {}
  for _, check in ipairs(medel.check_rules(w.taxonomy)) do
    if not w.selected(check.id) then list[#list + 1] = check.id end
  end
  return list
end

-- Nothing protects a figure if only a swap with another one is noticed: by that one.
local function unprotected(figure)
  for _, m in ipairs(figure.misprints) do
    if (m.noticed or m.asked) and not m.other and not m.rounding then return false end
  end
  return figure.tried > 0
end

local function only_signs(figure)
  for _, m in ipairs(figure.misprints) do
    if not m.noticed and not m.asked and not m.rounding and m.kind ~= "sign" then return false end
  end
  return true
end

-- options: threads, progress
function coverage.run(session, ar, options)
  local runners, w = {}, nil
  for i = 1, options.threads or medel.processors() do
    w = session:open(ar)
    runners[i] = w.runner
  end
  local before, previous = nil, session:previous()
  if previous and w.selected "JMF-01" then
    before = {}
    for _, pair in ipairs(require("medel.followup").pairs(ar, previous)) do
      before[pair[1].index] = pair[2].value
    end
  end
  local figures = medel.coverage {
    ar = session:judged(ar), runners = runners, rules = levels_of(w), off = checks_off(w), before = before,
    progress = options.progress,
  }
  for _, f in ipairs(figures) do
    if before and before[f.fact.index] then f.checks["JMF-01"] = true end
    f.unprotected = unprotected(f)
    f.reason = coverage.reason(w, f)
    f.readers = coverage.readers(w, f)
  end
  return figures, w
end

function coverage.readers(w, figure)
  local ids = {}
  for _, i in ipairs(figure.readers) do ids[#ids + 1] = w.loaded[i].id end
  for id in pairs(figure.checks) do
    if w.selected(id) then ids[#ids + 1] = id end
  end
  table.sort(ids)
  return ids
end

local function list(ids)
  if #ids <= 4 then return table.concat(ids, ", ") end
  return ("%s och %d till"):format(table.concat(ids, ", ", 1, 3), #ids - 3)
end

-- Why what was not noticed was not; nil when everything was.
function coverage.reason(w, figure)
  if figure.noticed + figure.asked == figure.tried then return nil end
  local compared, holds, rules = {}, false, {}
  for id, passes in pairs(figure.checks) do
    if w.selected(id) then
      compared[#compared + 1] = id
      holds = holds or passes
    end
  end
  for _, i in ipairs(figure.readers) do rules[#rules + 1] = w.loaded[i].id end
  table.sort(compared)
  table.sort(rules)
  if #compared == 0 and #rules == 0 then return "inget annat i rapporten hänger ihop med den" end
  if #compared == 0 then
    return ("ingen kontroll stämmer av den; %s läser den men har sina gränser"):format(list(rules))
  end
  if not holds then return ("%s har redan en iakttagelse här"):format(list(compared)) end
  if only_signs(figure) then
    return figure.fact.in_text and "i löpande text skrivs kostnader utan tecken"
      or "radens egen räkning går ihop med båda tecknen"
  end
  return ("%s rymmer felet i den tryckta noggrannheten"):format(list(compared))
end

local keys = { "figures", "tried", "noticed", "asked", "spoken", "spoken_noticed", "rounding", "rounding_noticed",
               "unprotected" }

local function new_sum(id)
  local sum = { table = id }
  for _, key in ipairs(keys) do sum[key] = 0 end
  return sum
end

-- Sums per table, in the order of the report; the last one is all of them.  `spoken` is the
-- misprints of figures that something else in the report speaks of: where at least one is noticed
-- or asked about.
function coverage.by_table(figures)
  local order, all, by = {}, new_sum(), {}
  for _, f in ipairs(figures) do
    local id = f.fact.table
    if not by[id] then
      by[id] = new_sum(id)
      order[#order + 1] = by[id]
    end
    for _, s in ipairs { by[id], all } do
      s.figures = s.figures + 1
      for _, key in ipairs { "tried", "noticed", "asked", "rounding", "rounding_noticed" } do s[key] = s[key] + f[key] end
      if f.unprotected then
        s.unprotected = s.unprotected + 1
      else
        s.spoken, s.spoken_noticed = s.spoken + f.tried, s.spoken_noticed + f.noticed + f.asked
      end
    end
  end
  return order, all
end

-- Per mille, cut off: 98,0 % is never printed for less.
function coverage.share(sum, part, whole)
  local n, of = sum[part or "noticed"], sum[whole or "tried"]
  if of == 0 then return nil end
  return n * 1000 // of
end

return coverage
