-- test_avprickad.lua: the ticked document marks what was tried, leaves bare what was not, and puts
-- the finding in its place.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local out = assert(io.popen(("%s report avprickad examples/sydnarke/2023.yaml"):format(assert(...))))
local text = out:read "a"
out:close()

local function row(label)
  return text:match("\n| " .. label:gsub("%p", "%%%0") .. " |([^\n]*)") or ""
end

check.test("marks", function()
  check.contains(row "Summa omsättningstillgångar", "Σ")
  check.contains(row "Soliditet", "19 % | % |")
  check.contains(row "Antal anställda", "| 0 |  |")
end)
check.test("a finding stands at its figure, and in the list", function()
  local number = text:match "350 632 | [^|]*✗ (%d+)"
  check.yes(number)
  check.contains(text, "✗ " .. number .. " DRI-04")
end)
check.test("what was not tried is counted", function()
  local n, tried, bare = text:match "Av tabellernas (%d+) siffror är (%d+) prövade; (%d+)"
  check.equal(tonumber(n) - tonumber(tried), tonumber(bare))
  check.yes(tonumber(bare) > 0 and tonumber(tried) > tonumber(bare))
end)
if check.failed > 0 then os.exit(1) end
