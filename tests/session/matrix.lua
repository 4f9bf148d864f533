-- matrix.lua MEDEL HOST FOLDER - every face that audits, under every shared option, says the same
-- of one report: `medel audit`, the C host, `report`, `explain`, `project` and `coverage`.
local medel = require "medel"
local program, host, folder = ...
local passed, failed = 0, 0

local function check(ok, what, ...)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print("FAIL " .. what:format(...))
  end
end

local function quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function output_of(...)
  local words = {}
  for _, word in ipairs { ... } do words[#words + 1] = quoted(word) end
  local pipe = assert(io.popen(table.concat(words, " ") .. " 2>&1"))
  local text = pipe:read "a"
  pipe:close()
  return text
end

-- A command with those of the options that it has: what it has no use for changes nothing that it says.
local function run(command, options, ...)
  local words, has = { program, command, ... }, {}
  for _, o in ipairs(require("medel.commands." .. command).options) do
    for flag in o.flags:gmatch "%S+" do has[flag] = true end
  end
  for i = 1, #options, 2 do
    if has[options[i]] then words[#words + 1], words[#words + 2] = options[i], options[i + 1] end
  end
  return output_of(table.unpack(words))
end

-- A report whose förbund has a pack with norms of its own, where the example names that of its layout.
local report = folder .. "/2023.yaml"
os.execute(("cp -R examples/lekeberg-orebro/* %s && sed -i 's/^paket:.*/paket: lekeberg-orebro/' %s/forbund.yaml"):format(
  quoted(folder), quoted(folder)))

-- A delårsrapport that says something else.
local delar = folder .. "/delar.yaml"
output_of(program, "draft", "examples/sydnarke/2023.se", "--delar", "2023-06-30", "-o", delar)

-- What the guideline leaves, in whole kronor, under each option; and what else is then found.
local own, kr20, stair, kr25 = "./tests/session/regler", 883599, 933599, 483599
local cases = {
  { {}, kr20 },
  { { "--norm", "riktlinje.eget_kapital=trappa" }, stair },
  { { "--norm", "riktlinje.eget_kapital=rak_20" }, kr20 },
  { { "--set", "riktlinje.eget_kapital=10 %" }, 1683599 },
  { { "--parameters", "tests/session/parametrar.yaml", "--set", "riktlinje.eget_kapital=25 %" }, kr25 },
  { { "--pack", "nationell" }, kr20 },
  { { "--only", "MAT,EKA" }, kr20 },
  { { "--except", "EKA-02" }, kr20 },
  { { "--previous", "tests/session/forra.yaml" }, kr20 },
  { { "--ledger", "examples/sydnarke/2023.se" }, kr20 },
  { { "--ledger", "examples/sydnarke/2023.se", "--kontoplan", "rules/forbund/sydnarke/kontoplan.yaml" }, kr20 },
  { { "--ledger", "examples/sydnarke/2023.csv", "--mapping", "examples/sydnarke/2023-csv.yaml" }, kr20 },
  { { "--engagement", "tests/session/granskning.yaml" }, kr20 },
  { { "--avsteg", "tests/session/avsteg.yaml" }, kr20 },
  { { "--sektor", "examples/degerfors-karlskoga/2023.yaml", "--sektor", "examples/sydnarke/2023.yaml" }, kr20, "MAT-02" },
  { { "--delar", delar }, kr20, "DEL" },
  { { "--time-limit", "20000" }, kr20 },
  { { "--time-limit", "1000000", "--ledger", "examples/sydnarke/2023.se" }, kr20 },
  { { "--memory-limit", "200" }, kr20 },
}

-- Every option that commands share has a case; --rules is in all of them, --scenario has its own.
local tried = { ["--rules"] = true, ["--scenario"] = true }
for _, case in ipairs(cases) do
  for _, word in ipairs(case[1]) do tried[word] = true end
end
for _, o in ipairs(require("medel.options").session) do
  local flag = o.flags:match "%S+$"
  check(tried[flag], "%s has no case here", flag)
end

local function grouped(n)
  return (tostring(n):reverse():gsub("(%d%d%d)", "%1 "):reverse():gsub("^ ", "")) .. " kr"
end

-- The message of the first finding of a rule, or a group.
local function message_of(json, rule)
  local doc = medel.yaml(json, "json")
  for _, f in ipairs(doc and doc.reports[1].findings or {}) do
    if f.rule:find(rule or "MAT-01", 1, true) == 1 then return f.message end
  end
  return json:sub(1, 300), true
end

-- The same options for medel.h, with the packs that a command has unless it is told.
local function host_of(options, more)
  local words = { host, ".", report }
  table.move(options, 1, #options, #words + 1, words)
  local asked = {}
  for _, word in ipairs(options) do asked[word] = true end
  local usual = asked["--ledger"] and { "nationell", "kpmg", "huvudbok", "avstamning" } or { "nationell", "kpmg" }
  for _, pack in ipairs(asked["--pack"] and {} or usual) do words[#words + 1], words[#words + 2] = "--pack", pack end
  words[#words + 1], words[#words + 2] = "--pack", own
  return output_of(table.unpack(table.move(more or {}, 1, #(more or {}), #words + 1, words)))
end

for _, case in ipairs(cases) do
  local options, name = case[1], #case[1] > 0 and table.concat(case[1], " ") or "no option"
  local with = table.move(options, 1, #options, 1, {})
  with[#with + 1], with[#with + 2] = "--rules", own
  local said = "Över riktlinjen med " .. grouped(case[2]) .. "."

  local audit = run("audit", with, report, "-f", "json", "-l", "note")
  check(message_of(audit) == said, "audit, %s: %s, not %s", name, message_of(audit), said)
  check(not case[3] or not select(2, message_of(audit, case[3])), "audit, %s: %s finds nothing", name, case[3])

  local by_host = host_of(options)
  check(by_host == audit, "medel.h, %s: the JSON is not the command's: %s", name, by_host:sub(1, 300))

  local text = run("report", with, "granskning", report)
  check(text:find(said, 1, true), "report, %s: %s is not there: %s", name, said, text:sub(1, 300))

  local value = medel.yaml(run("explain", with, report, "eget_kapital - riktlinje.eget_kapital", "-f", "json"), "json")
  check(value and value.value and value.value.ore == tostring(case[2] * 100), "explain, %s: %s", name,
    value and value.value and value.value.text or "no value")

  -- Of a plan: what audit says of it, what explain says, and the table of project.
  local plan = table.move(with, 1, #with, 1, {})
  plan[#plan + 1], plan[#plan + 2] = "--scenario", "budget 2023"
  local plan_audit = run("audit", plan, report, "-f", "json", "-l", "note")
  local of_plan = message_of(plan_audit)
  by_host = host_of(options, { "--budget", "2023" })
  check(by_host == plan_audit, "medel.h of a plan, %s: the JSON is not the command's: %s", name, by_host:sub(1, 300))
  local projected = medel.yaml(run("project", plan, report, "-f", "json"), "json")
  local shown = projected and projected.printed[1].plans[1].figures.marginal
  local explained = medel.yaml(run("explain", plan, report, "riktlinje.eget_kapital - eget_kapital", "-f", "json"), "json")
  check(shown and explained and explained.value and tostring(shown.ore or shown) == explained.value.ore,
    "project, %s: the margin is %s, explain says %s", name, tostring(shown and (shown.ore or shown)), tostring(explained and explained.value.ore))
  local over = explained and explained.value and math.tointeger(tonumber(explained.value.ore))
  check(over and of_plan:find(grouped(math.abs(over) // 100):gsub(" kr$", ""), 1, true), "audit of a plan, %s: %s", name, of_plan)
end

-- Coverage takes minutes over all rules: two are enough to see whose they are.
for _, case in ipairs { { { "--only", "MAT,EKA-01" }, "MAT-01" }, { { "--only", "MAT", "--ledger", "examples/sydnarke/2023.se" }, "MAT-01" },
                        { { "--only", "MAT", "--norm", "riktlinje.eget_kapital=trappa" }, "MAT-01" } } do
  local with = table.move(case[1], 1, #case[1], 1, {})
  with[#with + 1], with[#with + 2] = "--rules", own
  local text = run("coverage", with, report, "-f", "json")
  check(text:find('"' .. case[2] .. '"', 1, true), "coverage, %s: %s reads nothing: %s", table.concat(case[1], " "), case[2], text:sub(1, 200))
end

print(("session: %d passed, %d failed"):format(passed, failed))
if failed > 0 then error("faces differ", 0) end
