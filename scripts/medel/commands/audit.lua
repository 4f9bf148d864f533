-- audit.lua: what does not hold in a report.
local spec = {
  name = "audit",
  summary = "Say what does not hold in reports, with figures, places and causes.",
  description = "Read each report, run the checks of the taxonomy and all rules on it, and "
    .. "print the findings, the heaviest first. A file that cannot be read is reported and "
    .. "the rest goes on.",
  arguments = { { name = "FILE", args = "+", doc = "Report files, or folders to search for them." } },
  options = {
    { flags = "-f --format", target = "format", value = "FORMAT", choices = { "text", "json", "md" },
      default = "text", doc = "How to print." },
    { flags = "-l --level", target = "level", value = "LEVEL", default = "recommendation",
      choices = { "error", "deviation", "recommendation", "note" },
      doc = "Show findings of this level and above; only they count for the exit status." },
    { flags = "--only", target = "only", value = "IDS", many = true,
      doc = "Only these rules or groups: EKA-01,SUM." },
    { flags = "--except", target = "except", value = "IDS", many = true,
      doc = "Not these rules or groups." },
    { flags = "--rules", target = "rules", value = "FOLDER", many = true,
      doc = "Rules of your own, besides the national ones." },
    { flags = "--norm", target = "norm", value = "PARAMETER=NORM", many = true,
      doc = "Choose a competing norm: riktlinje.eget_kapital=rak_20." },
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
    { "medel audit --format json 2023.yaml", "For another program." },
  },
}

local function overrides_of(list)
  local out = {}
  for _, text in ipairs(list or {}) do
    local id, norm = text:match "^([%w_.]+)=([%w_]+)$"
    if not id then error("--norm takes PARAMETER=NORM, not '" .. text .. "'", 0) end
    out[id] = norm
  end
  return out
end

local function audit_all(w, files, on_result)
  local worst, failed = false, false
  for _, file in ipairs(files) do
    local medel = require "medel"
    local ar, why = medel.load_report(w.taxonomy, file)
    if ar then
      local result = require("medel.workspace").audit(w, ar)
      if #result.broken > 0 then failed = true end
      on_result(result)
    else
      failed = true
      io.stderr:write(why)
    end
  end
  return worst, failed
end

function spec.run(args)
  local workspace = require "medel.workspace"
  require("medel.terminal").use_colour(args.colour)
  local ok, w, files = pcall(function()
    local w = workspace.open { only = args.only, except = args.except, rules = args.rules,
                               overrides = overrides_of(args.norm) }
    return w, workspace.reports(args.FILE)
  end)
  if not ok then
    io.stderr:write("medel audit: ", tostring(w), "\n")
    return 2
  end
  local writer = require("medel.writers." .. args.format)
  local least, found, results = workspace.weight[args.level], false, {}
  local _, failed = audit_all(w, files, function(result)
    result.shown = {}
    for _, f in ipairs(result.findings) do
      if workspace.weight[f.level] >= least then result.shown[#result.shown + 1] = f end
    end
    found = found or #result.shown > 0
    results[#results + 1] = result
    if writer.one then io.stdout:write(writer.one(result, { why = args.why, first = #results == 1 })) end
  end)
  if writer.all then io.stdout:write(writer.all(results, { why = args.why })) end
  return failed and 2 or found and 1 or 0
end

return spec
