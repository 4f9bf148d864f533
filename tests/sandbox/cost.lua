-- What the limits cost while a rule runs: the same loop in a guarded state and in this one, by turns;
-- computing time, the median of the ratios.
package.path = "tests/bindings/?.lua;" .. package.path
local medel = require "medel"
local fixture = require "fixture"

local body = [[local s, t = 0, {} for i = 1, 100 do t[i] = i end
  for k = 1, 40000 do for i = 1, 100 do s = s + t[i] % 7 end local x = ("a" .. k):sub(1, 2) end]]
local runner = medel.runner { parameters = fixture.parameters, time_ms = 60000 }
assert(runner:load("prov.lua", fixture.rule(body)))
local plain, report = assert(load(body)), fixture.report()

local function time(f)
  local began = os.clock()
  f()
  return os.clock() - began
end

local ratios = {}
for i = 1, 15 do
  local without = time(plain)
  ratios[i] = time(function() assert(runner:run(report)[1].outcome == "passed") end) / without
end
table.sort(ratios)
io.stderr:write(("the same loop with limits / without: %.3f (median of 15 by turns; %.3f to %.3f)\n"):format(ratios[8], ratios[4], ratios[12]))
