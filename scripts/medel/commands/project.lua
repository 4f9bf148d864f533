-- project.lua: scenarios, year by year.
local shared = require "medel.options"
local csv = require "medel.csv"

local spec = {
  name = "project",
  summary = "Project decisions on a base year: eget kapital, guideline, what the rules will say.",
  description = "Run the scenarios of a Lua or YAML file. Each projected year is a report: the rules "
    .. "are run on it, and `medel explain FILE EXPRESSION --year` shows where a figure comes from. "
    .. "Of a report, show the budgets and forecasts that it prints, each as such a year. "
    .. "docs/projection.md says what a scenario holds.",
  arguments = { { name = "FILE", doc = "A scenario file, Lua or YAML; or a report." } },
  options = shared.with {
    { flags = "-f --format", target = "format", value = "FORMAT",
      choices = { "text", "md", "html", "csv", "json" }, default = "text", doc = "How to print." },
    { flags = "-o --output", target = "output", value = "FILE", doc = "Write to a file instead." },
    csv.options[1], csv.options[2],
    { flags = "--seek", target = "seek", value = "LEVER:FIGURE:YEAR[=AMOUNT]", many = true,
      doc = "What LEVER must be, from the first year on, for FIGURE to reach AMOUNT (0) in YEAR: "
        .. "kostnad:marginal:2026. Levers: kostnad, medlemsbidrag, staten, region, kommuner, "
        .. "realisering, index, ranta, or a block." },
    { flags = "--against", target = "against", value = "SCENARIO",
      doc = "The scenario that the others are compared with, by number or a part of its name; usually the first." },
    { flags = "--audit", target = "audit", doc = "Print every finding of the rules on each projected year." },
    { flags = "--paths", target = "paths", value = "N",
      doc = "Monte Carlo with so many paths." },
    { flags = "--seed", target = "seed", value = "S", default = "1", doc = "Seed of the Monte Carlo; always printed." },
    { flags = "--threads", target = "threads", value = "N", default = "1",
      doc = "Threads of the Monte Carlo; the result is the same." },
    shared.printing[1], shared.printing[2],
  },
  exit = { { "0", "projected" }, { "2", "the file is wrong, or a scenario cannot hold, or a rule is broken" } },
  examples = {
    { "medel project scripts/scenarios/lekeberg-orebro-halverad.lua", "Every scenario of the file." },
    { "medel project -s 1 --seek kostnad:eget_kapital:2026 halverad.lua", "The cost that uses eget kapital up by 2026." },
    { "medel project 2023.yaml", "The budgets and forecasts that a report prints." },
    { "medel project -f html -o halverad.html halverad.lua", "A page with charts." },
  },
}

local function seek_of(text)
  local lever, figure, year, amount = text:match "^([%w_]+):([%w_]+):(%d%d%d%d)=?(.*)$"
  if not lever then error(("--seek takes LEVER:FIGURE:YEAR[=AMOUNT], not '%s'"):format(text), 0) end
  return { lever = lever, figure = figure, year = math.tointeger(tonumber(year)), amount = amount ~= "" and amount or nil }
end

-- A report's own budgets and forecasts.
local function of_report(args, asked)
  local ar = asked:load(args.FILE)
  if #args.seek > 0 or args.paths then error("a report has no scenarios: --seek and --paths are for a scenario file", 0) end
  return { printed = { require("medel.plans").audited(asked, ar, args.scenario) } }
end

-- The reports that scenarios stand on, each once.
local function printed_of(results, asked)
  local out, seen = {}, {}
  for _, run in ipairs(results) do
    if not seen[run.base.fil] then
      seen[run.base.fil] = true
      out[#out + 1] = require("medel.plans").audited(asked, run.base)
    end
  end
  return out
end

local function sought(run, q)
  local medel, answers = require "medel", require "medel.answers"
  if not run.projection:figure(q.figure, q.year) then
    local there = run.projection:figure("eget_kapital", q.year) ~= nil -- no guideline, and so no margin
    error(there and ("--seek: %s is nothing in %d of '%s'"):format(q.figure, q.year, run.scenario.name)
      or ("--seek: %d is no year of '%s'"):format(q.year, run.scenario.name), 0)
  end
  local goal = q.amount and medel.kr(q.amount) or medel.kr(0)
  local a, why = answers.seek(run, q.lever, run.first, function(p) return p:figure(q.figure, q.year) - goal end)
  return { question = ("%s så att %s %d är %s"):format(q.lever, q.figure, q.year, goal:text()),
           answer = a and a.text or why, method = a and answers.method(a) }
end

local function uncertainty(run, args)
  local n, seed = math.tointeger(tonumber(args.paths)), math.tointeger(tonumber(args.seed))
  if not n or n < 1 then error("--paths takes a whole number", 0) end
  if not seed then error("--seed takes a whole number", 0) end
  return require("medel.uncertainty").run(run, n, seed, math.tointeger(tonumber(args.threads)))
end

local function all(args)
  local asked, scenario = shared.open(args):reads_all(), require "medel.scenario"
  if not require("medel.workspace").is_scenario(args.FILE) then return of_report(args, asked) end
  local seeks = {}
  for i, text in ipairs(args.seek) do seeks[i] = seek_of(text) end
  local results = asked:runs(args.FILE)
  for _, run in ipairs(results) do
    run.audits, run.sought = {}, {}
    for year = run.first, run.last do run.audits[year] = asked:audit(scenario.report(run, year)) end
    for k, q in ipairs(seeks) do run.sought[k] = sought(run, q) end
    if args.paths then run.uncertainty = uncertainty(run, args) end
  end
  results.printed = printed_of(results, asked)
  return results
end

-- The scenarios' file, and the reports that they begin from.
local function inputs(args, results)
  local list = { args.FILE }
  for _, run in ipairs(results) do list[#list + 1] = run.base.fil end
  return list
end

-- Each rule that could not be run on a projected year, once; true if there is any.
local function complain_of_rules(results)
  local broken_rules, all = require "medel.broken", { broken = {} }
  for _, run in ipairs(results) do
    for year = run.first, run.last do
      for _, b in ipairs(run.audits[year].broken) do broken_rules.add(all, b) end
    end
  end
  for _, b in ipairs(all.broken) do
    require("medel.terminal").complain(("medel: broken rule %s: %s\n"):format(require("medel").show(b.file or b.rule.id), b.error))
  end
  return #all.broken > 0
end

-- In a child, where the scenario's own functions are: what is to be written, and what was read.
local function build(args)
  collectgarbage("incremental", 150, 400) -- of each way to combine decisions only a figure is kept
  local results = all(args)
  local failed = complain_of_rules(results) and 2 or 0
  return { text = require("medel.projections." .. args.format)(results, args), failed = failed, inputs = inputs(args, results) }
end

function spec.run(args)
  local made, why = require("medel.apart").one(args, function() return build(args) end)
  if not made then
    require("medel.terminal").complain_of("project", why)
    return 2
  end
  if args.output then
    return math.max(made.failed, require("medel.output").replace(args.output, made.text, "medel project", made.inputs))
  end
  if args.format == "text" then require("medel.terminal").write(made.text) else io.stdout:write(made.text) end
  return made.failed
end

return spec
