-- What the limits cost while a program runs: the same loop in the same state, with time and memory
-- bounded and not, by turns; computing time, the median of the ratios: TURNS.
local medel = require "medel"
local turns = tonumber((...)) or 31

local loop = assert(load [[local s, t = 0, {} for i = 1, 100 do t[i] = i end
  for k = 1, 40000 do for i = 1, 100 do s = s + t[i] % 7 end local x = ("a" .. k):sub(1, 2) end]])
local limits = { time_ms = 600000, memory_mb = 1024, file = "cost.lua" }

local function time(f, ...)
  local began = os.clock()
  local ok, why = f(...)
  assert(ok ~= nil or not why, why)
  return os.clock() - began
end

local ratios = {}
for i = 1, turns do
  local without = time(loop)
  ratios[i] = time(medel.limited, limits, loop) / without
end
table.sort(ratios)
if os.getenv "MEDEL_TEST_FIGURES" then
  io.stderr:write(("the same loop with limits / without: %.3f (median of %d by turns; quartiles %.3f to %.3f)\n")
    :format(ratios[(turns + 1) // 2], turns, ratios[(turns + 3) // 4], ratios[(3 * turns + 3) // 4]))
end
print "1 passed, 0 failed"
