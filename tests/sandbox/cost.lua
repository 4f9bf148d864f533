-- What the limits cost while a program runs: the same loop in the same state, with time and memory
-- bounded and not, by turns; computing time, the median of the ratios.
local medel = require "medel"

local loop = assert(load [[local s, t = 0, {} for i = 1, 100 do t[i] = i end
  for k = 1, 40000 do for i = 1, 100 do s = s + t[i] % 7 end local x = ("a" .. k):sub(1, 2) end]])
local limits = { time_ms = 60000, memory_mb = 1024, name = "cost.lua" }

local function time(f, ...)
  local began = os.clock()
  f(...)
  return os.clock() - began
end

local ratios = {}
for i = 1, 31 do
  local without = time(loop)
  ratios[i] = time(medel.granted, limits, loop) / without
end
table.sort(ratios)
io.stderr:write(("the same loop with limits / without: %.3f (median of 31 by turns; quartiles %.3f to %.3f)\n"):format(ratios[16], ratios[8], ratios[24]))
