-- The checks of the catalogue of rules that mean harm, as what other commands are given: FOLDER
-- EVERY.  Into FOLDER go NAME.expression, .script.lua, .scenario.lua, .replace.lua, .report.lua and
-- a folder NAME with the rule, a good one and their tests; one in EVERY of them.
package.path = "tests/bindings/?.lua;" .. package.path
local fixture = require "fixture"
local folder, every = ..., tonumber((select(2, ...))) or 1
local report = "examples/sydnarke/2023.yaml"

local function write(name, text)
  local file <close> = assert(io.open(folder .. "/" .. name, "wb"))
  file:write(text)
end

-- Around the body, which is the rest of its line.
local forms = {
  expression = "(function(ar, p) %s\nend)(ar)",
  ["script.lua"] = "local function check(ar, p) %s\nend\nlocal ar = report(...)\ncheck(ar, parameters(ar))",
  ["scenario.lua"] = "local function check(ar, p) %s\nend\nlocal ar = report '" .. report .. "'\ncheck(ar)\nreturn scenario 'x' { base = ar, years = { 2024, 2025 } }",
  ["replace.lua"] = "local ar, p = report '" .. report .. "'\nreturn scenario 'x' { base = ar, years = { 2024, 2025 },\n"
    .. "  replace = { medlemsbidrag = function(usual) (function() %s\nend)() return usual end } }",
  ["report.lua"] = "return report { title = 'x', write = function(doc, ar, p) %s\nend }",
}

-- The small report, as what the cases stand on.
local base = fixture.source:gsub("#[^\n]*\n", ""):gsub("[^\n]+", "  %0") .. "\n"

local n, written = 0, 0
local function add(name, body)
  n = n + 1
  if n % every ~= 0 and name ~= "harmless" then return end
  written = written + 1
  for form, around in pairs(forms) do
    write(("%s.%s"):format(name, form), (around:gsub("%%s", function() return body end)))
  end
  os.execute(("mkdir -p %s/%s"):format(folder, name))
  write(name .. "/ond.lua", (fixture.rule(body):gsub("PROV%-01", "OND-01")))
  write(name .. "/ond.test.yaml", "rule: OND-01\nbase:\n" .. base .. "cases:\n  - { name: a, expect: passed }\n")
  write(name .. "/god.lua", (fixture.rule("return finding('god')"):gsub("PROV%-01", "GOD-01")))
  write(name .. "/god.test.yaml", "rule: GOD-01\ncases:\n  - { name: a, expect: finding }\n")
end

add("harmless", "return kr(1)")
for _, name in ipairs { "first", "time", "memory", "escape", "evidence", "figures" } do
  for _, case in ipairs(dofile("tests/sandbox/rules/" .. name .. ".lua")) do add(("%03d"):format(n), case[2]) end
end
print(written)
