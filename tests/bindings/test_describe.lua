local medel = require "medel"
local check = require "check"
local fixture = require "fixture"

check.test("what a thing is and can do", function()
  local ar = fixture.report()
  for _, case in ipairs {
    { ar, "report.yaml 2023 (utfall)" }, { ar, ":facts(self: report" }, { ar, ".foregaende: report" },
    { ar.balansrakning, "Balansräkning 2023" }, { ar.balansrakning, ":rows(" },
    { ar.driftredovisning.egen, "Egen rad 2023" }, { ar:facts()[1], ".decimals: integer" },
    { ar.insatser.stod, "stod" }, { ar.insatser, "Records in the order of the file" },
    { medel.kr(5), "5 kr" }, { medel.kr(5), ":derivation(" }, { fixture.parameters, ":list(" },
    { fixture.parameters:at(ar), "by dotted name" }, { medel.runner {}, ":load(" },
    { {}, "a Lua table" }, { 5, "number: 5" }, { "x", "string: x" }, { nil, "nil: nil" },
    { true, "boolean: true" }, { print, "a Lua function" }, { io.stdout, "a Lua userdata" },
  } do
    check.contains(medel.describe(case[1]), case[2])
    check.yes(not medel.describe(case[1]):find "0x%x%x%x", "an address: " .. medel.describe(case[1]))
  end
  check.error("value expected", medel.describe)
end)

check.test("the taxonomy as tables", function()
  local d = medel.describe_taxonomy(fixture.taxonomy)
  check.yes(#d.tables > 10 and #d.concepts > 30 and #d.checks > 10 and #d.fields > 10)
  check.equal(d.tables[1].rows[1].id ~= nil, true)
  check.same(medel.check_rules(fixture.taxonomy), d.checks)
end)
