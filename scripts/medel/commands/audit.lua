-- audit.lua: what does not hold in a report.
local spec = {
  name = "audit",
  summary = "Say what does not hold in reports, with figures, places and causes.",
  description = "Read each report, run the checks of the taxonomy and all rules on it, and "
    .. "print the findings, the heaviest first. A file that cannot be read is reported and "
    .. "the rest goes on.",
  arguments = { { name = "FILE", args = "+", doc = "Report files, or folders to search for them." } },
  options = {
    { flags = "-f --format", target = "format", value = "FORMAT",
      choices = { "text", "json", "md", "csv", "sarif", "junit" }, default = "text", doc = "How to print." },
    { flags = "-l --level", target = "level", value = "LEVEL", default = "recommendation",
      choices = { "error", "deviation", "recommendation", "note" },
      doc = "Show findings of this level and above; only they count for the exit status." },
    { flags = "--only", target = "only", value = "IDS", many = true,
      doc = "Only these rules or groups: EKA-01,SUM." },
    { flags = "--except", target = "except", value = "IDS", many = true,
      doc = "Not these rules or groups." },
    { flags = "--pack", target = "packs", value = "PACK", many = true,
      doc = "Only these packs of rules (nationell, kpmg, a folder); usually nationell and kpmg." },
    { flags = "--rules", target = "rules", value = "FOLDER", many = true,
      doc = "Rules of your own, besides the packs." },
    { flags = "--norm", target = "norm", value = "PARAMETER=NORM", many = true,
      doc = "Choose a competing norm: riktlinje.eget_kapital=rak_20." },
    { flags = "--set", target = "set", value = "PARAMETER=VALUE", many = true,
      doc = "Another value for a what-if: prognos.storsta_miss=3%." },
    { flags = "-s --scenario", target = "scenario", value = "NAME", many = true,
      doc = "Of a scenario file only this scenario, by number or a part of its name. Of a report the "
        .. "budget or forecast that it prints, \"budget 2024\", instead of its outcome." },
    { flags = "--previous", target = "previous", value = "FILE",
      doc = "Last year's report: comparatives, what is new, what remains, earlier recommendations." },
    { flags = "--engagement", target = "engagement", value = "FILE",
      doc = "The revisor's decisions; granskning.yaml beside the report unless given." },
    { flags = "--bom", target = "bom", doc = "Begin CSV with a byte order mark, which Excel needs for å, ä and ö." },
    { flags = "--why", target = "why", doc = "List the rules that did not apply, and why." },
    { flags = "--colour --color", target = "colour", value = "WHEN",
      choices = { "auto", "always", "never" }, default = "auto", doc = "Colour in text output." },
  },
  exit = { { "0", "nothing at or above the level" }, { "1", "findings" },
           { "2", "a file could not be read, or a rule is broken" } },
  examples = {
    { "medel audit examples/sydnarke/2023.yaml", "The findings of one report." },
    { "medel audit --level error reports/", "Only what is wrong, in every report of a folder." },
    { "medel audit --only EKA --norm riktlinje.eget_kapital=rak_20 2023.yaml",
      "Eget kapital against a flat 20 per cent." },
    { 'medel audit -s "budget 2024" 2023.yaml', "What the rules say of the printed budget." },
    { "medel audit --format json 2023.yaml", "For another program." },
  },
}

local function pairs_of(list, flag, pattern)
  local out = {}
  for _, text in ipairs(list or {}) do
    local id, value = text:match(pattern)
    if not id then error(("%s takes PARAMETER=%s, not '%s'"):format(flag, flag == "--norm" and "NORM" or "VALUE", text), 0) end
    out[id] = value
  end
  return out
end

-- Opened packs for a report: its förbund may have a pack of its own.
local function opener(options)
  local workspace = require "medel.workspace"
  local opened = {}
  return function(ar)
    local own = ar.forbund and ar.forbund.paket
    local key = own or ""
    if not opened[key] then
      local chosen = {}
      for name, value in pairs(options) do chosen[name] = value end
      chosen.packs = table.move(options.packs, 1, #options.packs, 1, {})
      if own then chosen.packs[#chosen.packs + 1] = own end
      opened[key] = workspace.open(chosen)
    end
    return opened[key]
  end
end

local function load(taxonomy, file)
  local ar, why = require("medel").load_report(taxonomy, file)
  if not ar then
    require("medel.terminal").complain(why)
    return nil
  end
  return ar
end

-- A scenario's file stands for its projected years, which are reports; and a report, when
-- that is asked for, for what it plans.
local function with_projections(files, taxonomy, wanted)
  local scenario, out = require "medel.scenario", {}
  for _, file in ipairs(files) do
    if not scenario.is_file(file) then
      local ar = #wanted > 0 and load(taxonomy, file)
      if not ar then out[#out + 1] = file end
      for _, p in ipairs(ar and require("medel.plans").choose(ar, wanted) or {}) do out[#out + 1] = p.report end
    else
      for _, s in ipairs(scenario.choose(scenario.load(file, taxonomy), wanted)) do
        local run = scenario.run(s, require("medel.workspace").parameters())
        for year = run.first, run.last do out[#out + 1] = scenario.report(run, year) end
      end
    end
  end
  return out
end

-- Everything that can be wrong before the first report is read.
local function prepare(args)
  local workspace = require "medel.workspace"
  local taxonomy = workspace.taxonomy()
  local packs = #args.packs > 0 and args.packs or workspace.usual_packs
  local open = opener {
    taxonomy = taxonomy, packs = packs, only = args.only, except = args.except, rules = args.rules,
    overrides = pairs_of(args.norm, "--norm", "^([%w_.]+)=([%w_]+)$"),
    sets = pairs_of(args.set, "--set", "^([%w_.]+)=(.+)$"),
  }
  local engagement = args.engagement and require("medel.engagement").read(args.engagement, true)
  local files = with_projections(workspace.reports(args.FILE), taxonomy, args.scenario)
  return { taxonomy = taxonomy, open = open, engagement = engagement, files = files }
end

local function audit_file(setup, args, file)
  local workspace = require "medel.workspace"
  local ar = type(file) == "userdata" and file or load(setup.taxonomy, file)
  if not ar then return nil end
  local w = setup.open(ar)
  local previous
  if args.previous then
    local before = load(setup.taxonomy, args.previous)
    if not before then return nil end
    previous = workspace.audit(setup.open(before), before)
  end
  local result = workspace.audit(w, ar, { engagement = setup.engagement, previous = previous, norms = true })
  if ar.scenario and #args.only == 0 then require("medel.scenario").without_document(result) end
  return result
end

function spec.run(args)
  local workspace = require "medel.workspace"
  require("medel.terminal").use_colour(args.colour)
  local ok, setup = pcall(prepare, args)
  if not ok then
    require("medel.terminal").complain("medel audit: ", tostring(setup), "\n")
    return 2
  end
  local writer = require("medel.writers." .. args.format)
  local least, found, failed = workspace.weight[args.level], false, false
  local results, unread, n = {}, {}, 0
  for _, file in ipairs(setup.files) do
    local fine, result = pcall(audit_file, setup, args, file)
    if not fine then require("medel.terminal").complain("medel audit: ", tostring(result), "\n") end
    if fine and result then
      result.shown = {}
      for _, f in ipairs(result.findings) do
        if workspace.weight[f.level] >= least then result.shown[#result.shown + 1] = f end
      end
      found = found or #result.shown > 0
      failed = failed or #result.broken > 0
      n = n + 1
      if writer.all then results[n] = result end -- else it can be forgotten
      if writer.one then require("medel.terminal").write(writer.one(result, { why = args.why, first = n == 1 })) end
    else
      failed = true
      unread[#unread + 1] = file
    end
  end
  if writer.all then
    io.stdout:write(writer.all(results, { level = args.level, bom = args.bom, unread = unread }))
  end
  return failed and 2 or found and 1 or 0
end

return spec
