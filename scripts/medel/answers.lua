-- answers.lua: what a projection answers, besides its table.
local medel = require "medel"
local scenario = require "medel.scenario"
local decision = require "medel.decision"

local answers = {}
local zero = medel.kr(0)

-- Can a scenario hold?  Its run, or why not.
local function attempt(s, parameters)
  local ok, r = pcall(scenario.run, s, parameters)
  if not ok and require("medel.guest").machine_failed(r) then error(r, 0) end
  return ok, r
end

-- How many years more eget kapital would last with the last year's deficit; nil when there is no deficit,
-- or when it runs out before that.
function answers.runway(run)
  local year = run.last
  local ek, result = run.projection:figure("eget_kapital", year), run.projection:figure("resultat", year)
  if result >= zero or ek <= zero then return nil end
  for y = run.first, run.last do
    if run.projection:figure("eget_kapital", y) < zero then return nil end
  end
  return ek / -result
end

-- Years at whose end something holds, the base year too.
local function years_that(run, holds)
  local list = {}
  for year = run.first - 1, run.last do
    if holds(run.projection, year) then list[#list + 1] = year end
  end
  return list
end

local month_names = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december" }
answers.month_names = month_names

local function month_text(year, m) return ("%s %d"):format(month_names[m], year) end

-- Stretches of months at whose end a figure is below zero: { from, to (nil: to the last), lowest, at };
-- and the lowest month of all.
local function months_below(run, key)
  local list, open, lowest = {}, nil, nil
  for year = run.first, run.last do
    for m, month in ipairs(run.projection:months(year) or {}) do
      local value, text = month[key], month_text(year, m)
      if not lowest or value < lowest.value then lowest = { value = value, at = text } end
      if value < 0 and not open then
        open = { from = text, lowest = value, at = text, year = year }
        list[#list + 1] = open
      elseif value >= 0 and open then
        open = nil
      end
      if open then
        open.to = text
        if value < open.lowest then open.lowest, open.at = value, text end
      end
    end
  end
  if open then open.to = nil end
  return list, lowest
end

-- over and within: lists of years; no_equity and no_cash: stretches of months; lowest_cash.
function answers.milestones(run)
  local no_cash, lowest = months_below(run, "kassa")
  return {
    over = years_that(run, function(p, y) return p:figure("marginal", y) and p:figure("marginal", y) < zero end),
    within = years_that(run, function(p, y) return p:figure("marginal", y) and p:figure("marginal", y) >= zero end),
    no_equity = (months_below(run, "eget_kapital")), no_cash = no_cash, lowest_cash = lowest,
    braked = years_that(run, function(p, y) return p:braked(y) end),
  }
end

-- ---- goal seek ----

-- What may be moved, in steps that mean something: a krona, or a hundredth of a per cent.
local function amount(n) return medel.kr(n) end
local function hundredths(n) return medel.number(n) / 10000 end

local function extra(run, year, fields)
  fields[1], fields.from = "prövning", ("%d-01"):format(year)
  return run.scenario + decision.new(fields, { file = run.scenario.file, line = run.scenario.line })
end

local levers = {}
function levers.kostnad(run, year)
  local now = run.projection:figure("kostnader", year)
  return { value = function(_, p) return p:figure("kostnader", year) end,
           low = -(now:ore() // 100), high = now:ore() // 100 + 1000000,
           with = function(n)
             return extra(run, year, { add = { ofordelat = amount(n) } })
           end }
end
local function bidrag_lever(part)
  return function(run, year)
    return { value = hundredths, low = -10000, high = 10000,
             with = function(n) return extra(run, year, { [part] = hundredths(n) }) end }
  end
end
for _, part in ipairs { "medlemsbidrag", "staten", "region", "kommuner" } do levers[part] = bidrag_lever(part) end
local function setting_lever(key, low, high)
  return function(run)
    return { value = hundredths, low = low, high = high,
             with = function(n) return run.scenario:with { [key] = hundredths(n) } end }
  end
end
levers.realisering = setting_lever("realisering", 0, 20000)
levers.index = setting_lever("index", -5000, 5000)
levers.ranta = setting_lever("ranta", -2000, 5000)

-- A lever that is a block's cost, from the year on.
local function block_lever(id)
  return function(run, year)
    local now = run.projection:block(id, year)
    if not now then error(("no lever '%s': kostnad, medlemsbidrag, staten, region, kommuner, realisering, index, ranta or a block"):format(id), 0) end
    return { value = function(_, p) return p:block(id, year) end, low = -(now:ore() // 100), high = now:ore() // 100 + 10000000,
             with = function(n)
               return extra(run, year, { add = { [id] = amount(n) } })
             end }
  end
end

-- Where does goal(projection) go from holding to not holding?  The grid is whole kronor
-- or hundredths of a per cent, so the answer is exact to the step whenever the goal is
-- monotone; the secant finds it in a few runs where the model is linear.
-- Returns { n, text, value, side = "least"|"most", runs, exact } or nil and why.
function answers.seek(run, lever_name, from, goal)
  local lever = (levers[lever_name] or block_lever(lever_name))(run, from)
  local runs = 0
  local function at(n)
    runs = runs + 1
    local ok, r = attempt(lever.with(n), run.parameters)
    if not ok then return nil, r end
    local num, den = goal(r.projection):parts()
    return num // den -- öre or so; only its sign and slope are used
  end
  local low, high = lever.low, lever.high
  local at_low, at_high = at(low), at(high)
  if not at_low or not at_high then return nil, "modellen kan inte räknas i hela intervallet" end
  if (at_low >= 0) == (at_high >= 0) then
    return nil, at_low >= 0 and "målet nås i hela intervallet" or "målet nås inte i intervallet"
  end
  local secants = 0
  while high - low > 1 do
    local guess = low + (high - low) // 2
    if secants < 8 then
      local slope = (at_high - at_low) / (high - low)
      local n = low + math.floor(-at_low / slope + 0.5)
      guess = math.max(low + 1, math.min(high - 1, n + secants % 2))
      secants = secants + 1
    end
    local value, why = at(guess)
    if not value then return nil, why end
    if (value >= 0) == (at_low >= 0) then low, at_low = guess, value else high, at_high = guess, value end
  end
  local n = at_low >= 0 and low or high
  local value = lever.value(n, scenario.run(lever.with(n), run.parameters).projection)
  return { n = n, text = value:text(), value = value, side = at_low >= 0 and "most" or "least",
           runs = runs, exact = run.scenario.settings.replace == nil, secant = secants < 8 }
end

local function least_of(names, first, last)
  return function(p)
    local least
    for year = first, last do
      local q = p:figure(names, year)
      if not least or q < least then least = q end
    end
    return least
  end
end

-- The usual questions, each { question, answer }.
function answers.usual(run)
  local out = {}
  local function ask(question, lever, from, goal, format)
    local a, why = answers.seek(run, lever, from, goal)
    out[#out + 1] = { question = question, seek = a, lever = lever,
                      answer = a and format(a) or why, method = a and answers.method(a) or nil }
  end
  local first, last = run.first, run.last
  ask(("Högsta kostnad %d, om kostnaderna ändras lika mycket alla år, för att eget kapital ska räcka till och med %d"):format(first, last), "kostnad", first,
    least_of("eget_kapital", first, last), function(a) return a.text end)
  if run.projection:figure("marginal", last) then ask(("Lägsta kostnad %d, om kostnaderna ändras lika mycket alla år, för att riktlinjen inte ska överskridas %d"):format(first, last), "kostnad", first,
    function(p) return p:figure("marginal", last) end, function(a) return a.text end) end
  local highest, lowest = out[1].seek, out[2] and out[2].seek
  if highest and lowest and lowest.value > highest.value then -- what one asks for the other forbids
    out[2].method = "går inte att förena med frågan ovan; " .. out[2].method
    out.conflict = ("Riktlinjen %d och eget kapital till och med %d kan inte klaras båda med en och samma ändring av kostnaderna alla år: riktlinjen kräver minst %s om året %d, "
      .. "eget kapital bär högst %s."):format(last, last, lowest.text, first, highest.text)
  end
  ask(("Kostnad %d som ger nollresultat det året"):format(last), "kostnad", last,
    function(p) return p:figure("resultat", last) end, function(a) return a.text end)
  ask(("Största minskning av medlemsbidraget från %d, utöver besluten, som eget kapital bär till och med %d"):format(first, last),
    "medlemsbidrag", first, least_of("eget_kapital", first, last), function(a)
      local text = a.value:abs():text "%2"
      return (a.value:parts()) > 0 and ("ingen; det måste höjas med %s"):format(text) or text
    end)
  return out
end

-- The same, computed once for a run.
function answers.usual_of(run)
  run.usual = run.usual or answers.usual(run)
  return run.usual
end

function answers.method(a)
  return a.exact and "räknat exakt" or "inringat, eftersom scenariot har en egen funktion"
end

-- The latest month that each decision can wait until, eget kapital still above zero in
-- every year that it was.
function answers.latest(run)
  local out, last_ok = {}, {}
  for year = run.first, run.last do last_ok[year] = run.projection:figure("eget_kapital", year) >= zero end
  for i, d in ipairs(run.scenario.decisions) do
    local best
    for months = 1, 12 * (run.last - d.year + 1) - d.month do
      local later = run.scenario:without(0)
      for k, other in ipairs(run.scenario.decisions) do later.decisions[k] = k == i and other:later(months) or other end
      local ok, r = attempt(later, run.parameters)
      if not ok then break end
      local holds, harms = true, false
      for year = run.first, run.last do
        local ek = r.projection:figure("eget_kapital", year)
        if last_ok[year] and ek < zero then holds = false end
        if ek < run.projection:figure("eget_kapital", year) then harms = true end
      end
      if not harms then best = nil break end -- waiting costs nothing: no question
      if not holds then break end
      best = later.decisions[i].from
      if months == 12 * (run.last - d.year + 1) - d.month then best = nil end -- it never matters
    end
    if best then out[#out + 1] = { decision = d, month = best } end
  end
  return out
end

-- ---- sensitivity ----

-- One input at a time, low and high, on a figure: widest first.
function answers.tornado(run, name, year)
  local s, out = run.scenario, {}
  local now = run.projection:figure(name, year):alone()
  local function try(label, low, high, low_text, high_text)
    local function value(of) -- and nothing of the run that it came from
      if of == s then return now end
      local ok, r = attempt(of, run.parameters)
      return ok and r.projection:figure(name, year):alone()
    end
    local x = value(low)
    local y = x and value(high)
    if not y then return end
    out[#out + 1] = { label = label, low = x - now, high = y - now, low_text = low_text, high_text = high_text }
  end
  local pc = medel.percent
  try("Kostnader", extra(run, run.first, { kostnad = pc(-10) }), extra(run, run.first, { kostnad = pc(10) }), "−10 %", "+10 %")
  try("Medlemsbidrag", extra(run, run.first, { medlemsbidrag = pc(-10) }), extra(run, run.first, { medlemsbidrag = pc(10) }), "−10 %", "+10 %")
  local f = s.settings.realisering or pc(100)
  try("Realisering av planen", s:with { realisering = f - pc(5) }, s:with { realisering = f + pc(5) }, "−5 procentenheter", "+5 procentenheter")
  local index = s.settings.index or pc(0)
  try("Index på kostnader", s:with { index = index - pc(1) }, s:with { index = index + pc(1) }, "−1 procentenhet", "+1 procentenhet")
  local rate = s.settings.ranta
  if rate then try("Ränta", s:with { ranta = rate - pc(1) }, s:with { ranta = rate + pc(1) }, "−1 procentenhet", "+1 procentenhet") end
  for i, d in ipairs(s.decisions) do
    local late = s:without(0)
    for k, other in ipairs(s.decisions) do late.decisions[k] = k == i and other:later(3) or other end
    try(d.title, s, late, "som beslutat", "tre månader senare")
  end
  local function width(x)
    local a, b = x.low:abs(), x.high:abs()
    return a > b and a or b
  end
  local kept = {}
  for _, x in ipairs(out) do
    if not width(x):is_zero() then kept[#kept + 1] = x end
  end
  table.sort(kept, function(a, b)
    local x, y = width(a), width(b)
    if x == y then return a.label < b.label end
    return x > y
  end)
  return { now = now, bars = kept, figure = name, year = year }
end

-- eget kapital in a year over two inputs.
function answers.grid(run, year)
  local costs, cuts, rows = { -30, -20, -10, 0, 10 }, { -50, -25, -10, 0 }, {}
  for i, cost in ipairs(costs) do
    rows[i] = {}
    for k, cut in ipairs(cuts) do
      local fields = {}
      if cost ~= 0 then fields.kostnad = medel.percent(cost) end
      if cut ~= 0 then fields.medlemsbidrag = medel.percent(cut) end
      local ok, r = attempt(extra(run, run.first, fields), run.parameters)
      rows[i][k] = ok and r.projection:figure("eget_kapital", year):alone() or nil
    end
  end
  return { costs = costs, cuts = cuts, rows = rows, year = year }
end

return answers
