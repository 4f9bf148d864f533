-- rules.lua TURNS - nanoseconds of CPU, by turns: a get from a Lua table, a field of the
-- report read in a rule (a concept, a row of a table at hand), one evaluation of a rule,
-- all of a pack, and a state for rules made anew.  Run by `medel run --trust` in the project's folder.
local turns = math.tointeger(tonumber((...)))
local medel = require "medel"
local asked = require("medel.session").new()

local reads, copies = 100000, 100
local ar = report "examples/sydnarke/2023.yaml"

local function runner_of(body, n)
  local runner = medel.runner { parameters = asked:parameters() }
  for i = 1, n do
    assert(runner:load("bench.lua", ([[return rule { id = "B-%d", title = "b", ground = "b", level = "note",
      check = function(ar, p) %s end }]]):format(i, body)))
  end
  return runner
end

local function reading(before, what)
  return runner_of(("%s for i = 1, %d do local x = %s end"):format(before, reads, what), 1)
end

local runners = {
  { runner = reading("local t = { eget_kapital = 1, fordringar = 2 }", "t.eget_kapital"), n = reads },
  { runner = reading("", "ar.eget_kapital"), n = reads },
  { runner = reading("local t = ar.balansrakning", "t.fordringar"), n = reads },
  { runner = runner_of([[local b = ar.balansrakning
      if b.fordringar + b.kassa_och_bank <= b.kortfristiga_skulder then return finding("x") end]], copies), n = copies, times = 50 },
}

local whole = asked:rule_set()

local function cpu(n, run)
  local start = os.clock()
  run()
  return (os.clock() - start) * 1e9 / n
end

for _ = 1, turns do
  local out = {}
  for i, r in ipairs(runners) do
    local times = r.times or 1
    local function run()
      for _, o in ipairs(r.runner:run(ar)) do assert(o.outcome == "passed", o.error) end
    end
    run() -- warms up: starts the watchdog, meets the report
    out[i] = cpu(r.n * times, function() for _ = 1, times do run() end end)
  end
  out[#out + 1] = cpu(10 * #whole.loaded, function() for _ = 1, 10 do whole.runner:run(ar) end end)
  out[#out + 1] = cpu(100, function() for _ = 1, 100 do medel.runner { parameters = asked:parameters() } end end)
  for i = 1, #out do out[i] = ("%.1f"):format(out[i]) end
  print(table.concat(out, " "))
end
