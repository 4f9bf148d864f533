local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local kr = medel.kr

check.test("every child keeps its report alive", function()
  local function children()
    local ar = fixture.report()
    local rows, rest = ar.driftredovisning:rows(), medel.each(ar.insatser)
    return {
      view = ar.foregaende, table = ar.balansrakning, row = ar.driftredovisning.egen,
      fact = ar:facts()[1], record = ar.insatser.stod, list = ar.insatser,
      quantity = ar.eget_kapital, computed = ar.medlemsbidrag + kr(1), rows = rows, rest = rest,
      named = ar.eget_kapital:named "x", checks = medel.checks(ar),
    }
  end
  local c = children()
  check.collect()
  check.yes(c.view.arets_resultat == kr(-50))
  check.yes(c.table.fordringar == kr(12000))
  check.yes(c.row.netto == kr(-500))
  check.equal(c.fact.place, "sida 4")
  check.yes(c.fact.value == kr(1000))
  check.equal(c.record.namn, "Stöd")
  check.equal(c.list.utan.namn, "Utan tal")
  check.equal(c.quantity:fact().row, "eget_kapital")
  check.equal(c.named:derivation().left.fact.row, "eget_kapital")
  check.equal(c.rows().id, "administration")
  check.collect()
  check.equal(c.rows().id, "egen")
  check.equal(c.rest().id, "stod")
  local tree = c.computed:derivation()
  c = { c.checks }
  check.collect()
  check.equal(tree.left.fact.state, "computed")
  check.equal(tree.left.left.left.fact.row, "bidrag_staten")
  for _, k in ipairs(c[1]) do
    if k.outcome == "finding" then check.yes(#k.evidence[1].label > 0) end
  end
end)

check.test("a report outlives its taxonomy", function()
  local ar
  do
    local taxonomy = assert(medel.read_taxonomy(medel.read_file "rules/taxonomy/finsam.yaml"))
    ar = assert(medel.read_report(taxonomy, fixture.source, "r.yaml"))
  end
  check.collect()
  check.yes(ar.eget_kapital == kr(20000))
  check.error("did you mean 'eget_kapital'", function() return ar.egetkapital end)
end)

check.test("norms outlive their parameters", function()
  local norms
  do
    local parameters = assert(medel.read_parameters(medel.read_file "tests/bindings/norms.yaml"))
    norms = parameters:at(fixture.report(), { ["tak.eget_kapital"] = "rak" })
  end
  check.collect()
  local value = norms.tak.eget_kapital(kr(4000))
  norms = nil
  check.collect()
  check.yes(value == kr(1000))
  check.equal(value:derivation().parameter.norm, "rak")
end)

check.test("findings outlive runner, parameters and report", function()
  local function found()
    local parameters = assert(medel.read_parameters(medel.read_file "tests/bindings/norms.yaml"))
    local runner = medel.runner { parameters = parameters }
    assert(runner:load("r.lua", fixture.rule [[
      local over = ar.eget_kapital - p.tak.eget_kapital(ar.medlemsbidrag)
      return finding("{over}", { over = over:named("över"), andel = ar.eget_kapital / ar.medlemsbidrag })]]))
    return runner:run(fixture.report())[1].findings[1]
  end
  local f = found()
  check.collect()
  local tree = f.values.over:derivation()
  check.equal(tree.name, "över")
  check.equal(tree.left.op, "-")
  check.equal(tree.left.left.fact.row, "eget_kapital")
  check.equal(tree.left.right.parameter.source, "Påhittad trappa, ny")
  check.equal(tree.left.right.left.fact.state, "computed")
  check.equal(f.evidence[1].file, "report.yaml")
  check.equal(f.values.andel:text(), "2 000 %")
  f = nil
  check.collect()
  check.yes(tree.left.left.value == kr(20000))
end)

check.test("runners are closed in any order, and twice", function()
  local list = {}
  for i = 1, 20 do
    list[i] = medel.runner { memory_mb = 1 }
    assert(list[i]:load("r.lua", fixture.rule "return nil"))
    list[i]:run(fixture.report())
  end
  for i = 1, 20, 2 do list[i] = nil end
  check.collect()
  for i = 20, 2, -2 do
    check.equal(list[i]:run(fixture.report())[1].outcome, "passed")
    list[i] = nil
    check.collect()
  end
  local again
  do
    local closed <close> = medel.runner {}
    again = closed
  end
  check.error("the runner is closed", again.run, again, fixture.report())
  check.error("the runner is closed", again.load, again, "r.lua", "")
end)

-- A sanitizer keeps what is freed for a while: then there is nothing to measure.
local function kilobytes()
  if os.getenv "MEDEL_TEST_SANITIZED" then return nil end
  local status = io.open "/proc/self/status"
  if not status then return nil end
  local n = status:read("a"):match "VmRSS:%s+(%d+)"
  status:close()
  return tonumber(n)
end

local small = "medel: 1\nrakenskapsar: 2023\nbalansrakning: { enhet: kr, kolumner: [2023], rader: { fordringar: [5] } }\n"

-- Collected now and then: the collector cannot see what a report weighs outside Lua.
local function load_many(n)
  for i = 1, n do
    local ar = fixture.report(small)
    local value = ar.balansrakning.fordringar - kr(1)
    if not (value == kr(4)) or medel.read_report(fixture.taxonomy, "medel: 2", "x") then error "wrong" end
    if i % 100 == 0 then collectgarbage() end
  end
end

check.test("ten thousand loads do not grow the memory", function()
  load_many(2000)
  check.collect()
  local before = kilobytes()
  if not before then return end
  load_many(8000)
  check.collect()
  -- A report that is left holds a block of 32 KiB; what the allocator itself keeps is less than a KiB each.
  local grown = kilobytes() - before
  check.yes(grown < 8000, ("grew by %d KiB"):format(grown))
end)

check.test("hundreds of rules that fail do not grow the memory", function()
  local runner = medel.runner { parameters = fixture.parameters, memory_mb = 2 }
  assert(runner:load("r.lua", fixture.rule [[local t = {} for i = 1, 1e7 do t[i] = { ar.eget_kapital } end]]))
  local function run(n)
    for i = 1, n do
      local outcome = runner:run(fixture.report(small))[1]
      if outcome.outcome ~= "broken" then error "wrong" end
      if i % 20 == 0 then check.collect() end
    end
  end
  run(100)
  local before = kilobytes()
  if not before then return end
  run(200)
  -- A state that is left holds up to its limit of 2 MiB, and 200 are made.
  local grown = kilobytes() - before
  check.yes(grown < 20480, ("grew by %d KiB"):format(grown))
end)
