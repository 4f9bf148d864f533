-- session.lua: options once, and what is read, audited and explained under them.
--
-- A session is what every face stands on: a command makes one of its arguments
-- (medel.options), medel.h of its calls, a test of its case.  The förbund's own pack, its
-- kontoplan, and what stands beside a report are found here and nowhere else, so that one
-- report has one answer whoever asks.
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"
local workspace = require "medel.workspace"

local session = {}
local Session = {}
Session.__index = Session

-- What may be said, each of them once:
--   packs, rules, only, except, own_checks   which rules (workspace.open)
--   norms { parameter = norm }, sets { parameter = value }, parameters (files)   their values
--   time_ms, memory_mb      what one rule may take, and all of them
--   previous                last year's report: a file, or a report
--   delar                   the year's delårsrapport, to be compared: a file, or a report
--   sektor                  reports of other förbund, for rules that compare: files, or reports
--   ledger                  the bookkeeping: a file (mapping, encoding, strict, progress say how
--                           it is read), or a ledger
--   kontoplan               a file of which accounts make which rows
--   forbund                 whose kontoplan it is, a folder of rules/forbund
--   engagement, avsteg      files; beside the report unless given; false: none
--   scenario                names: which scenarios of a file, or which plans of a report
--   competing               try what competing norms would have said
--   taxonomy                instead of the installation's
local known = {}
for name in ("packs rules only except own_checks norms sets parameters time_ms memory_mb previous delar sektor ledger mapping "
  .. "encoding strict progress kontoplan forbund engagement avsteg scenario competing taxonomy"):gmatch "%S+" do
  known[name] = true
end

function session.new(options)
  options = options or {}
  for key in pairs(options) do
    if not known[key] then error(("a session has no option '%s'"):format(tostring(key)), 2) end
  end
  return setmetatable({ options = options, reports = {}, settings = {}, rule_sets = {}, results = {} }, Session)
end

-- ---- what is read ----

function Session:taxonomy()
  self.its_taxonomy = self.its_taxonomy or self.options.taxonomy or workspace.taxonomy()
  return self.its_taxonomy
end

-- The bytes that a report was read from: its file's and its förbund's.
local function content_of(path)
  local text = files.read(path)
  -- a plain search first: a pattern is tried at each byte
  local at = text and (text:find("forbund:", 1, true) == 1 and 1 or (text:find("\nforbund:", 1, true) or 0) + 1)
  local forbund = at and at > 0 and text:match("^forbund:[ \t]+([%w_.-]+%.yaml)", at)
  local beside = forbund and files.read((path:match "^(.*/)" or "") .. forbund)
  return text and text .. "\0" .. (beside or "") or ""
end

-- A report, or nil, why and the diagnostics; read once as long as what it was read from is the same.
function Session:read(path)
  local content, before = content_of(path), self.reports[path]
  if before and before.content == content then return before.ar end
  local ar, why, list
  if files.on_disk(path) then
    ar, why, list = medel.load_report(self:taxonomy(), path)
  else
    ar, why, list = medel.read_report(self:taxonomy(), files.need(path), path)
  end
  if not ar then return nil, why, list end
  self.reports[path] = { ar = ar, content = content }
  return ar
end

-- A report that will not be asked for again.
function Session:forget(path)
  self.reports[path] = nil
end

function Session:load(path)
  return (diagnostics.need(self:read(path)))
end

-- Of a file on disk the bytes are mapped; of any other its text is read.
local function read_ledger(o)
  local how = { encoding = o.encoding, strict = o.strict, progress = o.progress, mapping = o.mapping }
  if o.mapping then files.note(o.mapping) end
  if files.on_disk(o.ledger) then files.note(o.ledger) end
  if files.on_disk(o.ledger) then return (diagnostics.need(medel.ledger(o.ledger, how))) end
  how.mapping = o.mapping and files.need(o.mapping)
  return (diagnostics.need(medel.read_ledger(files.need(o.ledger), o.ledger:match "[^/]*$", how)))
end

-- The bookkeeping, or nil when there is none.
function Session:ledger()
  local o = self.options
  if type(o.ledger) ~= "string" then return o.ledger end
  if not self.its_ledger then
    self.its_ledger = read_ledger(o)
  end
  return self.its_ledger
end

-- A report's file once more, by the taxonomy with what its packs add: for what changes its figures.
function Session:judged(ar)
  local taxonomy = self:setting(ar).taxonomy
  if taxonomy == self:taxonomy() then return ar end
  return (diagnostics.need(medel.load_report(taxonomy, ar.fil)))
end

-- What an option says: a report, or the file of one.
local function report_of(self, given)
  return type(given) == "string" and self:load(given) or given
end

-- Last year's report, or nil.
function Session:previous() return report_of(self, self.options.previous) end

-- The year's delårsrapport, or nil.
function Session:delar() return report_of(self, self.options.delar) end

-- The reports of other förbund, or nil.
function Session:sektor()
  local out = {}
  for i, given in ipairs(self.options.sektor or {}) do out[i] = report_of(self, given) end
  return out[1] and out or nil
end

-- For commands that may do without them: a file that is named and cannot be read is no silence.
function Session:reads_all()
  local o, engagement = self.options, require "medel.engagement"
  self:previous()
  self:delar()
  self:sektor()
  if o.engagement then engagement.read(o.engagement) end
  if o.avsteg then engagement.read_avsteg_file(o.avsteg) end
  if o.kontoplan and self:ledger() then self:kontoplan() end
  return self
end

-- A year that is computed from a report, a plan or a projection, is no report that was printed:
-- no ledger, no last year and no revisor's decisions belong to it.
local function is_printed(ar)
  return ar == nil or ar.scenario == nil
end

-- By which plan of accounts the ledger becomes a report's rows.
function Session:kontoplan(ar)
  local forbund, o = ar and ar.forbund, self.options
  return require("medel.kontoplan").choose(self:taxonomy(), self:ledger(),
    { path = o.kontoplan, forbund = o.forbund, report = ar and ar.fil, names = { forbund and forbund.namn or nil } })
end

-- ---- rules ----

local function own_pack(ar)
  return ar and ar.forbund and ar.forbund.paket
end

-- A report may name a pack of its förbund's, but no folder.
local function need_own_pack(ar, folders)
  local own = own_pack(ar)
  local why = own:find "^%.*$" and ("the pack '%s' is no id"):format(own) or require("medel.packs").lacks(own, folders)
  if not why then return own end
  local map = {}
  local doc = diagnostics.collector(require("medel.conventions").file_of(ar.fil) or ar.fil,
    { [map] = { paket = ("%d:%d"):format(ar.forbund:place "paket") } })
  doc:wrong(map, "paket", "%s", why)
  doc:done()
end

function Session:packs_for(ar)
  local chosen = self.options.packs or self:ledger() and workspace.all_packs() or workspace.usual_packs
  chosen = table.move(chosen, 1, #chosen, 1, {})
  chosen[#chosen + 1] = own_pack(ar) and need_own_pack(ar, self.options.rules)
  return chosen
end

local function cached(cache, ar, make)
  local key = own_pack(ar) or ""
  cache[key] = cache[key] or make()
  return cache[key]
end

-- The packs for a report, and what they say together: { packs, norms, parameters, ... }.
function Session:setting(ar)
  return cached(self.settings, ar, function()
    local o = self.options
    return workspace.setting { taxonomy = self:taxonomy(), packs = self:packs_for(ar), rules = o.rules, norms = o.norms, sets = o.sets,
                               parameters = o.parameters }
  end)
end

function Session:parameters(ar)
  return self:setting(ar).parameters
end

-- A rule set for a report, opened anew: for a thread of its own.
function Session:open(ar)
  local o = self.options
  local limits = workspace.limits(self:ledger(), o)
  return workspace.open { setting = self:setting(ar), only = o.only, except = o.except,
                          own_checks = o.own_checks, time_ms = limits.time_ms, memory_mb = limits.memory_mb }
end

function Session:rule_set(ar)
  return cached(self.rule_sets, ar, function() return self:open(ar) end)
end

-- ---- audits ----

local function decisions(self, ar, this_year)
  local engagement, o = require "medel.engagement", self.options
  local e, avsteg
  if this_year and o.engagement then e = engagement.read(o.engagement) end
  if this_year and o.avsteg then avsteg = engagement.read_avsteg_file(o.avsteg) end
  local beside = is_printed(ar)
  e = e or (beside and o.engagement ~= false and engagement.beside(ar.fil)) or engagement.none()
  avsteg = avsteg or (beside and o.avsteg ~= false and engagement.read_avsteg(ar.fil)) or {}
  return e, avsteg
end

-- Last year's report is audited once, without a year before it and without this year's books.
local function previous_result(self)
  local before = self:previous()
  if before and self.results[1] ~= before then
    local e, avsteg = decisions(self, before, false)
    self.results = { before, workspace.audit(self:rule_set(before), before, { engagement = e, avsteg = avsteg }) }
  end
  return before and self.results[2]
end

-- The result for a report, a plan of one, or a projected year: findings, what passed, what did
-- not apply, what broke, what was waived (docs/session.md says what is in it).
function Session:audit(ar)
  local o, printed = self.options, is_printed(ar)
  local e, avsteg = decisions(self, ar, true)
  workspace.check_named(self:rule_set(ar), e, avsteg)
  local bok = printed and self:ledger() or nil
  local result = workspace.audit(self:rule_set(ar), ar, {
    engagement = e, avsteg = avsteg, competing = o.competing, previous = printed and previous_result(self) or nil,
    delar = printed and self:delar() or nil, sektor = printed and self:sektor() or nil, ledger = bok, kontoplan = bok and self:kontoplan(ar) })
  if not printed and not o.only then require("medel.scenario").without_document(result) end
  return result
end

-- Does a file name reports that are computed: a scenario's years, or the plans of a report
-- that were asked for?
function Session:is_computed(path)
  return workspace.is_scenario(path) or #(self.options.scenario or {}) > 0
end

-- The runs of the scenarios of a file that were asked for.
function Session:runs(path)
  local scenario, file, out = require "medel.scenario", require "medel.scenario_file", {}
  local load_base = function(name) return self:load(name) end
  for i, s in ipairs(file.choose(file.load(path, load_base, self.options), self.options.scenario or {})) do
    out[i] = scenario.run(s, self:parameters(s.settings.base))
  end
  return out
end

-- What a file stands for: { { name, year, open() } }; open gives the report.  A report stands for
-- itself, or for those of its plans that were asked for; a scenario's file for its years.
function Session:stands_for(path)
  local out = {}
  if workspace.is_scenario(path) then
    local scenario = require "medel.scenario"
    for _, run in ipairs(self:runs(path)) do
      for year = run.first, run.last do
        out[#out + 1] = { name = run.scenario.name, year = year, open = function() return scenario.report(run, year) end }
      end
    end
    return out
  end
  local ar = self:load(path)
  if not self:is_computed(path) then return { { year = ar.rakenskapsar, open = function() return ar end } } end
  for _, p in ipairs(require("medel.plans").choose(ar, self.options.scenario)) do
    out[#out + 1] = { name = p.name, year = p.year, open = function() return p.report end }
  end
  return out
end

-- The value of an expression on a report, or nil and why; other norms than those that count
-- may be named.
function Session:evaluate(expression, ar, norms)
  return require("medel.language").evaluate(expression, ar, self:parameters(ar), norms, self:ledger(), self.options)
end

return session
