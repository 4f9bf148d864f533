-- Rules made by mutating the catalogue of those that mean harm: SEED TIMES.  Whatever they do, each ends,
-- the next rule is right, and what they say can be printed.  What they compute beyond their limit is printed; it
-- only fails where no machine's speed explains it.
package.path = "tests/bindings/?.lua;" .. package.path
local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local seed, times = tonumber((...)) or 1, tonumber((select(2, ...))) or 1
local limit_ms, promised_ms, endless_ms = 20, 50, 10000

local state = seed
local function random(n)
  state = state * 6364136223846793005 + 1442695040888963407
  return (state >> 33) % n + 1
end
local function pick(list) return list[random(#list)] end

-- ---- what there is to mutate: the catalogue's checks as tokens ----

local function tokens(source)
  local out, at = {}, 1
  while at <= #source do
    local token = source:match("^%s+", at) or source:match("^[%a_][%w_]*", at) or source:match("^0x%x+", at) or source:match("^%d+%.?%d*e?%d*", at)
      or source:match("^'[^'\n]*'", at) or source:match('^"[^"\n]*"', at) or source:match("^%.%.%.?", at) or source:match("^[=~<>/]=", at)
      or source:match("^<<", at) or source:match("^>>", at) or source:match("^::", at) or source:sub(at, at)
    out[#out + 1] = token
    at = at + #token
  end
  return out
end

local bodies, words = {}, {}
for _, name in ipairs { "first", "time", "memory", "escape", "evidence", "figures" } do
  for _, case in ipairs(dofile("tests/sandbox/rules/" .. name .. ".lua")) do
    local list = tokens(case[2])
    bodies[#bodies + 1] = list
    for _, token in ipairs(list) do
      if token:find "^[%a_']" then words[#words + 1] = token end
    end
  end
end
local numbers = { "0", "1", "-1", "2", "7", "100", "4096", "100000", "1 << 20", "1 << 31", "1 << 62", "math.maxinteger", "math.mininteger", "1e308", "0.5", "(0/0)" }
local wraps = { "while true do %s end", "pcall(function() %s end)", "while true do pcall(function() %s end) end", "for i = 1, 1000 do %s end",
                "local ev = {} for i = 1, 20000 do ev[i] = ar.eget_kapital end %s", "do %s end return finding('kvar', nil, { evidence = {} })",
                "return { finding('a'), (function() %s end)() }", "table.sort({ 3, 2, 1 }, function(a, b) %s end)", "local f = (function() %s end)() f.at = f f.values = ar" }

local function copy(list) return table.move(list, 1, #list, 1, {}) end

local changes = {
  function(list) list[random(#list)] = pick(words) return list end,
  function(list) table.remove(list, random(#list)) return list end,
  function(list) table.insert(list, random(#list), pick(words)) return list end,
  function(list) -- another number
    local at = {}
    for i, token in ipairs(list) do if token:find "^%d" then at[#at + 1] = i end end
    if #at > 0 then list[pick(at)] = pick(numbers) end
    return list
  end,
  function(list) -- another name of the same catalogue
    local at = {}
    for i, token in ipairs(list) do if token:find "^[%a_]" then at[#at + 1] = i end end
    if #at > 0 then list[pick(at)] = pick(words) end
    return list
  end,
  function(list) -- the first half of this, the second of another
    local other, cut = pick(bodies), random(#list)
    local out = table.move(list, 1, cut, 1, {})
    return table.move(other, random(#other), #other, #out + 1, out)
  end,
  function(list) -- one after the other
    local out = copy(list)
    out[#out + 1] = " "
    return table.move(pick(bodies), 1, #pick(bodies), #out + 1, out)
  end,
  function(list) return tokens((pick(wraps):format((table.concat(list):gsub("%%", "%%%%"))))) end,
}

local function mutant()
  local list = copy(pick(bodies))
  for _ = 1, random(4) do list = #list > 0 and pick(changes)(list) or copy(pick(bodies)) end
  return table.concat(list)
end

-- ---- trying them ----

local report = fixture.report()
local good = fixture.rule("return finding('{a} {b}', { a = ar.arets_resultat, b = ('x'):upper() })"):gsub("PROV%-01", "PROV-02")
local printable = "^[^%z\1-\9\11-\31\127]*$"
local tried, refused, outcomes, worst, worst_of, late = 0, 0, {}, 0, "", 0

local function try_one(runner, source)
  local began = os.clock()
  local rule, why = runner:load("ond.lua", fixture.rule(source))
  local took = (os.clock() - began) * 1000
  assert(runner:load("god.lua", good))
  local list = { {} }
  if rule then
    began = os.clock()
    list[1] = runner:run(report, { rules = { 1 } })[1]
    took = math.max(took, (os.clock() - began) * 1000)
  end
  if took > limit_ms + promised_ms then late = late + 1 end
  if took > worst then worst, worst_of = took, source end
  local o = list[1]
  local text = why or o.error or o.missing or o.refused or o.findings and o.findings[1] and o.findings[1].message or ""
  outcomes[o.outcome or "refused"] = (outcomes[o.outcome or "refused"] or 0) + 1
  if not rule then refused = refused + 1 end
  assert(#text <= 4500 and utf8.len(text) and text:find(printable) and not text:find "0x%x%x%x%x%x%x%x", "what it says")
  medel.json(o.findings and o.findings[1] and { o.findings[1].message, o.findings[1].table or "", o.findings[1].place or "" } or { text })
  for _ = 1, 20 do
    local next_one = runner:run(report, { rules = { rule and 2 or 1 } })[1]
    if not (next_one.error and next_one.error:find("time limit", 1, true)) then
      local said = next_one.findings and next_one.findings[1].message or next_one.error or next_one.missing or next_one.outcome
      assert(said == "200 kr X", "the next rule is not right: " .. said)
      return
    end
  end
end

check.test("mutants of the catalogue", function()
  for _ = 1, times * 1000 do
    local source = mutant()
    while random(20) > 1 and not load(fixture.rule(source)) do source = mutant() end -- most are no Lua
    if #source < 60000 then
      local runner <close> = medel.runner { parameters = fixture.parameters, memory_mb = 8, time_ms = limit_ms }
      local ok, why = pcall(try_one, runner, source)
      if not ok and not tostring(why):find("time limit", 1, true) then error(("%s\nof: %s"):format(why, source), 0) end
      tried = tried + 1
    end
  end
  check.yes(worst <= limit_ms + endless_ms, ("%.0f ms of computing at a limit of %d ms: %s"):format(worst, limit_ms, worst_of))
  check.yes(tried - refused > times * 200, "only " .. tried - refused .. " were rules")
end)

if os.getenv "MEDEL_TEST_FIGURES" then
  local out = {}
  for name, n in pairs(outcomes) do out[#out + 1] = name .. " " .. n end
  table.sort(out)
  io.stderr:write(("%d mutants at %d ms and 8 MB: %s; %d computed more than %d ms beyond it, the longest %.0f ms in all: %s\n")
    :format(tried, limit_ms, table.concat(out, ", "), late, promised_ms, worst, worst_of))
end
print(("%d passed, %d failed"):format(check.passed, check.failed))
if check.failed > 0 then error("a mutant was not contained", 0) end
