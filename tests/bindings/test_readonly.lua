local medel = require "medel"
local check = require "check"
local fixture = require "fixture"

-- One of every class that a script can hold.
local function objects()
  local ar = fixture.report()
  return {
    quantity = medel.kr(1), view = ar, other_view = ar.budget, table = ar.balansrakning,
    row = ar.driftredovisning.egen, fact = ar:facts()[1], record = ar.insatser.stod,
    list = ar.insatser, parameters = fixture.parameters, norms = fixture.parameters:at(ar),
    runner = medel.runner {}, taxonomy = fixture.taxonomy,
  }
end

check.test("nothing that a report holds can be changed", function()
  for name, object in pairs(objects()) do
    for _, key in ipairs { "arets_resultat", "text", "ny", 1, true } do
      local ok, why = pcall(function() object[key] = 5 end)
      check.yes(not ok, name .. " accepts an assignment")
      check.contains(why, "cannot be changed")
    end
  end
end)

check.test("no metatable can be reached or replaced", function()
  for name, object in pairs(objects()) do
    check.equal(getmetatable(object), false)
    check.yes(not pcall(setmetatable, object, {}), name)
  end
end)

check.test("no text shows an address", function()
  for name, object in pairs(objects()) do
    check.yes(not tostring(object):find "0x%x+", name .. " shows " .. tostring(object))
  end
end)

check.test("tables given out are copies", function()
  local ar = fixture.report()
  ar:facts()[1] = "x"
  check.equal(ar:facts()[1].row, "verksamhetens_intakter")
  local titles = fixture.example("sydnarke").forvaltningsberattelse
  titles.rubriker[1] = "x"
  check.yes(titles.rubriker[1] ~= "x")
  fixture.parameters:list()[1].id = "x"
  check.yes(fixture.parameters:list()[1].id ~= "x")
end)
