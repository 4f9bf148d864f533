-- effects.lua: what each decision of a scenario does to a figure.
--
-- The effects add up to the whole exactly.  With few decisions each has its mean effect over
-- every order in which they could have been made (the Shapley value), which no order can
-- change; with many, its effect in the order of the scenario.
local medel = require "medel"
local scenario = require "medel.scenario"

local effects = {}

effects.most_shared = 8 -- 256 runs

-- ---- runs with some of the decisions ----

-- A figure of a run: its value, and not the run that it came from.
local function value_of(r, figure, year)
  return r.projection:figure(figure, year):alone()
end

-- The figure with the decisions of a mask alone; false where these cannot be made without the
-- others.  Of the runs the figures that were asked for are kept.
local function figure_of(run, mask, figure, year)
  if mask == (1 << #run.scenario.decisions) - 1 then return value_of(run, figure, year) end
  local key = figure .. "\0" .. year
  run.figures = run.figures or {}
  run.figures[key] = run.figures[key] or {}
  local known = run.figures[key][mask]
  if known == nil then
    local ok, r = pcall(scenario.run, run.scenario:only(mask), run.parameters)
    if not ok and require("medel.guest").machine_failed(r) then error(r, 0) end
    known = ok and value_of(r, figure, year)
    run.figures[key][mask] = known
  end
  return known
end

-- Do all combinations of the decisions hold?  One may need what another made.
local function all_hold(run, figure, year)
  local n = #run.scenario.decisions
  if n > effects.most_shared then return false end
  for mask = 0, (1 << n) - 1 do
    if not figure_of(run, mask, figure, year) then return false end
  end
  return true
end

local function shared(run, figure, year)
  if run.shared == nil then run.shared = all_hold(run, figure, year) end
  return run.shared
end

-- ---- whole öre ----

-- Whole numbers that add up to 'total', each within one of its value (the method of the
-- largest remainder; the first of equals).  Values are { num, den }.
function effects.apportion(values, total)
  local out, order, left = {}, {}, total
  for i, v in ipairs(values) do
    out[i] = v[1] // v[2]
    left = left - out[i]
    order[i] = i
  end
  table.sort(order, function(a, b)
    local x, y = values[a], values[b]
    local p, q = (x[1] - out[a] * x[2]) / x[2], (y[1] - out[b] * y[2]) / y[2]
    if p ~= q then return p > q end
    return a < b
  end)
  for k = 1, #order do
    if left > 0 then
      out[order[k]], left = out[order[k]] + 1, left - 1
    elseif left < 0 then
      out[order[#order + 1 - k]], left = out[order[#order + 1 - k]] - 1, left + 1
    end
  end
  return out
end

local function in_ore(list)
  local values, total = {}, 0
  for i, q in ipairs(list) do
    if q:unit() ~= "amount" then return list end
    values[i] = { q:parts() }
  end
  local sum = medel.kr(0)
  for _, q in ipairs(list) do sum = sum + q end
  if #list > 0 then total = sum:ore() end
  local out = {}
  for i, n in ipairs(effects.apportion(values, total)) do out[i] = medel.kr(n) / 100 end -- n öre
  return out
end

-- ---- the effects ----

local function factorial(n)
  return n < 2 and 1 or n * factorial(n - 1)
end

local function bits(mask)
  local n = 0
  while mask > 0 do n, mask = n + (mask & 1), mask >> 1 end
  return n
end

local function shapley(run, figure, year)
  local n, out = #run.scenario.decisions, {}
  for i = 1, n do
    local bit, sum = 1 << (i - 1), nil
    for mask = 0, (1 << n) - 1 do
      if mask & bit == 0 then
        local before = bits(mask)
        local gain = (figure_of(run, mask | bit, figure, year) - figure_of(run, mask, figure, year))
          * (factorial(before) * factorial(n - before - 1))
        sum = sum and sum + gain or gain
      end
    end
    out[i] = sum / factorial(n)
  end
  return in_ore(out)
end

local function in_order(run, figure, year)
  local out, before = {}, value_of(scenario.run(run.scenario:without(0), run.parameters), figure, year)
  for i = 1, #run.scenario.decisions do
    local now = value_of(scenario.run(run.scenario:without(i), run.parameters), figure, year)
    out[i], before = now - before, now
  end
  return out
end

-- { start, parts = { { title, decision, effect } }, final, shared }: what is assumed comes
-- first, then the decisions in the scenario's order.
function effects.of(run, figure, year)
  local s = run.scenario
  local out = { start = value_of(scenario.run(s:bare(), run.parameters), figure, year), parts = {},
                final = run.projection:figure(figure, year), shared = shared(run, figure, year) }
  if s:assumes() then
    local assumed = out.shared and figure_of(run, 0, figure, year)
      or value_of(scenario.run(s:without(0), run.parameters), figure, year)
    out.parts[1] = { title = "Antaganden", effect = assumed - out.start }
  end
  local list = (out.shared and shapley or in_order)(run, figure, year)
  for i, d in ipairs(s.decisions) do
    out.parts[#out.parts + 1] = { title = d.title, decision = d, effect = list[i] }
  end
  return out
end

-- Two decisions that are one and the same: made by the same line, or alike in all they say.
local function same(a, b)
  return a.fields == b.fields or a.file == b.file and a.line == b.line and a.title == b.title and a.from == b.from
end

-- Of run's decisions: a bit for each that the other has, too.
local function common(run, other)
  local mask = 0
  for i, d in ipairs(run.scenario.decisions) do
    for _, o in ipairs(other.scenario.decisions) do
      if same(d, o) then mask = mask | 1 << (i - 1) end
    end
  end
  return mask
end

-- The effect of each decision outside 'kept' beside those in it: the mean over every order, or
-- in the scenario's own order where there are many, or some orders cannot hold.
local function beyond(run, kept, figure, year)
  local own, out = {}, {}
  for i in ipairs(run.scenario.decisions) do
    if kept >> (i - 1) & 1 == 0 then own[#own + 1] = i end
  end
  local function with(subset)
    local mask = kept
    for k, i in ipairs(own) do
      if subset >> (k - 1) & 1 == 1 then mask = mask | 1 << (i - 1) end
    end
    return figure_of(run, mask, figure, year)
  end
  local holds = #own <= effects.most_shared
  for subset = 0, holds and (1 << #own) - 1 or -1 do holds = holds and with(subset) ~= false end
  for k, i in ipairs(own) do
    local sum
    if holds then
      for subset = 0, (1 << #own) - 1 do
        if subset >> (k - 1) & 1 == 0 then
          local before = bits(subset)
          local gain = (with(subset | 1 << (k - 1)) - with(subset)) * (factorial(before) * factorial(#own - before - 1))
          sum = sum and sum + gain or gain
        end
      end
      sum = sum / factorial(#own)
    else
      sum = with((1 << k) - 1) - with((1 << k - 1) - 1)
    end
    out[k] = { title = run.scenario.decisions[i].title, effect = sum }
  end
  return out
end

-- The difference between two runs on the same base, by what only one of them has: decisions
-- that both made stand on each side and have no part in it.  The parts add up to the whole.
function effects.difference(first, second, figure, year)
  if first.base.fil ~= second.base.fil then return nil end
  local kept, also = common(first, second), common(second, first)
  local a, b = figure_of(first, kept, figure, year), figure_of(second, also, figure, year)
  if not a or not b then return nil end
  local parts = {}
  for _, part in ipairs(beyond(first, kept, figure, year)) do
    parts[#parts + 1] = { title = "utan: " .. part.title, effect = -part.effect }
  end
  local assumed = b - a
  if not assumed:is_zero() then parts[#parts + 1] = { title = "Andra antaganden", effect = assumed } end
  for _, part in ipairs(beyond(second, also, figure, year)) do parts[#parts + 1] = part end
  return { from = first.projection:figure(figure, year), to = second.projection:figure(figure, year), parts = parts }
end

-- In words: how the whole was split.
function effects.method(e)
  local decided = 0
  for _, part in ipairs(e.parts) do decided = decided + (part.decision and 1 or 0) end
  if decided < 2 then return nil end
  return e.shared and "Beslutens effekter är medelvärden över alla ordningar som de kan fattas i (Shapleyvärden), i hela öre med största rest."
    or "Beslutens effekter är räknade i den ordning de står; en annan ordning ger en annan fördelning."
end

return effects
