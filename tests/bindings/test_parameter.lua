local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local kr, percent = medel.kr, medel.percent

local function at(year, overrides)
  return fixture.parameters:at(fixture.report():year(year), overrides)
end

check.test("the value in force on the balance date", function()
  check.yes(at(2022).avgift.full == percent "30,5")
  check.yes(at(2023).avgift.full == percent "31,42")
  check.yes(at(2024).avgift.full == percent(40))
  check.yes(at(1999 + 1).avgift.full == percent "30,5")
  check.error("gäller från", function() return at(2023).avgift.framtida end)
  check.error("gäller från", function() return at(1995).avgift.full end)
end)

check.test("a stair is called with the amount it applies to", function()
  check.yes(at(2022).tak.eget_kapital(kr(3000)) == kr(500 + 200))
  check.yes(at(2023).tak.eget_kapital(kr(3000)) == kr(400 + 100), "a value from the balance date itself counts")
  check.yes(at(2023).tak.eget_kapital(kr(3000), "rak") == kr(750))
  check.yes(at(2023).tak.eget_kapital(kr(0)) == kr(0))
  check.error("normen finns_inte finns inte", at(2023).tak.eget_kapital, kr(1), "finns_inte")
  check.error("quantity expected", at(2023).tak.eget_kapital, 5)
  check.error("quantity expected", at(2023).tak.eget_kapital)
  check.error("units do not fit", at(2023).tak.eget_kapital, percent(5))
end)

check.test("an override chooses another norm", function()
  check.yes(at(2023, { ["tak.eget_kapital"] = "rak" }).tak.eget_kapital(kr(3000)) == kr(750))
  check.yes(at(2023, {}).tak.eget_kapital(kr(3000)) == kr(500))
  check.error("normen saknas finns inte", at(2023, { ["tak.eget_kapital"] = "saknas" }).tak.eget_kapital, kr(1))
end)

check.test("an unknown parameter is an error", function()
  check.error("unknown parameter 'finns_inte'", function() return at(2023).finns_inte end)
  check.error("unknown parameter 'avgift.hel'", function() return at(2023).avgift.hel end)
  check.error("string expected", function() return at(2023)[{}] end)
  check.error("unknown parameter", function() return at(2023)[("x"):rep(300)] end)
end)

check.test("a parameter knows its source", function()
  local p = at(2023).tak.eget_kapital(kr(3000)):derivation().parameter
  check.equal(p.id, "tak.eget_kapital")
  check.equal(p.norm, "trappa")
  check.equal(p.from, "2023-12-31")
  check.equal(p.source, "Påhittad trappa, ny")
  check.equal(p.file, "norms.yaml")
  check.equal(#p.steps, 2)
  check.yes(p.steps[1].to == kr(2000) and p.steps[2].to == nil)
  check.yes(p.steps[2].rate == percent(10))
end)

check.test("the list of all of them", function()
  local ids = {}
  for i, p in ipairs(fixture.parameters:list()) do ids[i] = p.id .. " " .. (p.norm or "-") .. " " .. p.from end
  check.same(ids, {
    "tak.eget_kapital trappa 2000-01-01", "tak.eget_kapital trappa 2023-12-31", "tak.eget_kapital rak 2000-01-01",
    "avgift.full - 2000-01-01", "avgift.full - 2023-01-01", "avgift.full - 2024-01-01", "avgift.framtida - 2050-01-01",
  })
end)

check.test("what cannot be read is said with its place", function()
  local p, why = medel.read_parameters("medel_parameters: 1\na.b: { titel: x }\n", "n.yaml")
  check.equal(p, nil)
  check.contains(why, "n.yaml:2:")
end)
