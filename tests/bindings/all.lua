-- all.lua: runs the test files named, or all of them, from the project's folder; under
-- `medel run --trust` and under stock Lua with package.cpath set.
package.path = "tests/bindings/?.lua;" .. package.path
if os.getenv "MEDEL_TEST_GC" == "hard" then
  collectgarbage "incremental"
  collectgarbage("setpause", 0)
end

local check = require "check"
local names = { "quantity", "report", "record", "readonly", "lifetime", "parameter", "runner",
                "lint", "pack", "pattern", "hostile", "abuse", "describe", "ledger", "json", "yaml",
                "reference", "limited", "plan" }
if ... then names = { ... } end

for _, name in ipairs(names) do
  local chunk = assert(loadfile("tests/bindings/test_" .. name .. ".lua"))
  chunk()
end
print(("%d passed, %d failed"):format(check.passed, check.failed))
if check.failed > 0 then error("some binding tests failed", 0) end
