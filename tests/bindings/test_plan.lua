-- medel.plans, medel.plan and medel.past: what a report prints besides its own outcome.
local medel = require "medel"
local check = require "check"
local fixture = require "fixture"

check.test("plans are listed and are reports", function()
  local ar = fixture.example "lekeberg-orebro"
  local list = medel.plans(ar)
  check.equal(#list, 3)
  check.equal(list[3].year, 2024)
  check.equal(list[3].variant, "budget")
  check.equal(list[2].made, "januari–juni 2023")
  local budget = medel.plan(ar, 3)
  check.equal(budget.rakenskapsar, 2024)
  check.equal(budget.variant, "budget")
  check.equal(budget.scenario, "budget 2024")
  check.equal(budget.eget_kapital:text(), "655 143 kr")
  check.equal(ar.variant, "utfall")
  check.equal(ar.scenario, nil)
end)

check.test("a plan keeps the report whose figures it shows", function()
  local ek = medel.plan(fixture.example "lekeberg-orebro", 3).eget_kapital
  collectgarbage()
  collectgarbage()
  local tree = ek:derivation()
  check.equal(tree.left.op, "+")
  check.equal(tree.left.left.fact.place, "rad 2217")
  check.equal(tree.left.right.fact.place, "rad 589")
end)

check.test("an earlier year is a report, without what is not printed", function()
  local ar = fixture.example "sydnarke"
  local past = medel.past(ar, 2020)
  check.equal(past.arets_resultat:text(), "125 388 kr")
  check.equal(past.kassa_och_bank, nil)
  check.yes(past.eget_kapital)
  check.equal(medel.past(ar, 2001), nil)
  check.equal(pcall(medel.past, ar, 2023), false)
end)

check.test("numbers that are no plan are refused", function()
  local ar = fixture.example "sydnarke"
  for _, n in ipairs { 0, 2, -1, math.maxinteger } do check.equal(pcall(medel.plan, ar, n), false) end
  check.equal(pcall(medel.plans, 3), false)
end)
