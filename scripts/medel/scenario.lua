-- scenario.lua: a scenario is a stack of decisions on a base year; what it leads to.
local medel = require "medel"
local decision = require "medel.decision"
local diagnostics = require "medel.diagnostics"
local guest = require "medel.guest"

local scenario = {}
local most = 1000 -- decisions

-- A script holds scenarios, but not the table of their functions.
local scenarios = {}
local Scenario = { __index = scenarios }
local tostring = medel.bounded("base").tostring -- never an address
local wrong, at = decision.wrong, decision.at

local settings = { "base", "years", "norm", "osakerhet", "sparr", "index", "realisering", "ranta", "replace", "on" }

local fields_of_yaml = table.move(settings, 1, #settings, 3, { "scenario", "decisions" })

function scenario.is(x)
  return type(x) == "table" and getmetatable(x) == Scenario
end

local function copy_of(s)
  local copy = setmetatable({ settings = {}, decisions = {} }, Scenario)
  for k, v in pairs(s) do
    if k ~= "settings" and k ~= "decisions" then copy[k] = v end
  end
  for k, v in pairs(s.settings) do copy.settings[k] = v end
  for i, d in ipairs(s.decisions) do copy.decisions[i] = d end
  return copy
end

-- base + decision + decision; a scenario on another adds its decisions and settings.
function Scenario.__add(a, b)
  if not scenario.is(a) then error("a decision is added to a scenario: base + decision", 2) end
  local sum = copy_of(a)
  if decision.is(b) then
    sum.decisions[#sum.decisions + 1] = b
  elseif scenario.is(b) then
    for _, d in ipairs(b.decisions) do sum.decisions[#sum.decisions + 1] = d end
    for k, v in pairs(b.settings) do sum.settings[k] = v end
    sum.name = b.name
  else
    error("a scenario plus " .. type(b) .. ": decision { ... } or a scenario is expected", 2)
  end
  return sum
end

function scenarios:named(name)
  local copy = copy_of(self)
  copy.name = name
  return copy
end

-- The same with other settings: s:with { realisering = percent(91) }.
function scenarios:with(changes)
  local copy = copy_of(self)
  for k, v in pairs(changes) do copy.settings[k] = v end
  return copy
end

function scenarios:without(n)
  local copy = copy_of(self)
  while #copy.decisions > n do table.remove(copy.decisions) end
  return copy
end

-- Only the decisions whose bits are set, the first the lowest.
function scenarios:only(mask)
  local copy = self:without(0)
  for i, d in ipairs(self.decisions) do
    if mask >> (i - 1) & 1 == 1 then copy.decisions[#copy.decisions + 1] = d end
  end
  return copy
end

-- Nothing decided and nothing assumed.
function scenarios:bare()
  local copy = self:without(0)
  for _, key in ipairs(decision.shares) do copy.settings[key] = nil end
  copy.settings.replace = nil
  return copy
end

function scenarios:assumes()
  local some = self.settings.replace ~= nil
  for _, key in ipairs(decision.shares) do some = some or self.settings[key] ~= nil end
  return some
end

local function check_scenario(s)
  for key in pairs(s.settings) do
    local known = false
    for _, word in ipairs(settings) do known = known or key == word end
    if not known then
      wrong(at(s, key), "unknown field '%s' of a scenario%s", tostring(key), diagnostics.hint(key, s.where and fields_of_yaml or settings))
    end
  end
end

function scenario.scenario(name, place)
  if type(name) ~= "string" then wrong(place, "scenario \"name\" { ... }") end
  return function(fields)
    local s = setmetatable({ name = name, settings = {}, decisions = {}, file = place.file, line = place.line, col = place.col,
                             where = place.where }, Scenario)
    for key, value in pairs(fields) do
      if type(key) == "string" then s.settings[key] = value end
    end
    for i, d in ipairs(fields) do
      if not decision.is(d) then wrong(s, "item %d of scenario '%s' is no decision { ... }", i, name) end
      s.decisions[i] = d
    end
    if s.settings.on then
      local on = s.settings.on
      if not scenario.is(on) then wrong(s, "'on' is a scenario that this one stands on") end
      s.settings.on = nil
      local sum = on + s
      sum.file, sum.line, sum.col, sum.where = s.file, s.line, s.col, s.where
      s = sum
    end
    check_scenario(s)
    return s
  end
end

-- What a scenario calls the report that it stands on.
scenario.base_names = setmetatable({}, { __mode = "k" })

-- ---- running ----

local function years_of(s)
  local ar, years = s.settings.base, s.settings.years
  local first = ar.rakenskapsar + 1
  if years == nil then return first, first + 4 end
  if type(years) ~= "table" or math.type(years[1]) ~= "integer" or math.type(years[2]) ~= "integer" then
    wrong(at(s, "years"), "years is { first, last }: { %d, %d }", first, first + 4)
  end
  return years[1], years[2]
end

-- Settings are what is assumed from the first year on.
local function assumed(s, first)
  local list = {}
  for _, key in ipairs(decision.shares) do
    local q = s.settings[key]
    if q then
      list[#list + 1] = { driver = key, op = "set", value = decision.value_at(s, key, q), year = first, month = 1,
                          decision = "antagande: " .. key, file = s.file, line = s.line }
    end
  end
  return list
end

local function check_texts(s)
  decision.check_text(s, "the name of a scenario", s.name)
  if #s.decisions > most then wrong(s, "more than %d decisions", most) end
  for _, d in ipairs(s.decisions) do
    if not decision.is(d) then wrong(s, "what is among the decisions is no decision { ... }") end
    if type(d.fields) ~= "table" or d.title == nil then wrong(s, "a decision was changed after it was made") end
    for _, key in ipairs { "title", "by", "reason", "document", "from" } do decision.check_text(s, key, d[key]) end
  end
end

local function check_changes(s, changes)
  for _, change in ipairs(changes) do
    decision.check_text(s, "the name of a block", change.target)
    decision.check_text(s, "label", change.label)
    decision.check_text(s, "group", change.group)
  end
end

-- The projection and the changes that its decisions are, or nil and why.
local function project(s, parameters, first, last)
  local ar = s.settings.base
  check_texts(s)
  local changes = assumed(s, first)
  for _, d in ipairs(s.decisions) do
    for _, change in ipairs(decision.changes(d, ar, last)) do changes[#changes + 1] = change end
  end
  check_changes(s, changes)
  local replace = s.settings.replace
  if replace ~= nil and type(replace) ~= "table" then wrong(s, "replace is { part = function(usual, year) ... end }") end
  local p, why = medel.project(ar, parameters, { first = first, last = last, changes = changes,
    no_brake = s.settings.sparr == false, norm = s.settings.norm, replace = replace })
  return p, p and changes or why
end

-- A norm is one of those that some parameter has.
local function check_norm(s, parameters)
  local norm, norms = s.settings.norm, {}
  if norm == nil then return end
  for _, p in ipairs(parameters:list()) do
    if p.norm == norm then return end
    norms[#norms + 1] = p.norm
  end
  wrong(at(s, "norm"), "no norm '%s'%s", tostring(norm), diagnostics.hint(norm, norms))
end

-- { scenario, projection, base, first, last }; an error has file and line.
function scenario.run(s, parameters)
  check_norm(s, parameters)
  local first, last = years_of(s)
  local ok, p, why = guest.call(s.file, s.limits, s.settings.replace ~= nil, project, s, parameters, first, last)
  if not ok then p, why = nil, p end
  if not p and s.settings.replace == nil and #s.decisions > 1 then -- each decision by itself, to tell all that is wrong
    local told, list = { [why] = true }, { why }
    for _, d in ipairs(s.decisions) do
      local one = s:without(0)
      one.decisions[1] = d
      local fine, q, because = guest.call(s.file, s.limits, false, project, one, parameters, first, last)
      because = not fine and q or not q and because or nil
      if because and not told[because] then told[because], list[#list + 1] = true, because end
    end
    why = table.concat(list, "\n")
  end
  if not p then
    for _, d in ipairs(s.decisions) do -- what the model refuses has its decision's line, and 40 bytes of its file
      local place = ("%.40s:%d: "):format(d.file, d.line)
      if why:sub(1, #place) == place then wrong(d, "%s", why:sub(#place + 1)) end
    end
    if why:find "^[^ ]+:%d+: " then error(why, 0) end
    wrong(why:find "^years" and at(s, "years") or s, "scenario '%s': %s", s.name, why)
  end
  return { scenario = s, projection = p, base = s.settings.base, first = first, last = last, parameters = parameters, changes = why }
end

function scenario.report(run, year)
  run.reports = run.reports or {}
  run.reports[year] = run.reports[year]
    or run.projection:report(year, run.scenario.name, run.scenario.file, run.scenario.line)
  return run.reports[year]
end

-- Groups of rules that ask what the document says: a projected year has none.
local of_document = { FRM = true, UPP = true, JMF = true, STY = true, TXT = true }
-- And single rules that do: how a deficit is to be covered is written, not computed, and how
-- an översikt shows the finansnetto is its layout.
local asks_for_words = { ["BAL-02"] = true, ["BAL-04"] = true, ["OVS-08"] = true }

-- Does a finding speak of the year itself, and not of comparatives alone?  Those were said of
-- their own year.
local function of_the_year(figures, year)
  for _, f in ipairs(figures) do
    if f.year == nil or f.year == year then return true end
  end
  return false
end

-- Findings of a report that was computed, a projected year or a printed plan: what is about
-- the document, reads no figure, or none of the year, is put apart in result.document.
function scenario.without_document(result)
  local kept, document = {}, {}
  for _, f in ipairs(result.findings) do
    local figures = f.evidence or f.facts or {}
    local said = of_document[f.rule:match "^%a+"] or asks_for_words[f.rule] or not of_the_year(figures, result.ar.rakenskapsar)
    table.insert(said and document or kept, f)
  end
  result.findings, result.document = kept, document
  return result
end

return scenario
