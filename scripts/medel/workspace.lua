-- workspace.lua: the taxonomy, parameters and rules that the commands work with.
local medel = require "medel"

local workspace = {}

local function must_read(path)
  local text, why = medel.read_file(path)
  if not text then error(why, 0) end
  return text
end

function workspace.taxonomy()
  local path = medel.data .. "/rules/taxonomy/finsam.yaml"
  local taxonomy, why = medel.read_taxonomy(must_read(path), path)
  if not taxonomy then error(why, 0) end
  return taxonomy
end

function workspace.parameters()
  local path = medel.data .. "/rules/parametrar/nationell.yaml"
  local parameters, why = medel.read_parameters(must_read(path), path)
  if not parameters then error(why, 0) end
  return parameters
end

-- Folders of rules: the national ones, then the user's own.
function workspace.rule_folders(extra)
  local folders = { medel.data .. "/rules/nationell" }
  for _, folder in ipairs(extra or {}) do
    if not medel.is_folder(folder) then error("no such folder: " .. folder, 0) end
    folders[#folders + 1] = folder
  end
  return folders
end

function workspace.rule_files(folders)
  local list = {}
  for _, folder in ipairs(folders) do
    for _, path in ipairs(medel.files(folder, ".lua")) do list[#list + 1] = path end
  end
  return list
end

-- A path as a reader wants it: without the way to the installation.
function workspace.short(path)
  local prefix = medel.data .. "/"
  if path:sub(1, #prefix) == prefix then return path:sub(#prefix + 1) end
  return path
end

local function selector(list)
  if not list or #list == 0 then return nil end
  local set = {}
  for _, text in ipairs(list) do
    for id in text:gmatch "[^,%s]+" do set[#set + 1] = id:upper() end
  end
  return function(id)
    for _, want in ipairs(set) do
      if id:upper() == want or id:upper():sub(1, #want + 1) == want .. "-" then return true end
    end
    return false
  end
end

-- options: rules (folders), only, except (lists of ids or groups), overrides, time_ms
function workspace.open(options)
  options = options or {}
  local w = { taxonomy = workspace.taxonomy(), parameters = workspace.parameters(), rules = {},
              by_id = {}, broken = {} }
  w.runner = medel.runner {
    parameters = w.parameters,
    overrides  = options.overrides or {},
    time_ms    = options.time_ms,
  }
  local only, except = selector(options.only), selector(options.except)
  function w.selected(id)
    return (not only or only(id)) and not (except and except(id))
  end
  for _, check in ipairs(medel.check_rules(w.taxonomy)) do
    check.core = true
    w.by_id[check.id] = check
    if w.selected(check.id) then w.rules[#w.rules + 1] = check end
  end
  for _, path in ipairs(workspace.rule_files(workspace.rule_folders(options.rules))) do
    workspace.add_rule(w, path)
  end
  return w
end

function workspace.add_rule(w, path)
  local name = workspace.short(path)
  local source, why = medel.read_file(path)
  local id = source and source:match 'id%s*=%s*"([^"]+)"'
  if source and id and not w.selected(id) then return end
  local rule
  if source then rule, why = w.runner:load(name, source) end
  if not rule then
    w.broken[#w.broken + 1] = { file = name, error = why }
  elseif w.by_id[rule.id] then
    w.broken[#w.broken + 1] = { file = name, id = rule.id,
      error = ("rule id %s is already used by %s"):format(rule.id,
        w.by_id[rule.id].file or "a check of the taxonomy") }
    rule.duplicate = true
    w.loaded = w.loaded or {}
    w.loaded[#w.loaded + 1] = rule
  else
    w.by_id[rule.id] = rule
    w.rules[#w.rules + 1] = rule
    w.loaded = w.loaded or {}
    w.loaded[#w.loaded + 1] = rule
  end
end

-- ---- auditing one report ----

local weight = { error = 4, deviation = 3, recommendation = 2, note = 1 }
workspace.weight = weight

local function add_findings(result, rule, list)
  for _, f in ipairs(list) do
    f.rule, f.title, f.ground = rule.id, rule.title, rule.ground
    f.level = f.level or rule.level
    f.recommendation = f.recommendation or rule.recommendation
    f.group = rule.group
    result.findings[#result.findings + 1] = f
  end
end

-- The outcomes of a check of the taxonomy, one for each place it was tried, as one.
local function core_outcomes(w, ar, result)
  local by_rule = {}
  for _, k in ipairs(medel.checks(ar)) do
    local o = by_rule[k.rule] or { passed = 0, findings = {}, missing = {} }
    by_rule[k.rule] = o
    if k.outcome == "finding" then
      o.findings[#o.findings + 1] = k
    elseif k.outcome == "passed" then
      o.passed = o.passed + 1
    else
      o.missing[#o.missing + 1] = k.missing
    end
  end
  for _, rule in ipairs(w.rules) do
    if rule.core then
      local o = by_rule[rule.id] or { passed = 0, findings = {}, missing = {} }
      if #o.findings > 0 then
        add_findings(result, rule, o.findings)
      elseif o.passed > 0 then
        result.passed[#result.passed + 1] = rule
      else
        result.not_applicable[#result.not_applicable + 1] =
          { rule = rule, missing = o.missing[1] or "inget i rapporten att pröva" }
      end
    end
  end
end

local function rule_outcomes(w, ar, result)
  local outcomes = w.runner:run(ar)
  for i, rule in ipairs(w.loaded or {}) do
    local o = outcomes[i]
    if rule.duplicate then
      -- reported once, when the rules were loaded
    elseif o.outcome == "finding" then
      add_findings(result, rule, o.findings)
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
  if weight[a.level] ~= weight[b.level] then return weight[a.level] > weight[b.level] end
  if a.rule ~= b.rule then return a.rule < b.rule end
  if a.file ~= b.file then return a.file < b.file end
  if a.line ~= b.line then return a.line < b.line end
  if a.col ~= b.col then return a.col < b.col end
  return a.message < b.message
end

function workspace.audit(w, ar)
  local result = { ar = ar, file = ar.fil, findings = {}, passed = {}, not_applicable = {},
                   broken = {} }
  core_outcomes(w, ar, result)
  rule_outcomes(w, ar, result)
  for _, b in ipairs(w.broken) do result.broken[#result.broken + 1] = b end
  table.sort(result.findings, order)
  table.sort(result.not_applicable, function(a, b) return a.rule.id < b.rule.id end)
  result.rules = #w.rules
  return result
end

-- Report files named by the user: files as they are, folders searched.
function workspace.reports(paths)
  local list = {}
  for _, path in ipairs(paths) do
    path = #path > 1 and path:gsub("/+$", "") or path
    if medel.is_folder(path) then
      local found = 0
      for _, file in ipairs(medel.files(path, ".yaml")) do
        local name = file:match "[^/]+$"
        if name ~= "forbund.yaml" and not name:find("%.test%.yaml$") then
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
