-- project.lua: scenarios, year by year.
local spec = {
  name = "project",
  summary = "Project decisions on a base year: eget kapital, guideline, what the rules will say.",
  description = "Run the scenarios of a Lua or YAML file. Each projected year is a report: the rules "
    .. "are run on it, and `medel explain FILE EXPRESSION --year` shows where a figure comes from. "
    .. "Of a report, show the budgets and forecasts that it prints, each as such a year. "
    .. "docs/projection.md says what a scenario holds.",
  arguments = { { name = "FILE", doc = "A scenario file, Lua or YAML; or a report." } },
  options = {
    { flags = "-s --scenario", target = "scenario", value = "NAME", many = true,
      doc = "Only this scenario, by number or a part of its name; usually all." },
    { flags = "-f --format", target = "format", value = "FORMAT",
      choices = { "text", "md", "html", "csv", "json" }, default = "text", doc = "How to print." },
    { flags = "-o --output", target = "output", value = "FILE", doc = "Write to a file instead." },
    { flags = "--seek", target = "seek", value = "LEVER:FIGURE:YEAR[=AMOUNT]", many = true,
      doc = "What LEVER must be, from the first year on, for FIGURE to reach AMOUNT (0) in YEAR: "
        .. "kostnad:marginal:2026. Levers: kostnad, medlemsbidrag, staten, region, kommuner, "
        .. "realisering, index, ranta, or a block." },
    { flags = "--audit", target = "audit", doc = "Print every finding of the rules on each projected year." },
    { flags = "--paths", target = "paths", value = "N",
      doc = "Monte Carlo with so many paths." },
    { flags = "--seed", target = "seed", value = "S", default = "1", doc = "Seed of the Monte Carlo; always printed." },
    { flags = "--threads", target = "threads", value = "N", default = "1",
      doc = "Threads of the Monte Carlo; the result is the same." },
    { flags = "--colour --color", target = "colour", value = "WHEN",
      choices = { "auto", "always", "never" }, default = "auto", doc = "Colour in text output." },
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
local function of_report(args, taxonomy, parameters)
  local ar, why = require("medel").load_report(taxonomy, args.FILE)
  if not ar then error(why, 0) end
  if #args.scenario > 0 or #args.seek > 0 or args.paths then
    error("a report has no scenarios: -s, --seek and --paths are for a scenario file", 0)
  end
  local w = require("medel.workspace").open { taxonomy = taxonomy }
  return { printed = { require("medel.plans").audited(ar, parameters, w) } }
end

-- The reports that scenarios stand on, each once.
local function printed_of(results, parameters, w)
  local out, seen = {}, {}
  for _, run in ipairs(results) do
    if not seen[run.base.fil] then
      seen[run.base.fil] = true
      out[#out + 1] = require("medel.plans").audited(run.base, parameters, w)
    end
  end
  return out
end

local function all(args)
  local workspace, scenario = require "medel.workspace", require "medel.scenario"
  local taxonomy, parameters = workspace.taxonomy(), workspace.parameters()
  local answers, medel = require "medel.answers", require "medel"
  if not workspace.is_scenario(args.FILE) then return of_report(args, taxonomy, parameters) end
  local seeks = {}
  for i, text in ipairs(args.seek) do seeks[i] = seek_of(text) end
  local w = workspace.open { taxonomy = taxonomy }
  local results = {}
  for i, s in ipairs(scenario.choose(scenario.load(args.FILE, taxonomy), args.scenario)) do
    local run = scenario.run(s, parameters)
    run.audits = {}
    for year = run.first, run.last do run.audits[year] = scenario.audit(run, year, w) end
    run.sought = {}
    for k, q in ipairs(seeks) do
      if not run.projection:figure(q.figure, q.year) then
        error(("--seek: %d is no year of '%s'"):format(q.year, s.name), 0)
      end
      local goal = q.amount and medel.kr(q.amount) or medel.kr(0)
      local a, why = answers.seek(run, q.lever, run.first, function(p) return p:figure(q.figure, q.year) - goal end)
      run.sought[k] = { question = ("%s så att %s %d är %s"):format(q.lever, q.figure, q.year, goal:text()),
                        answer = a and a.text or why, method = a and answers.method(a) }
    end
    if args.paths then
      local n, seed = math.tointeger(tonumber(args.paths)), math.tointeger(tonumber(args.seed))
      if not n or n < 1 then error("--paths takes a whole number", 0) end
      if not seed then error("--seed takes a whole number", 0) end
      run.uncertainty = require("medel.uncertainty").run(run, n, seed, math.tointeger(tonumber(args.threads)))
    end
    results[i] = run
  end
  results.printed = printed_of(results, parameters, w)
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
  local workspace, all = require "medel.workspace", { broken = {} }
  for _, run in ipairs(results) do
    for year = run.first, run.last do
      for _, b in ipairs(run.audits[year].broken) do workspace.add_broken(all, b) end
    end
  end
  for _, b in ipairs(all.broken) do
    require("medel.terminal").complain(("medel: broken rule %s: %s\n"):format(require("medel").show(b.file or b.rule.id), b.error))
  end
  return #all.broken > 0
end

function spec.run(args)
  require("medel.terminal").use_colour(args.colour)
  local ok, results = pcall(all, args)
  if not ok then
    require("medel.terminal").complain("medel project: ", tostring(results), "\n")
    return 2
  end
  local failed = complain_of_rules(results) and 2 or 0
  local text = require("medel.projections." .. args.format)(results, args)
  if args.output then
    return math.max(failed, require("medel.output").replace(args.output, text, "medel project", inputs(args, results)))
  end
  if args.format == "text" then require("medel.terminal").write(text) else io.stdout:write(text) end
  return failed
end

return spec
