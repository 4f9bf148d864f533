-- testing.lua: runs the cases beside a rule (NAME.test.yaml) on small reports.
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"
local shape = require "medel.shape"
local workspace = require "medel.workspace"
local yaml_of = require "medel.yaml_text"

local session = require "medel.session"

local testing = {}

-- All of it anew: a case is completed with what it does not say, and must not change the next.
local function copied(value)
  if type(value) ~= "table" then return value end
  local out = {}
  for key, item in pairs(value) do out[key] = copied(item) end
  return out
end

-- Lay `given` over `base`: mappings are merged, anything else replaced; the text
-- "absent" removes a key.
local function overlay(base, given)
  if type(given) ~= "table" then return given end
  local out = {} -- new, also where nothing is merged: a case is completed, and the next one begins anew
  if type(base) == "table" and given[1] == nil and base[1] == nil then
    for key, value in pairs(base) do out[key] = overlay(nil, value) end
  end
  for key, value in pairs(given) do
    if value == "absent" and given[1] == nil then out[key] = nil else out[key] = overlay(out[key], value) end
  end
  return out
end

local columns = { driftredovisning = true, investeringsredovisning = true }

-- What a test need not say: the version, the year, units, and years as columns.
local function complete(report)
  report.medel = report.medel or "1"
  report.rakenskapsar = report.rakenskapsar or "2023"
  local function table_of(t, name)
    t.enhet = t.enhet or "kr"
    if not t.kolumner and not columns[name] then t.kolumner = { report.rakenskapsar } end
  end
  for name, value in pairs(report) do
    if type(value) == "table" and value.rader and name ~= "forbund" then table_of(value, name) end
  end
  for _, note in pairs(report.noter or {}) do table_of(note, "") end
  return report
end

-- The report of a case, and what stands beside it: { ledger, forra, sektor, urval }; nil and why if one of
-- them cannot be read.
local function load_case(taxonomy, base, case, name)
  local given = overlay(copied(base), copied(case.given or {}))
  local huvudbok, bok, why = given.huvudbok, nil, nil
  local forra, sektor, urval, beside = given.forra, given.sektor, given.urval, {}
  given.huvudbok, given.forra, given.sektor, given.urval = nil, nil, nil, nil
  local report = complete(given)
  if huvudbok then
    local ok, text = pcall(require "medel.ledger_text", huvudbok, report.rakenskapsar)
    if not ok then return nil, text end
    bok, why = medel.read_ledger(text, name .. ".se")
    if not bok then return nil, why end
  end
  local function read(text, of)
    local ar, failure = medel.read_report(taxonomy, text, of)
    why = why or failure
    return ar
  end
  beside.ledger = bok
  if forra then
    forra.rakenskapsar = forra.rakenskapsar or report.rakenskapsar - 1
    beside.forra = read(yaml_of(complete(forra)), name .. ", forra")
  end
  for i, other in ipairs(sektor or {}) do
    other.rakenskapsar = other.rakenskapsar or report.rakenskapsar
    beside.sektor = beside.sektor or {}
    beside.sektor[i] = read(yaml_of(complete(other)), ("%s, sektor %d"):format(name, i))
  end
  if urval then beside.urval = require("medel.ledger.sample").of({ urval = urval }, bok) end
  local ar = read(yaml_of(report), name)
  if why then return nil, why end
  return ar, beside
end

-- ---- comparing ----

local function describe(outcome)
  if outcome.outcome == "finding" then
    local messages = {}
    for i, f in ipairs(outcome.findings) do messages[i] = f.message end
    return "finding: " .. table.concat(messages, " | ")
  end
  return outcome.outcome .. (outcome.missing and (": " .. outcome.missing) or "")
    .. (outcome.error and (": " .. outcome.error) or "")
end

-- What a reader would be told, and why a rule does not apply.
local function said(outcome)
  local out = {}
  for i, f in ipairs(outcome and outcome.findings or {}) do out[i] = f.message end
  if outcome and outcome.outcome == "not_applicable" then out[1] = outcome.missing end
  return out
end

local function compare(case, outcome)
  if outcome.outcome ~= case.expect then
    return ("expected %s, got %s"):format(case.expect, describe(outcome))
  end
  local want = case.message
  if want then
    local text = describe(outcome)
    if not text:find(want, 1, true) then
      return ("the message should contain %q; it is: %s"):format(want, text)
    end
  end
  if case.level and (not outcome.findings or outcome.findings[1].level ~= case.level) then
    local got = outcome.findings and outcome.findings[1].level or "none"
    return ("expected level %s, got %s"):format(case.level, got)
  end
  if case.findings and tostring(#(outcome.findings or {})) ~= case.findings then
    return ("expected %s findings, got %d"):format(case.findings, #(outcome.findings or {}))
  end
end

local text, any = shape.text, { kind = "any" }

testing.form = shape.map({
  { "rule", shape.needed "The rule or check that is tried." },
  { "cases", shape.list("The cases.", shape.map {
    { "name", shape.needed "What it shows." },
    { "given", shape.named("What is laid over the base; `absent` leaves out; huvudbok, forra, sektor and urval stand beside it.", any) },
    { "expect", shape.choice("What comes of it.", { "passed", "finding", "not_applicable" }, true) },
    { "message", text "A part of what is said." },
    { "level", shape.choice("The level of the first finding.", { "error", "deviation", "recommendation", "note" }) },
    { "findings", text("How many there are.", { pattern = "^%d+$", like = "1" }) },
    { "overrides", shape.named "Which of competing norms holds, by parameter." },
    { "set", shape.named "Values of parameters." },
  }, true) },
  { "base", shape.named("The report that every case stands on.", any) },
}, "Cases of a rule.")

-- "absent" of what the base has not is a name that is wrong.
local function check_absent(doc, i, given, base)
  for key, value in pairs(given) do
    local below = type(base) == "table" and base[key] or nil
    if value == "absent" and given[1] == nil then
      if below == nil then doc:wrong(given, key, "case %d: the base has no '%s' to leave out", i, tostring(key)) end
    elseif type(value) == "table" then
      check_absent(doc, i, value, below)
    end
  end
end

-- The cases of a file and where: at(map, key), "FILE:LINE:COL: error: "; or nil and all that is wrong
-- in it, as one text.
local function read_cases(path)
  local name = workspace.short(path)
  local ok, cases, at = pcall(function()
    local doc = shape.read(path, testing.form, "NAME.test.yaml", name)
    local cases, places = doc.root, doc.places
    if #doc.list == 0 then
      if not cases.cases[1] then doc:wrong(cases, "cases", "no cases") end
      for i, case in ipairs(cases.cases) do check_absent(doc, i, case.given or {}, cases.base) end
    end
    doc:done()
    return cases, function(map, key) return ("%s:%s: error: "):format(name, places[map] and places[map][key] or "1:1") end
  end)
  if ok then return cases, at end
  return nil, (tostring(cases):gsub("\n+$", ""))
end

-- ---- one rule file ----

local function outcome_of_core(taxonomy, taxonomy_rule, ar)
  local found = { outcome = "not_applicable", missing = "inget att pröva", findings = {} }
  for _, k in ipairs((medel.checks(ar, nil, false, taxonomy))) do
    if k.rule == taxonomy_rule then
      if k.outcome == "finding" then
        found.outcome = "finding"
        found.findings[#found.findings + 1] = k
      elseif k.outcome == "passed" and found.outcome ~= "finding" then
        found.outcome = "passed"
      end
    end
  end
  return found
end

-- The pack that a rule file belongs to: the nearest folder above it with a pack.yaml.
local function pack_of(path)
  local folder = path:match "^(.*)/[^/]*$"
  while folder and folder ~= "" do
    if not files.is_absent(folder .. "/pack.yaml") then return folder end
    folder = folder:match "^(.*)/[^/]*$"
  end
end

-- The session whose parameters and norms a rule meets when its pack is chosen; loose rules meet
-- those of the usual packs.
local function session_of(shared, rule_path, norms, sets)
  local pack = pack_of(rule_path) or ""
  local key = pack .. (norms and medel.json(norms, true) or "") .. "\0" .. (sets and medel.json(sets, true) or "")
  if not shared.sessions[key] then
    local packs = pack ~= "" and { pack:find "/" and pack or "./" .. pack } or nil
    shared.sessions[key] = session.new { taxonomy = shared.taxonomy, packs = packs, norms = norms, sets = sets }
  end
  return shared.sessions[key]
end

-- Returns { path, id, cases = {{ name, ok, why }}, lacks = { outcome, ... }, error }.  source: of a
-- rule that no file holds.
function testing.run_file(shared, rule_path, test_path, source)
  local result = { path = workspace.short(rule_path), cases = {}, lacks = {}, seen = {} }
  local why
  if not source then source, why = files.read(rule_path) end
  local cases, at = read_cases(test_path) -- or why there are none
  if not source or not cases then
    result.error = why or at
    return result
  end
  local runners = {}
  local function runner_for(norms, sets)
    local asked = session_of(shared, rule_path, norms, sets)
    if not runners[asked] then
      local ok, parameters = pcall(asked.parameters, asked)
      if not ok then return nil, parameters end
      local runner = medel.runner { parameters = parameters }
      local rule, error_text = runner:load(workspace.short(rule_path), source, require("medel.packs").libraries(rule_path))
      if not rule then return nil, error_text end
      runners[asked] = { runner = runner, rule = rule }
    end
    return runners[asked]
  end
  local first
  first, why = runner_for()
  if not first then
    result.error = why
    return result
  end
  result.id = first.rule.id
  if cases.rule ~= result.id then
    result.error = ("%sthe test is for %s, the rule is %s"):format(at(cases, "rule"), tostring(cases.rule), result.id)
    return result
  end
  for i, case in ipairs(cases.cases) do
    local ar, beside = load_case(shared.taxonomy, cases.base or {}, case, case.name) -- or why there is none
    if not ar then beside = at(case.given and case or cases.cases, case.given and "given" or i) .. "what it is given is no report\n" .. beside end
    local run, failure = runner_for(case.overrides, case.set)
    if failure and failure:find "^%-%-" then -- said of the option that says the same
      failure = at(case, failure:find "^%-%-norm" and "overrides" or "set") .. failure:gsub("^%-%-%l+:? *", "")
    end
    local bok = ar and beside.ledger
    if bok then beside.statements = require("medel.kontoplan").choose(shared.taxonomy, bok):statements(bok) end
    local outcome = ar and run and run.runner:run(ar, beside)[1]
    if outcome and outcome.findings then
      for _, f in ipairs(outcome.findings) do f.level = f.level or run.rule.level end
    end
    local bad = not ar and beside or failure or compare(case, outcome)
    result.seen[case.expect] = true
    result.cases[#result.cases + 1] = { name = case.name, ok = not bad, why = bad, says = said(outcome) }
  end
  for _, outcome in ipairs { "passed", "finding" } do
    if not result.seen[outcome] then result.lacks[#result.lacks + 1] = outcome end
  end
  if not result.seen.not_applicable and #first.rule.needs > 0 then
    result.lacks[#result.lacks + 1] = "not_applicable"
  end
  return result
end

-- Cases of the checks that the core runs, each file naming its rule: of the taxonomy
-- (rules/taxonomy/*.test.yaml), or of what the pack of its folder adds.
function testing.run_core(shared, test_path)
  local result = { path = workspace.short(test_path), cases = {}, lacks = {} }
  local cases, why = read_cases(test_path)
  if not cases then
    result.error = why
    return result
  end
  result.id = cases.rule
  local ok, setting = pcall(function() return session_of(shared, test_path):setting() end)
  if not ok then
    result.error = tostring(setting)
    return result
  end
  local known
  for _, check in ipairs(medel.check_rules(setting.taxonomy)) do known = check.id == cases.rule and check or known end
  if known and known.ledger then return testing.run_file(shared, test_path, test_path, require("medel.ledger_ties").source(known)) end
  if not known then
    result.error = ("no check '%s' in the taxonomy or in its pack"):format(tostring(cases.rule))
    return result
  end
  for _, case in ipairs(cases.cases) do
    local ar, failure = load_case(shared.taxonomy, cases.base or {}, case, case.name)
    local outcome = ar and outcome_of_core(setting.taxonomy, cases.rule, ar)
    local bad = not ar and failure or compare(case, outcome)
    result.cases[#result.cases + 1] = { name = case.name, ok = not bad, why = bad, says = said(outcome) }
  end
  return result
end

function testing.shared()
  return { taxonomy = workspace.taxonomy(), sessions = {} }
end

return testing
