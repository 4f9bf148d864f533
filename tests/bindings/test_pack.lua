-- test_pack.lua: a pack's library, under the rule's limits.
local medel = require "medel"
local check, fixture = require "check", require "fixture"

local function outcome(libraries, head, body, options)
  local runner = medel.runner { parameters = fixture.parameters, time_ms = options and options.time_ms, memory_mb = options and options.memory_mb }
  local rule, why = runner:load("prov.lua", ([[%s
  return rule { id = "PROV-01", title = "Prov", ground = "Prov", level = "note", check = function(ar, p) %s end }]]):format(head, body), libraries)
  if not rule then return why end
  local o, again = runner:run(fixture.report())[1], runner:run(fixture.report())[1]
  check.equal(o.outcome, again.outcome)
  return o.error or o.outcome
end

local function says(text, what, ...)
  local got = outcome(...)
  check.yes(got:find(text, 1, true), ("%s: %s, not %s"):format(what, got, text))
end

check.test("a rule requires what its pack has, and a library others of the pack", function()
  local libraries = { tal = "return { tva = 2 }", mer = [[local tal = require "tal" return { fyra = function() return tal.tva * 2 end }]] }
  check.equal(outcome(libraries, [[local mer = require "mer"]], "assert(mer.fyra() > 3)"), "passed")
  check.equal(outcome(libraries, "", [[assert(require("mer").fyra() > 3 and require "tal" == require "tal")]]), "passed")
  check.equal(outcome({ f = "return function(x) return x + 1 end" }, [[local f = require "f"]], "assert(f(1) > 1)"), "passed")
  says("the rule's pack has no library", "no library", nil, [[local a = require "tal"]], "")
end)

check.test("nothing of a library lives from one call to the next, nor from one rule to another", function()
  local libraries = { minne = "return { n = 0 }" }
  local add = [[local m = require "minne" m.n = m.n + 1 assert(m.n == 1)]]
  check.equal(outcome(libraries, "", add), "passed")
  check.equal(outcome(libraries, [[local m = require "minne"]], "m.n = m.n + 1 assert(m.n == 1)"), "passed")
  local runner = medel.runner { parameters = fixture.parameters }
  for i = 1, 2 do
    assert(runner:load("prov.lua", ([[return rule { id = "PROV-0%d", title = "Prov", ground = "Prov", level = "note",
      check = function(ar, p) %s end }]]):format(i, add), libraries))
  end
  for _, o in ipairs(runner:run(fixture.report())) do check.equal(o.outcome, "passed") end
end)

check.test("what a library cannot do", function()
  says("the library 'a' needs itself", "a circle", { a = [[return require "b"]], b = [[return require "a"]] }, [[require "a"]], "")
  says("the pack has no library '../a' (lib/../a.lua)", "a path", { a = "return {}" }, [[require "../a"]], "")
  says("the pack has no library 'os'", "Lua's own", { a = "return {}" }, [[require "os"]], "")
  says("string expected", "no name", { a = "return {}" }, "require(1 == 1)", "")
  says("a library returns a table or a function", "nothing", { a = "local x = 1" }, [[require "a"]], "")
  says("lib/a.lua:1", "no Lua", { a = "return {" }, [[require "a"]], "")
  says("binary chunks are refused", "bytecode is text here", { a = "\27Lua" }, [[require "a"]], "")
  says("'x' would be global", "a global", { a = "x = 1 return {}" }, [[require "a"]], "")
  says("'require' would be global", "another require", { a = "require = nil return {}" }, [[require "a"]], "")
  says("'require' would be global", "another require in the rule", { a = "return {}" }, "", "require = nil")
  says("unknown name 'io'", "files", { a = [[return { io.open("/etc/passwd") }]] }, [[require "a"]], "")
  says("a figure never equals a plain number", "the lint", { a = "return function(q) return q == 0 end" }, [[require "a"]], "")
  says("a library cannot be changed", "other tables", { a = "string.rep = nil return {}" }, [[require "a"]], "")
end)

check.test("a library has the rule's time and memory", function()
  says("time", "a loop", { a = "while true do end" }, [[require "a"]], "", { time_ms = 100 })
  says("time", "a loop, later", { a = "return function() while true do end end" }, [[local a = require "a"]], "a()", { time_ms = 100 })
  says("memory", "a table", { a = "local t = {} for i = 1, 1e9 do t[i] = { i } end return t" }, [[require "a"]], "", { memory_mb = 4, time_ms = 20000 })
  local chain = {}
  for i = 1, 100 do chain["l" .. i] = i < 100 and ("return require 'l%d'"):format(i + 1) or "return {}" end
  check.equal(outcome(chain, [[require "l1"]], ""), "passed")
  chain.l101 = "return {}"
  check.error("at most 100 libraries", outcome, chain, "", "")
  check.error("1 MiB together", outcome, { a = ("-"):rep(1 << 21) }, "", "")
  check.error("texts by their names", outcome, { a = 1 }, "", "")
  check.error("table expected", outcome, 3, "", "")
end)
