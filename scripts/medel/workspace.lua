-- workspace.lua: the taxonomy, parameters and rules that a session works with, and one audit.
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"

local workspace = {}

-- What an audit runs unless told otherwise.
workspace.usual_packs = { "nationell", "kpmg" }
-- What it runs besides when it is given a ledger.
workspace.ledger_packs = { "huvudbok", "avstamning" }

-- Both: what an audit with a ledger runs.
function workspace.all_packs()
  local list = table.move(workspace.usual_packs, 1, #workspace.usual_packs, 1, {})
  return table.move(workspace.ledger_packs, 1, #workspace.ledger_packs, #list + 1, list)
end

local installed = {} -- the last that was read: { path, text, taxonomy }

function workspace.taxonomy()
  local path = medel.data .. "/rules/taxonomy/finsam.yaml"
  local text = files.need(path)
  if installed.path == path and installed.text == text then return installed.taxonomy end
  local taxonomy, why = medel.read_taxonomy(text, path)
  if not taxonomy then error(why, 0) end
  installed = { path = path, text = text, taxonomy = taxonomy }
  return taxonomy
end

-- Rules call a stair with an amount, so what replaces one must be a stair.
local function is_stair(parameter)
  local first = parameter.norms and parameter.norms[1] or parameter
  return first.values and first.values[1] and first.values[1].steps ~= nil
end

-- The parameters of several files, and values set for a what-if, by id.
local function merged(paths, sets)
  local all = {}
  for _, path in ipairs(paths) do
    local text = files.need(path)
    local ok, fault = medel.read_parameters(text, workspace.short(path)) -- its own errors have its own places
    if not ok then error(fault, 0) end
    local one, why = medel.yaml(text, path)
    if not one then error(why, 0) end
    for id, value in pairs(one) do all[id] = value end
  end
  for id, value in pairs(sets or {}) do
    if not all[id] then error(("--set: no parameter '%s'%s"):format(id, diagnostics.hint(id, all)), 0) end
    local dated = { from = "1900-01-01", source = "satt för prövning" }
    if is_stair(all[id]) then dated.steps = { { rate = value } } else dated.value = value end
    all[id] = { title = all[id].title, base = all[id].base, values = { dated } }
    local one = require "medel.yaml_text" { medel_parameters = "1", [id] = all[id] }
    if not medel.read_parameters(one, "--set") then
      error(("--set %s: '%s' is no value of it: a figure with its unit is expected, as 20 %%, 7 000 000 kr or 10"):format(id, value), 0)
    end
  end
  return all
end

-- Why the parameter has no such norm, or nil.
local function wrong_norm(list, id, norm)
  local ids, norms = {}, {}
  for _, p in ipairs(list) do
    ids[p.id] = true
    if p.id == id and p.norm then norms[p.norm] = true end
  end
  if norms[norm] then return nil end
  if not ids[id] then return ("no parameter '%s'%s"):format(id, diagnostics.hint(id, ids)) end
  if not next(norms) then return ("%s has no competing norms"):format(id) end
  local names = {}
  for name in pairs(norms) do names[#names + 1] = name end
  table.sort(names)
  return ("%s has no norm '%s' (%s)%s"):format(id, norm, table.concat(names, ", "), diagnostics.hint(norm, norms))
end

local function check_norms(list, norms)
  local ids = {}
  for id in pairs(norms) do ids[#ids + 1] = id end
  table.sort(ids)
  for _, id in ipairs(ids) do
    local why = wrong_norm(list, id, norms[id])
    if why then error("--norm: " .. why, 0) end
  end
end

-- What packs choose is a norm of a parameter that they have.
local function check_pack_norms(packs, paths)
  local list
  for _, pack in ipairs(packs) do
    for id, norm in pairs(pack.doc and pack.norms or {}) do
      list = list or workspace.parameters(paths):list()
      local why = wrong_norm(list, id, norm)
      if why then pack.doc:wrong(pack.norms, id, "%s", why) end
    end
    if pack.doc then pack.doc:done() end
  end
end

-- A pack's choice among norms falls where the parameter was replaced by one that has no such norm.
local function possible(norms, all)
  local out = {}
  for id, norm in pairs(norms) do
    for _, known in ipairs(all[id] and all[id].norms or {}) do
      if known.id == norm then out[id] = norm end
    end
    if not all[id] then out[id] = norm end -- no parameter at all: that is said
  end
  return out
end

-- Dated parameters of several files, with values set for a what-if ({ id = "12 %" }).
-- 'more' are files whose parameters come beside those, and replace those of the same id;
-- 'norms' says by id which of competing norms counts.
function workspace.parameters(paths, sets, more, norms)
  local first = medel.data .. "/rules/parametrar/nationell.yaml"
  paths = paths and #paths > 0 and paths or { first }
  paths = table.move(more or {}, 1, #(more or {}), #paths + 1, table.move(paths, 1, #paths, 1, {}))
  local parameters, why
  if #paths == 1 and not (sets and next(sets)) then
    parameters, why = medel.read_parameters(files.need(paths[1]), workspace.short(paths[1]), norms)
  else
    local all = merged(paths, sets)
    parameters, why = medel.read_parameters(require "medel.yaml_text"(all), "parametrar", norms and possible(norms, all))
  end
  if not parameters then error(why, 0) end
  return parameters
end

-- A path as a reader wants it: without the way to the installation.
function workspace.short(path)
  local prefix = medel.data .. "/"
  if path:sub(1, #prefix) == prefix then return path:sub(#prefix + 1) end
  return path
end

-- Does an id belong to the ids and groups of a list?  'unused' keeps those that no id did.
local function selector(list, unused)
  if not list or #list == 0 then return nil end
  local set = {}
  for _, text in ipairs(list) do
    for id in text:gmatch "[^,%s]+" do
      set[#set + 1] = id:upper()
      unused[id:upper()] = true
    end
  end
  return function(id)
    local chosen = false
    for _, want in ipairs(set) do
      if id:upper() == want or id:upper():sub(1, #want + 1) == want .. "-" then
        chosen, unused[want] = true, nil
      end
    end
    return chosen
  end
end

-- The taxonomy with what packs add to it, and by a check's id { pack, file } of those they add.
local function extended(taxonomy, relations)
  local added = {}
  for _, one in ipairs(relations) do
    local file = workspace.short(one.path)
    local more = diagnostics.need(medel.extend_taxonomy(taxonomy, files.need(one.path), file))
    local before = {}
    for _, check in ipairs(medel.check_rules(taxonomy)) do before[check.id] = true end
    for _, check in ipairs(medel.check_rules(more)) do
      if not before[check.id] then added[check.id] = { pack = one.pack, file = file } end
    end
    taxonomy = more
  end
  return taxonomy, added
end

-- The packs that are chosen and what they say together, without any rule being read.
-- options: taxonomy, packs (ids or folders), rules (more folders, where packs are looked for first),
-- norms ({ parameter = norm }), sets ({ parameter = value }), parameters (more files of them)
function workspace.setting(options)
  local packs, folders = require "medel.packs", {}
  local ids = table.move(options.packs, 1, #options.packs, 1, {})
  for i, folder in ipairs(options.rules or {}) do
    if not files.is_folder(folder) then error("no such folder: " .. folder, 0) end
    folders[i] = folder
    ids[#ids + 1] = folder:find "/" and folder or "./" .. folder
  end
  local list = packs.resolve(ids, folders)
  local setting = packs.merge(list)
  check_pack_norms(list, setting.files)
  if options.norms then -- what was asked for by name is there, or it is said
    check_norms(workspace.parameters(setting.files, options.sets, options.parameters):list(), options.norms)
  end
  for id, norm in pairs(options.norms or {}) do setting.norms[id] = norm end
  setting.packs = list
  setting.taxonomy, setting.added_checks = extended(options.taxonomy, setting.relations)
  setting.parameters = workspace.parameters(setting.files, options.sets, options.parameters, setting.norms)
  return setting
end

-- The ids of all rules that are installed, whatever packs are chosen.
local function installed_ids()
  local ids = {}
  for _, path in ipairs(files.list(medel.data .. "/rules", ".lua")) do
    local source = files.read(path)
    ids[#ids + 1] = source and source:match "%f[%w_]id%s*=%s*[\"']([^\"']+)[\"']"
  end
  return ids
end

-- { id = true } of all rules, and a list of the ids, those of packs that are not chosen now among them.
local function all_ids(w)
  local known, names, all = {}, {}, installed_ids()
  for id in pairs(w.by_id) do all[#all + 1] = id end
  for id in pairs(w.ids) do all[#all + 1] = id end
  for _, id in ipairs(all) do
    id = id:upper()
    if not known[id] then names[#names + 1] = id end
    known[id] = true
  end
  return known, names
end

-- What packs switch off and weigh are rules or groups.
local function check_ids(w)
  if not next(w.off) and not next(w.levels) then return end
  local known, names = all_ids(w)
  for _, id in ipairs(table.move(names, 1, #names, 1, {})) do
    local group = id:match "^(.*)%-[^-]*$"
    while group do -- SUM-01 is of the group SUM
      if not known[group] then names[#names + 1] = group end
      known[group] = true
      group = group:match "^(.*)%-[^-]*$"
    end
  end
  table.sort(names)
  require("medel.packs").check_ids(w.packs, function(id) return known[id] end, names)
end

-- What an akt or a decided departure names is a rule, or a question that is asked.
function workspace.check_named(w, ...)
  local known, asked
  local function is_known(id)
    if w.by_id[id] or w.ids[id] then return true end
    if not known then known, asked = all_ids(w), require("medel.questions").outside() end
    return known[id] or asked[id] ~= nil
  end
  local function hint(id)
    local all = {}
    for name in pairs(known) do all[name] = true end
    for name in pairs(asked) do all[name] = true end
    return diagnostics.hint(id, all)
  end
  for _, list in ipairs { ... } do require("medel.engagement").check_ids(list, is_known, hint) end
end

-- The rules of a setting.  options: setting, only, except (lists of ids or groups),
-- time_ms, memory_mb, own_checks (false: without those of the taxonomy)
function workspace.open(options)
  local setting = options.setting
  local w = { taxonomy = setting.taxonomy, rules = {}, by_id = {}, ids = {}, broken = {}, loaded = {}, libraries = {}, packs = setting.packs,
              norms = setting.norms, off = setting.off, levels = setting.levels, parameters = setting.parameters,
              sections = setting.sections, template = setting.template }
  w.runner = medel.runner { parameters = w.parameters, time_ms = options.time_ms, memory_mb = options.memory_mb }
  local unused = {}
  local only, except = selector(options.only, unused), selector(options.except, unused)
  w.choosing = only or except or next(w.off) -- else no source needs to be searched for its id
  function w.selected(id)
    local wanted, unwanted = not only or only(id), except and except(id)
    return wanted and not unwanted and not w.off[id:upper()]
  end
  for _, check in ipairs(options.own_checks == false and {} or medel.check_rules(w.taxonomy)) do
    local added = setting.added_checks[check.id]
    check.core, check.pack, check.file = true, added and added.pack or "nationell", added and added.file
    if check.ledger then
      workspace.add_ledger_tie(w, check)
    else
      w.by_id[check.id] = check
      if w.selected(check.id) then w.rules[#w.rules + 1] = check end
    end
  end
  for _, pack in ipairs(w.packs) do
    for _, path in ipairs(require("medel.packs").files(pack)) do workspace.add_rule(w, path, pack.id) end
  end
  check_ids(w)
  local misspelt = {}
  for id in pairs(unused) do misspelt[#misspelt + 1] = id end
  table.sort(misspelt)
  if misspelt[1] then error("no rule or group: " .. table.concat(misspelt, ", "), 0) end
  for _, rule in ipairs(w.rules) do rule.level = w.levels[rule.id:upper()] or rule.level end
  return w
end

-- A line that holds tables against the bookkeeping is a rule that is made of it.
function workspace.add_ledger_tie(w, check)
  w.ids[check.id] = true
  if not w.selected(check.id) then return end
  local file = check.file or "rules/taxonomy/finsam.yaml"
  local rule, why = w.runner:load(file, require("medel.ledger_ties").source(check))
  if not rule then error(why, 0) end
  rule.pack, rule.relations, rule.tie = check.pack, check.relations, true
  w.loaded[#w.loaded + 1], w.rules[#w.rules + 1], w.by_id[rule.id] = rule, rule, rule
end

function workspace.add_rule(w, path, pack)
  local name = workspace.short(path)
  local source, why = files.read(path)
  local id = w.choosing and source and source:match "%f[%w_]id%s*=%s*[\"']([^\"']+)[\"']"
  if id then w.ids[id] = true end
  if source and id and not w.selected(id) then return end
  local rule
  if source then rule, why = w.runner:load(name, source, require("medel.packs").libraries(path, w.libraries)) end
  if not rule then
    w.broken[#w.broken + 1] = { file = name, error = why }
    return
  end
  rule.pack, rule.path = pack, path
  w.loaded[#w.loaded + 1] = rule
  if not w.selected(rule.id) then
    rule.duplicate = true -- the source did not show its id
  elseif w.by_id[rule.id] then
    rule.duplicate = true -- it was loaded, so the runner will run it; its outcome is not used
    w.broken[#w.broken + 1] = { file = name, id = rule.id,
      error = ("rule id %s is already used by %s"):format(rule.id,
        w.by_id[rule.id].file or "a check of the taxonomy") }
  else
    w.by_id[rule.id] = rule
    w.rules[#w.rules + 1] = rule
  end
end

-- ---- auditing one report ----

local weight = { error = 4, deviation = 3, recommendation = 2, note = 1 }
workspace.weight = weight

local function add_findings(result, rule, list)
  for _, f in ipairs(list) do
    f.rule, f.title, f.ground, f.pack = rule.id, rule.title, result.grounds[rule.id] or rule.ground, rule.pack
    f.level = f.level or rule.level
    f.recommendation = f.recommendation or rule.recommendation
    f.group = rule.group
    result.findings[#result.findings + 1] = f
  end
end

local function too_early(ar)
  return ("kravet fanns inte i lag eller norm %d"):format(ar.rakenskapsar)
end

-- One cause is one finding: what follows from it is told under it, at the heaviest level of them.
-- A question that follows a question is the same of another column.
local function tell_consequences(k)
  local words, names, seen, same = require "medel.writers.words", {}, {}, k.proof == "question"
  for _, other in ipairs(k.consequences) do
    same = same and other.proof == "question"
    local name = ("%s (%s)"):format(words.name(other.evidence[1]), other.rule)
    if not seen[name] then names[#names + 1], seen[name] = name, true end
    if weight[other.level] > weight[k.level] then k.level = other.level end
  end
  if #names > 6 then names = table.move(names, 1, 6, 1, { [7] = "…" }) end
  k.message = ("%s %s: %s."):format(k.message, same and "Detsamma gäller" or "Därav följer", table.concat(names, ", "))
end

-- The places of its figures, and how many they are; 'known' has those that were asked for.
local function figures_of(f, known)
  local set = known[f]
  if set then return set.places, set.n end
  local places, n = {}, 0
  for _, e in ipairs(f.evidence or {}) do
    local place = e.file and ("%s:%d:%d"):format(e.file, e.line, e.col) or "computed"
    n = n + (places[place] and 0 or 1)
    places[place] = true
  end
  known[f] = { places = places, n = n }
  return places, n
end

local ours = { nationell = true, kpmg = true, huvudbok = true, avstamning = true }

-- A sum that nobody printed rests on what its table prints for the year.
local function is_of(e, wrong)
  if not e.file then return false end
  if e.state == "computed" then return e.table == wrong.table and e.year == wrong.year and e.variant == wrong.variant end
  return e.file == wrong.file and e.line == wrong.line and e.col == wrong.col
end

-- A rule of ours that has nothing but the figures of a check that accuses, the blamed one or
-- several, says it again; one whose amounts rest on a figure that a check blames says what follows from it.
-- What somebody else's rule says is theirs to say, and a form does not depend on amounts.
local function told_by(f, checks, known)
  if f.proof or not ours[f.pack] then return end
  local figures, n = figures_of(f, known)
  for _, one in ipairs(checks) do
    if one.blamed and f.group ~= "FRM" and weight[f.level] >= weight.deviation then
      for _, e in ipairs(f.evidence or {}) do
        if is_of(e, one.blamed) then return one, true end
      end
    end
    if n > 1 or n > 0 and f.file == one.file and f.line == one.line and f.col == one.col then
      local theirs, all = figures_of(one, known), true
      for place in pairs(figures) do all = all and theirs[place] end
      if all then return one end
    end
  end
end

local function tell_once(result)
  local checks, out, left, known = {}, {}, {}, {}
  for _, f in ipairs(result.findings) do
    if f.proof and weight[f.level] >= weight.deviation then checks[#checks + 1] = f end
  end
  for _, f in ipairs(result.findings) do
    local main, follows = told_by(f, checks, known)
    if follows then
      main.consequences = main.consequences or {}
      main.consequences[#main.consequences + 1] = f
    end
    if main then left[f.rule] = left[f.rule] or main.rule else out[#out + 1] = f end
  end
  for _, f in ipairs(out) do
    if f.consequences then tell_consequences(f) end
  end
  local tables = {}
  for _, t in ipairs(result.ar:tables()) do tables[t.id_] = true end
  local gone
  out, gone = require("medel.one_figure").tell(out, tables, function(f)
    return ours[f.pack] and f.group ~= "FRM" and weight[f.level] >= weight.deviation
  end, function(a, b) return weight[a] > weight[b] end)
  for f, main in pairs(gone) do left[f.rule] = left[f.rule] or main.rule end
  for _, f in ipairs(out) do left[f.rule] = nil end
  for _, rule in ipairs(result.tried) do
    if left[rule.id] then
      result.not_applicable[#result.not_applicable + 1] = { rule = rule, missing = "följer av " .. left[rule.id] }
    end
  end
  return out
end

-- The outcomes of a check of the taxonomy, one for each place it was tried, as one.  before: the
-- conventions that last year's report was printed by.
local function core_outcomes(ar, result, before)
  local by_rule, document = {}, require "medel.document"
  local part = result.kind == "delarsrapport"
  local checks, found = medel.checks(ar, before, false, result.rule_set.taxonomy)
  result.conventions = found
  for _, k in ipairs(checks) do
    local o = by_rule[k.rule] or { passed = 0, findings = {}, missing = {} }
    by_rule[k.rule] = o
    if k.follows then
      local main = checks[k.follows]
      main.consequences = main.consequences or {}
      main.consequences[#main.consequences + 1] = k
      o.missing[#o.missing + 1] = "följer av " .. main.rule
    elseif k.outcome == "finding" and part and not document.speaks_of_one_period(k, ar.rakenskapsar) then
      o.missing[#o.missing + 1] = "jämförelsetalen i en delårsrapport avser olika perioder"
    elseif k.outcome == "finding" then
      o.findings[#o.findings + 1] = k
    elseif k.outcome == "passed" then
      o.passed = o.passed + 1
    else
      o.missing[#o.missing + 1] = k.missing
    end
  end
  for _, rule in ipairs(result.tried) do
    if rule.core then
      local o = by_rule[rule.id] or { passed = 0, findings = {}, missing = {} }
      if result.too_early[rule.id] then
        result.not_applicable[#result.not_applicable + 1] = { rule = rule, missing = too_early(ar) }
      elseif #o.findings > 0 then
        add_findings(result, rule, o.findings)
      elseif o.passed > 0 then
        result.passed[#result.passed + 1] = rule
      else
        result.not_applicable[#result.not_applicable + 1] =
          { rule = rule, missing = o.missing[1] or "det som kravet gäller är inte tryckt" }
      end
    end
  end
end

local function rule_outcomes(w, ar, result)
  local numbers, document = {}, require "medel.document"
  for i, rule in ipairs(w.loaded) do
    if document.has(result.kind, rule) then
      if not result.too_early[rule.id] then
        numbers[#numbers + 1] = i
      elseif not rule.duplicate then
        result.not_applicable[#result.not_applicable + 1] = { rule = rule, missing = too_early(ar) }
      end
    end
  end
  local outcomes = w.runner:run(ar, require "medel.beside"(result, { rules = numbers }))
  result.used_norms = {}
  for k, i in ipairs(numbers) do
    local o, rule = outcomes[k], w.loaded[i]
    result.used_norms[i] = o.norms
    if rule.duplicate then
      -- reported once, when the rules were loaded
    elseif o.outcome == "finding" then
      add_findings(result, rule, o.findings)
      if o.refused then result.broken[#result.broken + 1] = { rule = rule, file = rule.file, error = o.refused } end
    elseif o.outcome == "passed" then
      result.passed[#result.passed + 1] = rule
    elseif o.outcome == "not_applicable" then
      result.not_applicable[#result.not_applicable + 1] = { rule = rule, missing = o.missing }
    else
      result.broken[#result.broken + 1] = { rule = rule, file = rule.file, error = o.error }
    end
  end
end

local function order(a, b)
  if a.level ~= b.level then return weight[a.level] > weight[b.level] end
  if a.rule ~= b.rule then return a.rule < b.rule end
  if a.file ~= b.file then return a.file < b.file end
  if a.line ~= b.line then return a.line < b.line end
  if a.col ~= b.col then return a.col < b.col end
  return a.message < b.message
end

-- A rule that remembers something of each voucher needs more for more of them.
function workspace.limits(bok, limits)
  local rows = bok and bok.rader or 0
  return { time_ms = require("medel.guest").at_most((limits and limits.time_ms or 2000) + rows // 100),
           memory_mb = (limits and limits.memory_mb or 64) + rows // 5000 }
end

-- Those for this kind of document.  What they rest on is what was in force at the year's end; one
-- whose requirement did not exist then does not apply.
local function choose_rules(w, result)
  local document, grounds = require "medel.document", require "medel.grounds"
  local year = result.ar.rakenskapsar
  result.kind, result.last_day = document.kind(result.ar)
  result.grounds, result.too_early = {}, {}
  for _, rule in ipairs(w.rules) do
    if document.has(result.kind, rule) then
      local ground = grounds.at(rule.ground, year)
      result.tried[#result.tried + 1] = rule
      result.grounds[rule.id], result.too_early[rule.id] = ground, ground == nil or nil
    end
  end
end

-- What the books come to: of a delårsrapport until its last day, where there are vouchers to count.
function workspace.statements(result)
  local bok, plan = result.ledger, result.kontoplan
  if result.kind == "delarsrapport" and result.last_day and bok.rader > 0 then return plan:statements(bok, result.last_day) end
  return plan:statements(bok)
end

-- options: engagement, avsteg (what was decided), previous (last year's result), delar
-- (the year's delårsrapport), sektor (others' reports), competing
-- (compare competing norms), ledger, kontoplan (by which it becomes rows)
function workspace.audit(w, ar, options)
  local result = { ar = ar, file = ar.fil, findings = {}, passed = {}, not_applicable = {}, broken = {}, tried = {},
                   rule_set = w, previous = options.previous and options.previous.ar, sektor = options.sektor,
                   ledger = options.ledger, kontoplan = options.kontoplan, engagement = options.engagement,
                   sections = w.sections }
  choose_rules(w, result)
  core_outcomes(ar, result, options.previous and options.previous.conventions)
  require "medel.disclosed"(result)
  if result.ledger then result.statements = workspace.statements(result) end
  rule_outcomes(w, ar, result)
  result.findings = require "medel.merge"(tell_once(result))
  for _, b in ipairs(w.broken) do result.broken[#result.broken + 1] = b end
  if options.delar then require("medel.interim").add(w, result, options.delar) end
  local engagement = require "medel.engagement"
  result.materiality = engagement.materiality(result.engagement, ar, w.parameters)
  engagement.weigh(result.findings, result.materiality)
  for _, f in ipairs(result.findings) do f.fingerprint = engagement.fingerprint(f) end
  if options.previous then require("medel.followup").add(w, result, options.previous) end
  engagement.apply_avsteg(result, options.avsteg)
  if options.competing then require("medel.norms").add(w, result) end
  table.sort(result.findings, order)
  table.sort(result.not_applicable, function(a, b) return a.rule.id < b.rule.id end)
  result.rules = #result.tried
  return result
end

-- result.shown: the findings of a level and above.
function workspace.show(result, level)
  result.shown = {}
  for _, f in ipairs(result.findings) do
    if weight[f.level] >= weight[level] then result.shown[#result.shown + 1] = f end
  end
end

local function kind_of(path)
  local text = files.read(path)
  return text and medel.file_kind(text)
end

-- What stands beside reports without being one: a förbund, an engagement, avsteg, tests.
local function is_companion(file)
  local name = file:match "[^/]+$"
  if name == "forbund.yaml" or name:find "%.test%.yaml$" then return true end
  local kind = kind_of(file)
  if kind then return kind ~= "report" end
  local text = files.read(file) -- another that says what it is: medel_planterade: 1
  return text ~= nil and ("\n" .. text):find "\nmedel_%l+:" ~= nil
end

-- Is this file a scenario and not a report?
function workspace.is_scenario(path)
  return path:find "%.lua$" ~= nil or not files.is_folder(path) and kind_of(path) == "scenario"
end

-- Report files named by the user: files as they are, folders searched.
function workspace.reports(paths)
  local list = {}
  for _, path in ipairs(paths) do
    path = #path > 1 and path:gsub("/+$", "") or path
    if files.is_folder(path) then
      local found = 0
      for _, file in ipairs(files.list(path, ".yaml")) do
        if not is_companion(file) then
          list[#list + 1] = file
          found = found + 1
        end
      end
      if found == 0 then error("no report (*.yaml) in " .. path, 0) end
    else
      list[#list + 1] = path
    end
  end
  return list
end

return workspace
