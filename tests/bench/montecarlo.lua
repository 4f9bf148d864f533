-- montecarlo.lua PATHS: the model of montecarlo.c, a path at a time, for lua5.4 and luajit.
-- Prints the CPU seconds of a run, then figures to compare.
local paths, years = tonumber(arg[1]), 10
local random, sqrt, log, floor, ceil = math.random, math.sqrt, math.log, math.floor, math.ceil
local start_equity, start_cash = 248359900.0, 437000000.0

local spare
local function normal() -- Marsaglia's polar method
   if spare then
      local z = spare
      spare = nil
      return z
   end
   while true do
      local a, b = 2 * random() - 1, 2 * random() - 1
      local s = a * a + b * b
      if s < 1 and s > 0 then
         local f = sqrt(-2 * log(s) / s)
         spare = b * f
         return a * f
      end
   end
end

local function triangular()
   local u = random()
   if u < 1 / 3 then return sqrt(u * 27) end
   return 9 - sqrt((1 - u) * 54)
end

local function months(changed, start)
   local old = changed - start
   if old < 0 then return 0 end
   if old > 12 then return 12 end
   return old
end

-- The k-th least of v; what is before it is no greater, after it no less.
local function select_kth(v, k)
   local from, to = 1, #v
   while from < to do
      local pivot, i, j = v[floor((from + to) / 2)], from, to
      while i <= j do
         while v[i] < pivot do i = i + 1 end
         while v[j] > pivot do j = j - 1 end
         if i <= j then
            v[i], v[j] = v[j], v[i]
            i, j = i + 1, j - 1
         end
      end
      if k <= j then
         to = j
      elseif k >= i then
         from = i
      else
         break
      end
   end
   return v[k]
end

local function guideline(a)
   if a <= 0 then return 0 end
   if a <= 7e8 then return 0.2 * a end
   return 0.2 * a - 0.05 * (a - 7e8)
end

local function run()
   local columns, above, below, need, ever = {}, {}, {}, {}, 0
   for t = 1, years do columns[t], above[t], below[t] = {}, 0, 0 end
   local grow, divide = 1.017, 1 / 0.983
   for p = 1, paths do
      local late = triangular()
      local early, later = 3 + late, 12 + late
      local cash, price, lowest, worst, unshift = start_cash, 1, start_equity, -start_equity, 1
      for t = 1, years do
         local start = 12 * (t - 1)
         local allocation = 4.4e8 * (1 + normal() * 0.05)
         local factor = 0.95 + normal() * 0.03
         price = price * (1.02 + normal() * 0.01)
         local cost = 420e6 + 320e6 / 12 * months(early, start)
                      + 200e6 / 12 * months(later, start)
         if early >= start and early < start + 12 then cost = cost + 2e6 end
         cost = cost * factor * price
         cash = (cash * grow + (allocation + 5e6 - cost)) * divide
         local equity = cash + (start_equity - start_cash)
         unshift = unshift / (grow * divide)
         if equity < lowest then lowest = equity end
         if equity * -unshift > worst then worst = equity * -unshift end
         if equity - guideline(allocation) >= 0.5 then above[t] = above[t] + 1 end
         if equity <= -0.5 then below[t] = below[t] + 1 end
         columns[t][p] = equity
      end
      if lowest <= -0.5 then ever = ever + 1 end
      need[p] = worst
   end
   local median
   for t = 1, years do
      for _, percent in ipairs { 5, 25, 50, 75, 95 } do
         local q = select_kth(columns[t], ceil(paths * percent / 100))
         if percent == 50 then median = q end
      end
   end
   return median, ever, start_equity + select_kth(need, ceil(paths * 0.95))
end

math.randomseed(42)
local before = os.clock()
local median, ever, reserve = run()
print(string.format("%.6f %.0f %.4f %.0f", os.clock() - before, median, ever / paths, reserve))
