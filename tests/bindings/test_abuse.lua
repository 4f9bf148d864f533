-- Every function and method with every kind of wrong argument: an error or an answer,
-- never the end of the process.
local medel = require "medel"
local check = require "check"
local fixture = require "fixture"

local ar = fixture.report()
local odd = setmetatable({}, {
  __index = function() error "index" end, __len = function() return 1 << 40 end,
  __call = function() return nil end, __tostring = function() return {} end, __eq = function() error "eq" end,
})
local closed
do
  local runner <close> = medel.runner {}
  closed = runner
end

local values = {
  false, true, 0, 1, -1, 1.5, 0 / 0, 1 / 0, -1 / 0, 1e308, math.mininteger, math.maxinteger, 2 ^ 53, "", "x",
  "1", "\0", "\xff\xfe", ("y"):rep(1000000), ("1 000 "):rep(10000), {}, { 1, nil, 3 }, { a = {} }, odd, print,
  coroutine.create(print), medel.null, io.stdout, medel.kr(1), medel.percent(1), ar, ar.budget, ar.balansrakning,
  ar.driftredovisning.egen, ar:facts()[1], ar.insatser, ar.insatser.stod, fixture.parameters,
  fixture.parameters:at(ar), fixture.taxonomy, closed, "balansrakning.fordringar", ".", "..", "a.b.c.d",
}

-- What may hang, print or write when it is given what it asks for is left out.
local skip = { files = true, print = true, write_file = true, apart = true, probe = true }

local function call(f, ...)
  local ok, why = pcall(f, ...)
  if not ok and type(why) == "string" and why:find "0x%x%x%x%x%x%x" then error("an address in: " .. why, 0) end
  return ok
end

local calls = 0
local function abuse(f, first)
  local n = first ~= nil and 1 or 0
  call(f, first)
  for i = 1, #values do
    local a = values[i]
    if n == 1 then call(f, first, a) else call(f, a) end
    for k = (i % 3) + 1, #values, 3 do
      local b = values[k]
      if n == 1 then call(f, first, a, b) else call(f, a, b) end
      calls = calls + 1
    end
    if n == 1 then call(f, first, a, nil, a) else call(f, a, nil, a) end
  end
end

check.test("every function of the module", function()
  for name, f in pairs(medel) do
    if type(f) == "function" and not skip[name] then abuse(f) end
  end
end)

check.test("every method, on its own and on other objects", function()
  local objects = { medel.kr(1), ar, ar.balansrakning, ar.driftredovisning.egen, ar:facts()[1], ar.insatser.stod,
                    ar.insatser, fixture.parameters, fixture.parameters:at(ar), medel.runner {}, closed }
  for _, class in ipairs(medel.reference().classes) do
    for _, m in ipairs(class.methods) do
      for _, object in ipairs(objects) do
        local ok, f = pcall(function() return object[m.name] end)
        if ok and type(f) == "function" then
          abuse(f, object)
          for _, other in ipairs(objects) do call(f, other) call(f, other, "x") end
        end
      end
    end
  end
end)

check.test("every operator", function()
  local operators = {
    function(a, b) return a + b end, function(a, b) return a - b end, function(a, b) return a * b end,
    function(a, b) return a / b end, function(a, b) return a < b end, function(a, b) return a <= b end,
    function(a, b) return a == b end, function(a) return -a end, function(a) return #a end,
    function(a, b) return a[b] end, function(a, b) a[b] = b end, function(a, b) return a(b) end,
    function(a) return tostring(a) end, function(a, b) return a .. b end,
  }
  local q = { medel.kr(1), medel.kr(math.maxinteger // 100), medel.percent(1), medel.count(0), medel.number "0,1", ar,
              ar.balansrakning, ar.driftredovisning.egen, ar:facts()[1], ar.insatser.stod, ar.insatser,
              fixture.parameters, fixture.parameters:at(ar) }
  for _, f in ipairs(operators) do
    for _, a in ipairs(q) do
      for _, b in ipairs(values) do
        call(f, a, b)
        if type(b) ~= "table" and type(b) ~= "function" then call(f, b, a) end
      end
    end
  end
end)

check.test("a report that is being walked may be collected", function()
  for row in fixture.report().driftredovisning:rows() do
    check.collect()
    check.yes(#row.label > 0)
  end
  local each = medel.each(fixture.report().insatser)
  check.collect()
  check.equal(each().id, "stod")
end)

check.yes(calls > 1000)
