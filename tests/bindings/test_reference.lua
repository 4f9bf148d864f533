local medel = require "medel"
local check = require "check"
local fixture = require "fixture"

local reference = medel.reference()

check.test("every function of the module is documented", function()
  local documented = { version = true, null = true }
  for _, name in ipairs { "data", "apart", "isatty", "read_in_child", "probe", "write_beneath", "columns" } do documented[name] = true end -- the program's
  for _, list in ipairs { reference.functions, reference.language } do
    for _, f in ipairs(list) do
      check.yes(not documented[f.name], f.name .. " is documented twice")
      documented[f.name] = true
      check.equal(type(medel[f.name]), "function")
      check.yes(#f.doc > 10 and f.doc:find "[.?]$", f.name .. " has no sentence")
      check.yes(f.signature:find "^%(.*%)", f.name .. " has no signature")
    end
  end
  for name in pairs(medel) do check.yes(documented[name], name .. " is not documented") end
end)

local function one_of_each()
  local ar = fixture.report()
  local bok = assert(medel.read_ledger('#FLAGGA 0\n#RAR 0 20230101 20231231\n#VER A 1 20230102 "Hyra"\n{\n#TRANS 6010 {} 5\n#TRANS 1930 {} -5\n}\n'))
  local plan = assert(medel.read_kontoplan(fixture.taxonomy, medel.read_file "rules/kontoplan/bas.yaml", "bas.yaml"))
  return {
    ["medel.kontoplan"] = plan, ["medel.statements"] = plan:statements(bok), ["medel.ledger"] = bok, ["medel.entry"] = bok:voucher(1),
    ["medel.quantity"] = medel.kr(1), ["medel.view"] = ar, ["medel.table"] = ar.balansrakning,
    ["medel.row"] = ar.driftredovisning.egen, ["medel.fact"] = ar:facts()[1],
    ["medel.record"] = ar.insatser.stod, ["medel.list"] = ar.insatser,
    ["medel.parameters"] = fixture.parameters, ["medel.norms"] = fixture.parameters:at(ar),
    ["medel.runner"] = medel.runner {},
    ["medel.projection"] = assert(medel.project(fixture.example "lekeberg-orebro", fixture.national(),
      { first = 2024, last = 2025 })),
  }
end

check.test("every documented method and property is there", function()
  local objects, seen = one_of_each(), 0
  for _, class in ipairs(reference.classes) do
    local object = objects[class.name]
    check.yes(object, "no example of " .. class.name)
    seen = seen + 1
    check.yes(#class.doc > 10)
    for _, m in ipairs(class.methods) do
      check.equal(type(object[m.name]), "function")
      check.yes(#m.doc > 10 and m.signature:find "^%(self: ", class.name .. ":" .. m.name)
    end
    for _, p in ipairs(class.properties) do
      local row_of_years = class.name == "medel.row" and p.name == "belopp"
      if not row_of_years then check.yes(pcall(function() return object[p.name] end), class.name .. "." .. p.name) end
    end
  end
  for _ in pairs(objects) do seen = seen - 1 end
  check.equal(seen, 0)
end)

check.test("every method of a class is documented", function()
  for name, object in pairs(one_of_each()) do
    local methods = debug.getmetatable(object).methods or debug.getmetatable(object).__index
    local documented = {}
    for _, class in ipairs(reference.classes) do
      if class.name == name then
        for _, m in ipairs(class.methods) do documented[m.name] = true end
      end
    end
    if type(methods) == "table" then
      for method in pairs(methods) do check.yes(documented[method], name .. ":" .. method .. " is not documented") end
    end
  end
end)

check.test("medel.d.lua is Lua, and is about everything", function()
  local text = assert(medel.read_file "docs/medel.d.lua")
  assert(load(text, "=medel.d.lua", "t", {}))
  for _, list in ipairs { reference.functions, reference.language } do
    for _, f in ipairs(list) do
      check.yes(text:find("function medel." .. f.name .. "(", 1, true)
        or text:find("function " .. f.name .. "(", 1, true), f.name)
    end
  end
end)
