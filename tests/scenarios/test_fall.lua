-- test_fall.lua: small scenarios that each show one thing, and what is said of them.
local medel = require "medel"
local session = require "medel.session"
local scenario = require "medel.scenario"
local parts = require "medel.projections.parts"
local compare = require "medel.projections.compare"
local assumptions = require "medel.projections.assumptions"

local folder, passed, failed = "tests/scenarios/fall/", 0, 0

local function check(ok, what)
  if ok then passed = passed + 1 return end
  failed = failed + 1
  io.stderr:write("FAILED: ", what, "\n")
end

local function same(got, want, what)
  check(math.type(got) == "integer" and not (got < want or got > want), ("%s: %s, not %s"):format(what, got, want))
end

local function runs_of(file)
  local asked = session.new {}
  local runs = asked:runs(folder .. file)
  for _, run in ipairs(runs) do
    run.audits = {}
    for year = run.first, run.last do run.audits[year] = asked:audit(scenario.report(run, year)) end
  end
  return runs
end

local function says(run, text)
  for _, line in ipairs(parts.summary(run)) do
    if line:find(text, 1, true) then return true end
  end
  return false
end

-- Nothing comes from the model's own rounding, and nothing is about words.
for _, file in ipairs { "bid01-own-rounding.yaml", "brake.yaml", "allt.yaml" } do
  for _, run in ipairs(runs_of(file)) do
    for year = run.first, run.last do
      for _, f in ipairs(run.audits[year].findings) do
        check(f.rule ~= "BID-01" and f.rule ~= "BAL-02" and f.level ~= "error", ("%s %d: %s %s"):format(file, year, f.rule, f.message))
      end
    end
  end
end

-- Index is a price: it changes no participants.
local inflation = runs_of("participants-rise-with-inflation.yaml")[1]
for _, one in ipairs(parts.participants_of(inflation)) do
  local first = one.years[2023]
  for year, n in pairs(one.years) do check(not (n < first or n > first), ("%s %d: %d participants"):format(one.label, year, n)) end
end
check(#parts.participants_of(inflation) > 1 and parts.real(inflation), "participants and real prices are shown")

-- Stretches, months, contributions of what differs alone.
local a, b, c = table.unpack(runs_of("lo2.lua"))
check(says(a, "över riktlinjen vid utgången av 2024, och var det redan 2023"), "A: over only 2024, and already 2023")
check(says(a, "tar slut i januari 2027"), "A: in which month eget kapital ends")
check(says(a, "Kassan tar slut i juni 2028"), "A: in which month cash ends")
check(says(b, "vid utgången av 2024 och 2026–2028") or says(b, "vid utgången av 2024, 2026–2028"), "B: two stretches")
for _, run in ipairs { b, c } do
  local d = compare.decisions(a, run)
  for _, part in ipairs(d.parts) do
    check(not part.title:find("Staten", 1, true) and not part.title:find("Samverkansteamet", 1, true), "both have decided: " .. part.title)
  end
  local sum = d.from
  for _, part in ipairs(d.parts) do sum = sum + part.effect end
  check((sum - d.to):is_zero(), run.scenario.name .. ": what differs adds up")
end
check(assumptions.content(a, a.scenario.decisions[3]):find("3 månader senare", 1, true), "a delay is said")
local d = compare.of({ a, b, c }, b)
check(#d > 1 and d[1].run == a and d[1].figures[4].years[2028].difference, "any scenario may be the one to compare with")

-- Two answers that cannot both hold.
local syd = runs_of("syd.yaml")
check(says(syd[1], "kan inte klaras båda"), "a conflict is said")
check(not says(inflation, "kan inte klaras båda"), "and not where there is none")

-- Months come to the year, and a cut that falls nowhere is said to.
local all = runs_of("allt.yaml")[1]
for year = all.first, all.last do
  local months, cost = all.projection:months(year), 0
  for _, m in ipairs(months) do cost = cost + m.kostnader + m.engangskostnader end
  local function whole(name) return all.projection:figure(name, year):ore() end
  same(cost, whole "kostnader", year .. ": costs of the months")
  same(months[12].kassa, whole "kassa", year .. ": cash")
  same(months[12].eget_kapital, whole "eget_kapital", year .. ": eget kapital")
end
same(all.projection:months(2025)[3].engangskostnader, 24000000, "a one-off cost falls in its month")
check(says(all, "kr inte fördelat på någon insats"), "an undistributed cut is said")

-- Index alone changes no cost in the prices of the base year, however many years, and no participants.
local late = runs_of("efter-slutet.yaml")[1]
local real = parts.real(late)[2]
for k = 3, #real do check(real[k] == real[2], "costs in the base year's prices: " .. real[k]) end
for _, one in ipairs(parts.participants_of(late)) do same(one.years[2043], one.years[2023], one.label) end
check(assumptions.content(late, late.scenario.decisions[1]):find("utan verkan på de år", 1, true), "a decision after the last year is said to be without effect")

-- What is said of comparatives alone was said of their own year: the base's own error is not each year's.
local misprint = runs_of("tva-forbund.yaml")[2]
for year = 2024, 2025 do
  for _, f in ipairs(misprint.audits[year].findings) do check(not f.rule:find "^SUM%-", year .. ": " .. f.rule) end
end

-- A budget by row and month is decisions.
local planned_year = runs_of("budget.yaml")[1].projection
same(planned_year:figure("medlemsbidrag", 2024):ore(), 522000000, "the budget's contributions")
same(planned_year:block("mottagningsteam", 2024):ore(), 102000000, "ten months of 90 000 and two of 60 000")
local budget = require "medel.budget"
local long = budget.parse("rad;manad;belopp\nA;2024-02;1 000,50\nA;mars 2024;-7\n", "x.csv")
same(long.rows[1].months[2024 * 12 + 1], 100050, "a long budget")
same(long.rows[1].months[2024 * 12 + 2], -700, "with months by name")
local fine, why = pcall(budget.parse, "rad;jan;feb\nA;x;1\nB;1;y\n", "x.csv", 2024)
check(not fine and why:find("x.csv:2:", 1, true) and why:find("x.csv:3:", 1, true), "all that is wrong in a budget at once: " .. tostring(why))

-- Where nothing is drawn every path is the planned one.
local planned = medel.montecarlo(syd[1].projection, { allocation = { kind = "fixed", mean = 0 } }, { paths = 200, seed = 1 })
for i, y in ipairs(planned.years) do
  same(y.upto_planned, 200, "paths up to the planned one, year " .. i)
  same(y.quantiles[3], syd[1].projection:figure("eget_kapital", syd[1].first + i - 1):ore(), "the median, year " .. i)
end

-- Two förbund as if they were one, in the years that both have; the third scenario is of the first one.
local consolidated = require "medel.projections.consolidated"
local both = runs_of "tva-forbund.yaml"
local sum = consolidated.of(both)
same(#sum.runs, 2, "the first scenario of each förbund")
same(sum.first, 2023, "the first common year")
same(sum.last, 2025, "the last common year")
for _, f in ipairs(sum.figures) do
  for year = sum.first, sum.last do
    local x, y = both[1].projection:figure(f.id, year), both[2].projection:figure(f.id, year)
    if f.id == "riktlinje" then -- 20 % to 7 mnkr, 15 % above: not the sum of what each has
      local given = sum.figures[1].years[year]:ore()
      same(f.years[year]:ore(), 140000000 + (given - 700000000) * 15 // 100, "the guideline of the sum " .. year)
    elseif f.id == "marginal" then
      same(f.years[year]:ore(), sum.figures[6].years[year]:ore() - sum.figures[4].years[year]:ore(), "the margin of the sum " .. year)
    else
      same(f.years[year]:ore(), x:ore() + y:ore(), ("%s of both %d"):format(f.id, year))
    end
  end
end
same(#sum.figures, 7, "five figures, the guideline and the margin")
check(sum.members[1].name == "Staten", "a member of both")
same(sum.members[1].years[2025]:ore(), (both[1].projection:figure("bidrag_staten", 2025) + both[2].projection:figure("bidrag_staten", 2025)):ore(), "what it gives")
check(sum.notes[1]:find("Ingenting är eliminerat", 1, true), "what cannot be eliminated is said")
check(not consolidated.of { both[1], both[3] }, "two scenarios of one förbund are not added up")

-- A one-off cost is realised, and late, as the other costs are.
local uncertainty = require "medel.uncertainty"
for i, run in ipairs(runs_of "engang.lua") do
  local years = uncertainty.run(run, 100, 1).years
  for k, year in ipairs { 2024, 2025 } do
    local want = run.projection:figure("eget_kapital", year):ore()
    for of = 2024, i == 2 and year or 2023 do want = want + run.projection:figure("kostnader", of):ore() // 2 end
    if i == 3 and year == 2024 then want = want + 24000000 end
    for _, q in ipairs(years[k].quantiles) do same(q, want, ("%s: eget kapital %d on every path"):format(run.scenario.name, year)) end
  end
end

-- What a function gives moves as the same decision does, late, realised and priced.
local by_decision, by_function = table.unpack(runs_of "../egen-funktion.lua")
for year = 2024, 2026 do same(by_function.projection:figure("eget_kapital", year):ore(), by_decision.projection:figure("eget_kapital", year):ore(), "as planned " .. year) end
local one, other = uncertainty.run(by_decision, 3000, 1), uncertainty.run(by_function, 3000, 1)
for i, y in ipairs(one.years) do
  for k, q in ipairs(y.quantiles) do same(other.years[i].quantiles[k], q, ("a function's cost is late: year %d, quantile %d"):format(i, k)) end
end
check(one.years[1].quantiles[1] ~= one.years[1].quantiles[5], "what is late costs otherwise")

print(("scenariofall: %d passed, %d failed"):format(passed, failed))
if failed > 0 then error("some tests failed", 0) end
