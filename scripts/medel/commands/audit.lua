-- audit.lua: what does not hold in a report.
local apart = require "medel.apart"

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
    { flags = "--ledger", target = "ledger", value = "FILE",
      doc = "The bookkeeping of the year, a SIE file: the rules over it run, too." },
    { flags = "--kontoplan", target = "kontoplan", value = "FILE",
      doc = "Which accounts make which rows; else the förbund's own, Kommun-Bas or BAS." },
    { flags = "--mapping", target = "mapping", value = "FILE",
      doc = "The ledger is a CSV file, with these columns." },
    { flags = "--engagement", target = "engagement", value = "FILE",
      doc = "The revisor's decisions; granskning.yaml beside the report unless given." },
    { flags = "--bom", target = "bom", doc = "Begin CSV with a byte order mark, which Excel needs for å, ä and ö." },
    { flags = "--why", target = "why", doc = "List the rules that did not apply, and why." },
    apart.limits[1], apart.limits[2], apart.jobs,
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
    { "medel audit 2023.yaml --ledger 2023.se", "The report and the books behind it." },
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
local function reports_of(file, taxonomy, wanted)
  local out = {}
  if not require("medel.workspace").is_scenario(file) then
    local ar = load(taxonomy, file)
    if not ar or #wanted == 0 then return { ar } end
    for _, p in ipairs(require("medel.plans").choose(ar, wanted)) do out[#out + 1] = p.report end
    return out
  end
  local scenario = require "medel.scenario"
  for _, s in ipairs(scenario.choose(scenario.load(file, taxonomy), wanted)) do
    local run = scenario.run(s, require("medel.workspace").parameters())
    for year = run.first, run.last do out[#out + 1] = scenario.report(run, year) end
  end
  return out
end

-- Everything that can be wrong before the first report is read.
local function prepare(args)
  local workspace = require "medel.workspace"
  local taxonomy = workspace.taxonomy()
  local bok = workspace.ledger(args.ledger, { mapping = args.mapping, progress = require("medel.progress").bar(args.ledger) })
  local packs = #args.packs > 0 and args.packs or bok and workspace.all_packs() or workspace.usual_packs
  local limits = workspace.limits(bok, apart.limits_of(args))
  local open = opener {
    taxonomy = taxonomy, packs = packs, only = args.only, except = args.except, rules = args.rules,
    overrides = pairs_of(args.norm, "--norm", "^([%w_.]+)=([%w_]+)$"),
    sets = pairs_of(args.set, "--set", "^([%w_.]+)=(.+)$"), time_ms = limits.time_ms, memory_mb = limits.memory_mb,
  }
  local engagement = args.engagement and require("medel.engagement").read(args.engagement, true)
  local files = workspace.reports(args.FILE)
  if bok and #files > 1 then error("--ledger is the bookkeeping of one report, not of " .. #files, 0) end
  return { taxonomy = taxonomy, open = open, engagement = engagement, files = files, ledger = bok,
           jobs = apart.jobs_of(args), writer = require("medel.writers." .. args.format) }
end

local function audit_report(setup, args, ar)
  local workspace = require "medel.workspace"
  local w = setup.open(ar)
  local previous
  if args.previous then
    local before = load(setup.taxonomy, args.previous)
    if not before then return nil end
    previous = workspace.audit(setup.open(before), before)
  end
  local result = workspace.audit(w, ar, { engagement = setup.engagement, previous = previous, norms = true,
                                          ledger = setup.ledger, kontoplan = args.kontoplan })
  if ar.scenario and #args.only == 0 then require("medel.scenario").without_document(result) end
  return result
end

-- In a child: what becomes of one file, as plain values; what it prints is caught.
local function audit_file(setup, args, file)
  local workspace, writer = require "medel.workspace", setup.writer
  local answer = { parts = {}, found = false, failed = false, unread = {} }
  local function fails(why)
    if why then require("medel.terminal").complain("medel audit: ", tostring(why), "\n") end
    answer.failed = true
    answer.unread[1] = file
  end
  local fine, list = pcall(reports_of, file, setup.taxonomy, args.scenario)
  if not fine or #list == 0 then fails(not fine and list) end
  for _, ar in ipairs(fine and list or {}) do
    local ok, result = pcall(audit_report, setup, args, ar)
    if not ok or not result then
      fails(not ok and result)
    else
      workspace.show(result, args.level)
      answer.found = answer.found or #result.shown > 0
      answer.failed = answer.failed or #result.broken > 0
      local n = #answer.parts + 1
      if writer.one then
        answer.parts[n] = true
        io.stdout:write(n > 1 and "\n" or "", writer.one(result, { why = args.why }))
      else
        answer.parts[n] = writer.part(result, { level = args.level })
      end
    end
  end
  return answer
end

function spec.run(args)
  require("medel.terminal").use_colour(args.colour)
  local ok, setup = pcall(prepare, args)
  if not ok then
    require("medel.terminal").complain("medel audit: ", tostring(setup), "\n")
    return 2
  end
  local found, failed, parts, unread, printed_some = false, false, {}, {}, false
  apart.each(#setup.files, setup.jobs, function(i) return audit_file(setup, args, setup.files[i]) end,
    function(i, answer, why, printed)
      if not answer then
        require("medel.terminal").complain("medel audit: ", setup.files[i], ": ", why, "\n")
        answer = { parts = {}, failed = true, unread = { setup.files[i] } }
      end
      found, failed = found or answer.found, failed or answer.failed
      table.move(answer.parts, 1, #answer.parts, #parts + 1, parts)
      table.move(answer.unread, 1, #answer.unread, #unread + 1, unread)
      if printed ~= "" then
        require("medel.terminal").write((printed_some and "\n" or "") .. printed)
        printed_some = true
      end
    end)
  if setup.writer.join then
    io.stdout:write(setup.writer.join(parts, { level = args.level, bom = args.bom, unread = unread }))
  end
  return failed and 2 or found and 1 or 0
end

return spec
