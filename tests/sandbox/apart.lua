-- Work in child processes: what they answer, what kills them, and what the rest is then.  Run by
-- `medel run --trust`, from the project's folder, with a folder that may be written to.
package.path = "tests/bindings/?.lua;" .. package.path
local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local folder = ...
local sanitized = os.getenv "MEDEL_TEST_SANITIZED"

local function apart(items, jobs, work)
  local out = {}
  medel.apart({ items = items, jobs = jobs }, work, function(i, value, why)
    check.equal(i, #out + 1)
    out[i] = { value = value, why = why }
  end)
  check.equal(#out, items)
  return out
end

check.test("answers come in order, whatever the number of children", function()
  for _, jobs in ipairs { 0, 1, 2, 5, 64 } do
    local out = apart(23, jobs, function(i)
      return { i, text = ("x"):rep(i * 1000), null = medel.null, deep = { { { i % 2 == 1 } } }, n = i / 4 }
    end)
    for i, o in ipairs(out) do
      check.equal(o.value[1], i)
      check.equal(#o.value.text, i * 1000)
      check.equal(o.value.null, medel.null)
      check.equal(o.value.deep[1][1][1], i % 2 == 1)
      check.equal(o.value.n, i / 4)
    end
  end
end)

check.test("an error is an answer; so is nothing, and much", function()
  for _, jobs in ipairs { 0, 2 } do
    local out = apart(4, jobs, function(i)
      if i > 3 then return ("y"):rep(20000000) end
      if i > 2 then return nil end
      if i > 1 then error("no", 0) end
      return "yes"
    end)
    check.equal(out[1].value, "yes")
    check.equal(out[2].why, "no")
    check.yes(out[3].value == nil and out[3].why == nil)
    check.equal(#out[4].value, 20000000)
  end
end)

check.test("what was made within limits outlives them", function()
  local kept = {}
  for turn = 1, 20 do
    medel.limited({ time_ms = 60000, memory_mb = 64, file = "test" }, function()
      for i = 1, 200 do kept[#kept + 1] = { tostring(turn) .. "/" .. i } end
    end)
    collectgarbage()
    local other = {}
    for i = 1, 2000 do other[i] = { "x" .. i } end
  end
  for i, t in ipairs(kept) do check.equal(t[1], (i - 1) // 200 + 1 .. "/" .. (i - 1) % 200 + 1) end
end)

check.test("no items, and what cannot be sent", function()
  apart(0, 3, error)
  check.contains(apart(1, 1, function() return print end)[1].why, "could not answer")
  local deep = {}
  for _ = 1, 100 do deep = { deep } end
  check.contains(apart(1, 1, function() return deep end)[1].why, "could not answer")
end)

check.test("an error where answers are taken ends the children", function()
  check.error("enough", medel.apart, { items = 50, jobs = 3 }, function(i) return i end, function(i)
    if i > 4 then error("enough", 0) end
  end)
end)

-- ---- children that are killed ----

local function own_pid()
  local file <close> = assert(io.open "/proc/self/stat")
  return math.tointeger(tonumber(file:read "a":match "^%d+"))
end

-- Send this process a signal after some seconds, if it is still the same program then; once for
-- each mark, although an item is tried again.
local function soon(signal, seconds, mark)
  os.execute(([[mkdir %s/%s 2>/dev/null || exit 0
    exe=$(readlink /proc/%d/exe)
    (sleep %s; [ "$(readlink /proc/%d/exe)" = "$exe" ] && kill -%s %d) >/dev/null 2>&1 &]]):format(folder, mark, own_pid(), seconds,
    own_pid(), signal, own_pid()))
end

local good = fixture.rule "return finding('{a}', { a = ar.arets_resultat })"
local report = fixture.report()

-- Rules on two items; at the first a rule runs for ever, and the signal comes.
local function with(signal, time_ms)
  return apart(2, 1, function(i)
    local runner = medel.runner { parameters = fixture.parameters, time_ms = time_ms }
    assert(runner:load("god.lua", good))
    assert(runner:load("ond.lua", (fixture.rule(i > 1 and "" or "while true do end"):gsub("PROV%-01", "PROV-02"))))
    assert(runner:load("sen.lua", (good:gsub("PROV%-01", "PROV-03"))))
    if i < 2 then soon(signal, 1, signal .. time_ms) end
    local out = {}
    for k, o in ipairs(runner:run(report)) do out[k] = o.error or o.findings and o.findings[1].message or o.outcome end
    return table.concat(out, "; ")
  end)
end

for signal, name in pairs { SEGV = "SIGSEGV (11)", KILL = "SIGKILL (9)", ABRT = "SIGABRT (6)", TERM = "SIGTERM (15)" } do
  check.test("a child ended by " .. name, function()
    local out = with(signal, 60000)
    check.equal(out[1].value, "200 kr; its process was ended by " .. name .. "; 200 kr")
    check.equal(out[2].value, "200 kr; passed; 200 kr")
  end)
end

check.test("a child that does not even stop itself", function()
  fixture.patiently(function(time_ms)
    if time_ms < 3000 then return false end
    local out = with("STOP", time_ms)
    -- Where the machine is busy the rule's own limit may come before the signal.
    if out[1].value:find "longer than its time limit; 200 kr$" and not out[1].value:find "outside" then return false end
    check.equal(out[1].value, "200 kr; stopped from outside: longer than its time limit; 200 kr")
    check.equal(out[2].value, "200 kr; passed; 200 kr")
    return true
  end)
end)

check.test("a child that dies in no rule", function()
  local out = apart(3, 1, function(i)
    if i < 2 then os.execute(("kill -KILL %d"):format(own_pid())) end
    return i
  end)
  check.equal(out[1].why, "its process was ended by SIGKILL (9)")
  check.equal(out[3].value, 3)
end)

-- ---- what a child may not ----

check.test("a child writes no file", function()
  local name = folder .. "/by-child"
  local out = apart(1, 1, function()
    local file = io.open(name, "w")
    if not file then return "no file" end
    local ok = file:write "text" and file:flush()
    return ok and "written" or "refused"
  end)
  check.equal(out[1].value, "refused")
  check.equal(medel.read_file(name), "")
end)

check.test("a child has bounded memory", function()
  if sanitized then return end
  local out = apart(2, 1, function(i)
    if i > 1 then return "here" end
    local all = {}
    for k = 1, 3000 do all[k] = ("x"):rep(1 << 20) .. k end
    return "much"
  end)
  check.contains(out[1].why, "memory")
  check.equal(out[2].value, "here")
end)

print(("%d passed, %d failed"):format(check.passed, check.failed))
if check.failed > 0 then error("some tests of child processes failed", 0) end
