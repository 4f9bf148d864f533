-- test_reports.lua: three printed reports as text: every figure of their tables is right or asked
-- about, nothing wrong is called proved, and few questions are left.
package.path = "tests/import/?.lua;tests/bindings/?.lua;" .. package.path
local check = require "check"
local measure = require "measure"
local accounted = require "accounted"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()

local reports = { { "lekeberg-orebro" }, { "sydnarke" }, { "degerfors-karlskoga" } }
local all = { n = 0, right = 0, flagged = 0, wrong = 0, missing = 0, proved = 0, rounded = 0, false_proofs = 0, asks = 0, total = 0 }

for _, report in ipairs(reports) do
  local name = report[1]
  check.test(name, function()
    local forbund = "examples/" .. name .. "/forbund.yaml"
    local m = read.import(taxonomy, read.document("tests/import/reports/" .. name .. ".txt"), {
      forbund = require("medel").read_file(forbund) and read.forbund(forbund) or nil })
    check.yes(m.report, m.wrong)
    local r = measure.compare(m, measure.truth("tests/import/reports/" .. name .. ".facit"))
    for key, value in pairs(r) do if all[key] then all[key] = all[key] + value end end
    all.asks, all.total = all.asks + m.asks, all.total + m.total
    check.equal(table.concat(r.list, "\n", 1, r.wrong + r.missing > 0 and #r.list or 0), "")
    check.equal(r.false_proofs, 0)
    check.equal(accounted.wrong(m), nil)
  end)
end

print(("import: %d siffror: %d rätt, %d utpekade, %d fel, %d saknas; %d bevisade (%d %%), %d avrundade, %d falska bevis; %d att svara på av %d (%.1f %%)"):format(
  all.n, all.right, all.flagged, all.wrong, all.missing, all.proved, 100 * all.proved // all.n, all.rounded, all.false_proofs, all.asks,
  all.total, 100 * all.asks / all.total))
check.test("few questions", function()
  check.yes(all.asks * 20 <= all.total, "more than 5 % to answer")
  check.yes(all.proved * 100 >= all.n * 75, "fewer than 75 % proved")
end)
if check.failed > 0 then os.exit(1) end
