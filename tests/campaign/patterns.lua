-- patterns.lua BATCHES - the pattern functions that rules have against Lua's own, on random pairs of a text and
-- a pattern: the same answer, or both refuse.  For a stock Lua with the module.
local batches = math.tointeger(tonumber((...)))
local medel = require "medel"
local per_batch = 400

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

local taxonomy = assert(medel.read_taxonomy(read "tests/data/liten-taxonomi.yaml", "liten"))
local ar = assert(medel.read_report(taxonomy, "medel: 1\nrakenskapsar: 2023\n", "2023.yaml"))

-- Both sides run this text: a rule's environment has its own string functions.
local trial = [[
local function shown(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))) end
  return table.concat(out, ",")
end
local function try(f, ...)
  local ok, a, b, c, d, e = pcall(f, ...)
  return ok and shown(a, b, c, d, e) or "refused"
end
local function each_match(text, pattern)
  local out = {}
  for a, b in string.gmatch(text, pattern) do
    out[#out + 1] = shown(a, b)
    if #out > 20 then break end
  end
  return table.concat(out, ";")
end
local function all(text, pattern)
  return table.concat({ try(string.find, text, pattern), try(string.find, text, pattern, -3),
    try(string.find, text, pattern, 2, true), try(string.match, text, pattern), try(string.match, text, pattern, 3),
    try(string.gsub, text, pattern, "<%0>"), try(string.gsub, text, pattern, "%1", 2), try(each_match, text, pattern) }, "|")
end
]]

local dice = 7
local function random(n)
  dice = (dice * 6364136223846793005 + 1442695040888963407)
  return (dice >> 33) % n + 1
end

local pieces = { "a", "b", "1", " ", ".", "%a", "%d", "%s", "%w", "%W", "%.", "[ab]", "[^a]", "[a-c]", "[%d]", "(", ")", "()", "*",
                 "+", "-", "?", "^", "$", "%1", "%b()", "%f[%a]", "%", "[", "]", "%S+", "(a*)", "(.-)", "a-", "[]]", "[^]]" }
local letters = { "a", "b", "c", "1", "2", " ", "(", ")", ".", "]", "%" }

local function some(list, most)
  local out = {}
  for i = 1, random(most) - 1 do out[i] = list[random(#list)] end
  return table.concat(out)
end

local stock = assert(load(trial .. "return all"))()
local different, tried = 0, 0
for batch = 1, batches do
  local cases, source = {}, {}
  for i = 1, per_batch do
    cases[i] = { some(letters, 12), some(pieces, 6) }
    source[i] = ("{%q,%q}"):format(cases[i][1], cases[i][2])
  end
  local runner <close> = medel.runner { time_ms = 60000 } -- nothing here is about time
  local rule, why = runner:load("prov.lua", ([[
%s
return rule { id = "A-01", title = "t", ground = "g", level = "note", check = function()
  local out = {}
  for i, case in ipairs { %s } do out[i] = finding("{t}", { t = all(case[1], case[2]) }) end
  return out
end }]]):format(trial, table.concat(source, ",")))
  assert(rule, why)
  local outcome = runner:run(ar)[1]
  assert(outcome.outcome == "finding", outcome.error or outcome.outcome)
  for i, case in ipairs(cases) do
    tried = tried + 1
    local right = stock(case[1], case[2])
    -- What a message shows is one line of at most 1000 bytes.
    if outcome.findings[i].message ~= right and #right < 900 then
      different = different + 1
      if different <= 10 then print(("FAIL %q %q\n  %s\n  %s"):format(case[1], case[2], right, outcome.findings[i].message)) end
    end
  end
end
print(("patterns: %d pairs, 8 calls each, %d different"):format(tried, different))
os.exit(different == 0 and tried > 0)
