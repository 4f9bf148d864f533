-- Rules made at random from what rules can name: SEED TIMES.  Whatever they do, the next rule is
-- right, and what they say can be printed.
package.path = "tests/bindings/?.lua;" .. package.path
local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local seed, times = tonumber((...)) or 1, tonumber((select(2, ...))) or 1

local state = seed
local function random(n)
  state = state * 6364136223846793005 + 1442695040888963407
  return (state >> 33) % n + 1
end
local function pick(list) return list[random(#list)] end

-- ---- the grammar ----

local functions = {}
for _, f in ipairs(medel.reference().language) do functions[#functions + 1] = f.name end
for _, name in ipairs { "assert", "error", "ipairs", "pairs", "pcall", "select", "tonumber", "tostring", "type" } do functions[#functions + 1] = name end
for _, library in ipairs { "math", "string", "table", "utf8" } do
  local names = {}
  for name in pairs(medel.bounded(library)) do names[#names + 1] = library .. "." .. name end
  table.sort(names)
  table.move(names, 1, #names, #functions + 1, functions)
end

local fields = { "eget_kapital", "arets_resultat", "balansrakning", "resultatrakning", "driftredovisning", "insatser", "forbund", "foregaende",
                 "kommande", "budget", "rakenskapsar", "facts", "get", "state", "precise", "finns_inte", "stod", "egen", "namn", "value", "text",
                 "label", "rows", "row", "columns", "ore", "unit", "parts", "bounds", "derivation", "fact", "named", "rounded", "is_zero", "1", "x" }
local words = { "''", "'a'", "'abc'", "'\\0\\xff'", "'å'", "'1 000'", "'balansrakning.fordringar'", "'%a+'", "'(a*)b'", "'%d'", "'{a}'", "'.-x'", "('ab'):rep(100)",
                "('x'):rep(1 << 20)" }
local numbers = { "0", "1", "-1", "2", "3.5", "1e308", "0/0", "1/0", "math.maxinteger", "math.mininteger", "1 << 40", "100000" }
local operators = { "+", "-", "*", "/", "//", "%", "^", "..", "<", "<=", "==", "~=", "and", "or", "<<", ">>" }

local expression, statements

local function arguments(depth)
  local out = {}
  for i = 1, random(4) - 1 do out[i] = expression(depth - 1) end
  return table.concat(out, ", ")
end

local items = {
  function(d) return expression(d - 1) end,
  function(d) return pick { "a", "b", "at", "level" } .. " = " .. expression(d - 1) end,
  function(d) return "[" .. expression(d - 1) .. "] = " .. expression(d - 1) end,
}

local function table_of(depth)
  local out = {}
  for i = 1, random(5) - 1 do
    out[i] = pick(items)(depth)
  end
  return "{ " .. table.concat(out, ", ") .. " }"
end

local kinds = {
  function() return pick(numbers) end,
  function() return pick(words) end,
  function() return pick { "ar", "p", "a", "b", "t", "nil", "true", "false", "kr(1)", "percent(5)" } end,
  function() return pick { "ar", "a", "b", "t" } .. "." .. pick(fields):gsub("^1$", "x") end,
  function(d) return pick(functions) .. "(" .. arguments(d) .. ")" end,
  function(d) return pick(functions) .. "(" .. arguments(d) .. ")" end,
  function(d) return "(" .. expression(d - 1) .. " " .. pick(operators) .. " " .. expression(d - 1) .. ")" end,
  function(d) return pick { "-", "#", "not " } .. "(" .. expression(d - 1) .. ")" end,
  function(d) return "(" .. expression(d - 1) .. "):" .. pick(fields):gsub("^1$", "x") .. "(" .. arguments(d) .. ")" end,
  function(d) return "(" .. expression(d - 1) .. ")[" .. expression(d - 1) .. "]" end,
  function(d) return table_of(d) end,
  function(d) return "function(a, b) " .. statements(d - 1) .. " return " .. expression(d - 1) .. " end" end,
}

function expression(depth)
  if depth <= 0 then return kinds[random(3)](0) end
  return (pick(kinds)(depth))
end

local sentences = {
  function(d) return "local " .. pick { "a", "b", "t" } .. " = " .. expression(d) end,
  function(d) return pick { "a", "b", "t" } .. " = " .. expression(d) end,
  function(d) return pick { "t", "a" } .. "[" .. expression(d - 1) .. "] = " .. expression(d) end,
  function(d) return "pcall(function() " .. statements(d - 1) .. " end)" end,
  function(d) return "for _, b in " .. pick { "ipairs", "pairs", "each" } .. "(" .. expression(d) .. ") do " .. statements(d - 1) .. " end" end,
  function(d) return "for a = 1, " .. pick { "3", "100", "1e9" } .. " do " .. statements(d - 1) .. " end" end,
  function(d) return "while " .. expression(d) .. " do " .. statements(d - 1) .. " end" end,
  function(d) return "if " .. expression(d) .. " then " .. statements(d - 1) .. " end" end,
  function(d) return "do local _ = " .. pick(functions) .. "(" .. arguments(d) .. ") end" end,
}

function statements(depth)
  if depth <= 0 then return "" end
  local out = {}
  for i = 1, random(4) do out[i] = pick(sentences)(depth) end
  return table.concat(out, "; ")
end

local function body()
  local last = pick { "finding('{a}', { a = a })", "finding('x', nil, { at = a })", "a", "t", "{ finding('x'), a }", "not_applicable(b)" }
  return ("local a, b, t = ar, kr(1), {}; do %s end return %s"):format(statements(3), last)
end

-- ---- trying them ----

local report = fixture.report()
local good = fixture.rule("return finding('{a} {b}', { a = ar.arets_resultat, b = ('x'):upper() })"):gsub("PROV%-01", "PROV-02")
local printable = "^[^%z\1-\9\11-\31\127]*$"
local tried, outcomes = 0, {}

local function try_one(runner, source)
  assert(runner:load("ond.lua", fixture.rule(source)))
  assert(runner:load("god.lua", good))
  local list = runner:run(report)
  local text = list[1].error or list[1].missing or list[1].findings and list[1].findings[1] and list[1].findings[1].message or ""
  outcomes[list[1].outcome] = (outcomes[list[1].outcome] or 0) + 1
  check.yes(#text <= 4500 and utf8.len(text) and text:find(printable) and not text:find "0x%x%x%x%x%x%x", "what it says: " .. source)
  medel.json { text }
  if list[2].error and list[2].error:find("time limit", 1, true) then list[2] = runner:run(report, { rules = { 2 } })[1] end
  check.equal(list[2].findings and list[2].findings[1].message or list[2].error, "200 kr X")
end

check.test("rules at random", function()
  for _ = 1, times * 1000 do
    local runner <close> = medel.runner { parameters = fixture.parameters, memory_mb = 8, time_ms = 20 }
    local source = body()
    if #source < 60000 and not medel.lint(source) and load(source) then
      local ok, why = pcall(try_one, runner, source)
      if not ok and not tostring(why):find("time limit", 1, true) then error(("%s\nof: %s"):format(why, source), 0) end
      tried = tried + 1
    end
  end
  check.yes(tried > times * 600, "only " .. tried .. " were rules")
  for _, outcome in ipairs { "broken", "passed", "finding" } do
    check.yes((outcomes[outcome] or 0) > 0, "none is " .. outcome)
  end
end)

print(("%d passed, %d failed"):format(check.passed, check.failed))
if check.failed > 0 then error("a rule made at random was not contained", 0) end
