-- test_scenarios.lua: the parts of a difference add up; verdicts; answers that are true.
local medel = require "medel"
local session, scenario, answers = require "medel.session", require "medel.scenario", require "medel.answers"
local decision = require "medel.decision"
local effects = require "medel.effects"
local asked = session.new()
local taxonomy, parameters = asked:taxonomy(), asked:parameters()
local function read(path) return asked:load(path) end
local kr, percent = medel.kr, medel.percent
local n = 0

local function same(got, expected, what)
  n = n + 1
  if got ~= expected then error(("%s: %s, not %s"):format(what, tostring(got), tostring(expected)), 2) end
end

-- ---- the rules on the projected years ----

local list = require("medel.scenario_file").load("scripts/scenarios/lekeberg-orebro-halverad.lua", read)

local function found(run, year, rule)
  for _, f in ipairs(asked:audit(scenario.report(run, year)).findings) do
    if f.rule == rule and f.level ~= "note" then return true end
  end
  return false
end

local budget, realised = scenario.run(list[1], parameters), scenario.run(list[2], parameters)
same(budget.projection:figure("eget_kapital", 2024), kr(655143), "adopted budget 2024")
same(realised.projection:figure("eget_kapital", 2024), kr(1171508), "realised to 91 %")
same(found(budget, 2024, "EKA-01"), false, "EKA-01 with the adopted budget")
same(found(realised, 2024, "EKA-01"), true, "EKA-01 at 91 %")
same(found(budget, 2025, "EKA-05"), true, "EKA-05 in 2025")
for _, run in ipairs { budget, realised } do
  for year = run.first, run.last do
    for _, k in ipairs(medel.checks(scenario.report(run, year))) do
      same(k.outcome == "finding" and k.level ~= "note" and k.message or nil, nil, "check " .. k.rule)
    end
  end
end

local d = effects.difference(budget, realised, "eget_kapital", 2026)
local sum = d.from
for _, part in ipairs(d.parts) do sum = sum + part.effect end
same(sum, realised.projection:figure("eget_kapital", 2026), "the parts of a difference")

-- ---- random stacks of decisions ----

local seed = 20240311
local function random(low, high) -- the same numbers everywhere
  seed = (seed * 1103515245 + 12345) % 2147483648
  return low + (seed >> 8) % (high - low + 1)
end

local kinds = {
  function(f) f.medlemsbidrag = percent(random(-60, 40)) end,
  function(f) f.staten = percent(random(-60, 10)) end,
  function(f) f.kostnad = percent(random(-50, 30)) end,
  function(f) f.one_off = kr(random(1, 400) * 1000) end,
  function(f) f.scale = { administration = percent(random(30, 120)) } end,
}

-- Monte Carlo with nothing uncertain is the projection, to the öre.
local function as_planned(run)
  local r = assert(medel.montecarlo(run.projection, {}, { paths = 3, seed = 1 }))
  for i, y in ipairs(r.years) do
    for _, ore in ipairs(y.quantiles) do
      same(ore, run.projection:figure("eget_kapital", run.first + i - 1):ore(), "drawn without variance")
    end
  end
end

local bases = { "examples/lekeberg-orebro/2023.yaml", "examples/sydnarke/2023.yaml" }
for i = 1, 60 do
  local ar = medel.load_report(taxonomy, bases[i % 2 + 1])
  local s = scenario.scenario("prov " .. i, { file = "prov.lua", line = i }) { base = ar, years = { 2024, 2024 + random(0, 6) } }
  if random(1, 3) < 2 then s = s:with { realisering = percent(random(80, 105)) } end
  for k = 1, random(1, 5) do
    local fields = { "beslut " .. k, from = ("%d-%02d"):format(random(2024, 2030), random(1, 12)) }
    kinds[random(1, #kinds)](fields)
    s = s + decision.new(fields, { file = "prov.lua", line = k })
  end
  local run = scenario.run(s, parameters)
  as_planned(run)
  for _, figure in ipairs { "eget_kapital", "resultat", "medlemsbidrag", "kassa" } do
    for year = run.first, run.last do
      local e = effects.of(run, figure, year)
      local total = e.start
      for _, part in ipairs(e.parts) do total = total + part.effect end
      same(total, run.projection:figure(figure, year), "the parts of " .. figure)
    end
  end
end

-- ---- effects that no order changes ----

local function effects_by_title(s)
  local e, out = effects.of(scenario.run(s, parameters), "eget_kapital", 2026), {}
  for _, part in ipairs(e.parts) do out[part.title] = part.effect end
  return out, e
end

local many = list[#list] -- halved, ended, reduced, restored
local turned = many:without(0)
for i = #many.decisions, 1, -1 do turned = turned + many.decisions[i] end
local forwards, backwards = effects_by_title(many), effects_by_title(turned)
for title, effect in pairs(forwards) do
  same(effect, backwards[title], "in any order: " .. title)
  same((effect * 100):parts() % 1, 0, "whole öre: " .. title)
end

-- Three equal parts of a krona: 34, 33 and 33 öre.
local thirds = effects.apportion({ { 100, 3 }, { 100, 3 }, { 100, 3 } }, 100)
same(table.concat(thirds, " "), "34 33 33", "the largest remainder")
same(table.concat(effects.apportion({ { -7, 2 }, { 5, 2 }, { 1, 1 } }, 0), " "), "-3 2 1", "negative parts")
same(table.concat(effects.apportion({ { 1, 3 }, { 1, 3 } }, -1), " "), "0 -1", "less than the floors")

local needs = list[1]
  + decision.new({ "Ny insats", from = "2024-01", kostnad = { ny = { kr(100000), label = "Ny", group = "individ" } } }, list[1])
  + decision.new({ "Den minskas", from = "2025-01", scale = { ny = percent(50) } }, list[1])
local _, e = effects_by_title(needs)
same(e.shared, false, "a decision that needs another")
local sum_of = e.start
for _, part in ipairs(e.parts) do sum_of = sum_of + part.effect end
same(sum_of, e.final, "in order they add up, too")
local nine = list[3]:without(0)
for i = 1, 9 do nine = nine + decision.new({ "nr " .. i, from = "2024-01", one_off = kr(i) }, list[1]) end
_, e = effects_by_title(nine)
same(e.shared, false, "nine decisions")
for i = 1, 9 do same(e.parts[i + 1].effect, kr(-i), "a one-off cost") end

-- ---- what is sought is found to the step ----

for _, lever in ipairs { "kostnad", "medlemsbidrag", "index" } do
  local run = scenario.run(list[3], parameters)
  local goal = function(p) return p:figure("eget_kapital", 2026) end
  local a = answers.seek(run, lever, 2024, goal)
  same(a ~= nil, true, "an answer for " .. lever)
  if lever == "kostnad" then
    local fields = { "prov", from = "2024-01", add = { ofordelat = kr(a.n) } }
    local at = scenario.run(list[3] + decision.new(fields, list[3]), parameters)
    fields = { "prov", from = "2024-01", add = { ofordelat = kr(a.n + 1) } }
    local beside = scenario.run(list[3] + decision.new(fields, list[3]), parameters)
    same(goal(at.projection) >= kr(0), true, "the answer holds")
    same(goal(beside.projection) < kr(0), true, "the krona beside it does not")
  end
end

-- ---- a part replaced by a function ----

local own = list[1]:with { replace = { finansnetto = function(_, year) return year.foregaende.kassa / 100 end } }
local run = scenario.run(own, parameters)
same(run.projection:figure("finansnetto", 2024), kr(44394), "a function's own interest")
as_planned(run)
as_planned(scenario.run(list[3]:with { index = percent(3), realisering = percent(95), replace = {
  ["kostnad.personal"] = function(usual, year) return usual + kr(year.ar) end,
  ["intakt.ovriga_intakter"] = function(usual) return usual + kr(77) end } }, parameters))

-- ---- the model scored on known years ----

local hindcast = require "medel.hindcast"
local h = hindcast.of(medel.load_report(taxonomy, bases[1]), parameters)
same(h.score.utan_beslut.n, 4, "years the model is scored on")
same(h.score.budget.n, 1, "years with a budget")
same(h.score.budget.mean, nil, "no mean of one year")
same(h.years[4].budget.miss, kr(941371), "the budget's miss 2023")
same(h.years[4].prognos.miss, kr(577661), "the forecast's miss 2023")
for _, y in ipairs(h.years) do
  same(y.utan_beslut.guess, y.kand_tilldelning.guess, "unchanged contributions")
  same(y.utan_beslut.guess + y.utan_beslut.miss, y.result, "a miss")
end
h = hindcast.of(medel.load_report(taxonomy, bases[2]), parameters)
same(h.as_income, true, "income stands for contributions")
-- 2021 from 2020: 5 673 188 for 5 971 971 kr of income, costs as before, interest as before
local moved = kr(5673188) - kr(5971971)
same((h.years[2].kand_tilldelning.guess - h.years[2].utan_beslut.guess - moved):abs() < kr(1500), true, "known contributions")
same(#h.horizons, 4, "horizons")
same(h.horizons[4].utan_beslut.n, 1, "one run of four years")

print(("%d checks of scenarios"):format(n))
