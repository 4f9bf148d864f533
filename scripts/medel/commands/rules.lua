-- rules.lua: what is tested, and on what ground.
local shared = require "medel.options"

local spec = {
  name = "rules",
  in_child = true,
  summary = "List the rules, or show some with their ground.",
  description = "Without arguments list every rule: id, level, title. With ids or groups show "
    .. "each with its ground, what it needs and where it is.",
  arguments = { { name = "ID", args = "*", doc = "Rules (EKA-01) or groups (EKA)." } },
  options = {
    { flags = "-f --format", target = "format", value = "FORMAT", choices = { "text", "json" },
      default = "text", doc = "How to print." },
    shared.some("--pack")[1], shared.some("--rules")[1], shared.printing[1], shared.printing[2],
    { flags = "--law", target = "law", value = "LAW",
      doc = "Those that rest on a law, a chapter or a paragraph: LKBR, \"LKBR 11\", \"LKBR 11:8\", \"FinsamL 5\"." },
    { flags = "--catalogue", target = "catalogue",
      doc = "Every id that a complete audit has, what implements it, and how many test cases." },
  },
  exit = { { "0", "listed" }, { "2", "no such rule, or a rule is broken" } },
  examples = { { "medel rules", "All of them." }, { "medel rules EKA-01", "One, with its ground." } },
}

local terminal = require "medel.terminal"
local write = terminal.write

-- "  ground          LKBR 4 kap. 3 §", broken where the line ends.
local function named(name, text)
  return terminal.fill(("  %-16s"):format(name), text, 18)
end

local function show(w, rule)
  local grounds = require "medel.grounds"
  local out = {
    terminal.fill(rule.id .. "  ", rule.title, 9),
    named("level", rule.level .. (rule.why and ": " .. rule.why or "")),
    named("ground", grounds.full(rule.ground)),
  }
  local function add(name, text) out[#out + 1] = named(name, text) end
  local before = grounds.at(rule.ground, 2018)
  if rule.from or rule.to then
    add("in force", (rule.from and "from " .. rule.from or "") .. (rule.to and " to " .. rule.to or ""))
  elseif before ~= rule.ground then
    add("before 2019", before and grounds.full(before) or "no such requirement")
  end
  if rule.document then add("document", rule.document) end
  for _, p in ipairs(require("medel.catalogue").parameters(w, rule)) do
    add("parameter", ("%s, from %s: %s"):format(p.id, p.from, p.source))
  end
  if rule.needs and #rule.needs > 0 then add("needs", table.concat(rule.needs, ", ")) end
  if rule.recommendation then add("recommendation", rule.recommendation) end
  if rule.limits then add("limits", rule.limits) end
  if rule.asks then add("asks", rule.asks) end
  for _, says in ipairs(rule.relations or {}) do add("relation", says) end
  -- a path that is too long stands whole on a line of its own
  local file = rule.file or "rules/taxonomy/finsam.yaml"
  local runs = (rule.core or rule.tie or not rule.file) and " (run by the core)" or ""
  if 18 + terminal.width(file) > terminal.columns() then
    out[#out + 1] = ("  file%s\n    %s"):format(runs, file)
  else
    add("file", file .. runs)
  end
  return table.concat(out, "\n") .. "\n"
end

local function as_json(list)
  local medel = require "medel"
  local out = {}
  for i, rule in ipairs(list) do
    out[i] = { id = rule.id, title = rule.title, ground = rule.ground, level = rule.level,
               needs = rule.needs or {}, recommendation = rule.recommendation or medel.null,
               limits = rule.limits or medel.null, file = rule.file or medel.null,
               pack = rule.pack or medel.null, relations = rule.relations and #rule.relations > 0 and rule.relations or medel.null,
               ground_full = require("medel.grounds").full(rule.ground), why = rule.why or medel.null,
               from = rule.from or medel.null, to = rule.to or medel.null, document = rule.document or medel.null,
               asks = rule.asks or medel.null }
  end
  return medel.json(out) .. "\n"
end

local function show_catalogue(w)
  local entries, size = require("medel.catalogue").entries(w)
  local n, missing, rows = {}, 0, {}
  for i, e in ipairs(entries) do
    if i <= size then n[e.kind] = (n[e.kind] or 0) + 1 end
    if e.kind == "missing" then missing = missing + 1 end
    rows[i] = { e.id, e.kind, e.what .. (e.cases and (" (%d)"):format(e.cases) or ""), e.title }
  end
  require("medel.grid").lay(rows, { align = { "l", "l", "l", "l" }, gap = 1 }).each(function(text, i, first)
    if i == size + 1 and first then write "\nBeyond the catalogue:\n" end
    write(text .. "\n")
  end)
  write(("\n%d ids: %d rules, %d checks, %d covered, %d outside, %d missing\n"):format(size,
    n.rule or 0, n.check or 0, n.covered or 0, n.outside or 0, missing))
  return missing > 0 and 1 or 0
end

function spec.run(args)
  local workspace = require "medel.workspace"
  local ok, w = pcall(function()
    return shared.open(args, { packs = #args.packs > 0 and args.packs or workspace.all_packs(), only = args.ID }):rule_set()
  end)
  if not ok then
    require("medel.terminal").complain_of("rules", w)
    return 2
  end
  table.sort(w.rules, function(a, b) return a.id < b.id end)
  for _, b in ipairs(w.broken) do require("medel.terminal").complain(("broken rule %s: %s\n"):format(require("medel").show(b.file), b.error)) end
  if #args.ID > 0 and #w.rules == 0 then
    require("medel.terminal").complain("medel rules: no such rule\n")
    return 2
  end
  if args.law then
    local grounds, kept = require "medel.grounds", {}
    for _, rule in ipairs(w.rules) do
      if grounds.stands_in(rule.ground, args.law) then kept[#kept + 1] = rule end
    end
    if #kept == 0 then
      require("medel.terminal").complain(("medel rules: no rule rests on '%s'\n"):format(require("medel").show(args.law)))
      return 2
    end
    w.rules = kept
  end
  if args.catalogue then
    return math.max(show_catalogue(w), #w.broken > 0 and 2 or 0)
  elseif args.format == "json" then
    io.stdout:write(as_json(w.rules))
  elseif #args.ID > 0 then
    for i, rule in ipairs(w.rules) do write((i > 1 and "\n" or "") .. show(w, rule)) end
  else
    for _, rule in ipairs(w.rules) do
      write(terminal.fill(("%-7s %-14s "):format(rule.id, rule.level),
        rule.title .. (args.law and " (" .. rule.ground .. ")" or ""), 23) .. "\n")
    end
    write(("\n%d rules\n"):format(#w.rules))
  end
  return #w.broken > 0 and 2 or 0
end

return spec
