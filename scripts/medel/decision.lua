-- decision.lua: a decision: what, which body, from when, why and in which document; it becomes
-- changes that the core's model knows.
local medel = require "medel"
local diagnostics = require "medel.diagnostics"

local decision = {}
local longest = 1000 -- of a text

-- A script holds decisions, but not the table of their functions.
local decisions = {}
local Decision = { __index = decisions }
local tostring = medel.bounded("base").tostring -- never an address

-- An error at a place of the user's file.
-- Of a file in YAML the column is known, too.
function decision.wrong(place, format, ...)
  local at = place.col and ("%d:%d: error"):format(place.line, place.col) or ("%d"):format(place.line)
  error(("%s:%s: %s"):format(place.file, at, format:format(...)), 0)
end

-- Where a part of what was read stands; in Lua, where all of it does.
function decision.at(thing, key)
  return thing.where and thing.where(key) or thing
end

local wrong, at = decision.wrong, decision.at

local function is_share(q)
  return q:unit() == "share"
end

function decision.value_at(place, key, q)
  if medel.is_quantity(q) then return q end
  local said = math.type(q) == "float" and ("the number %s"):format(q) or type(q)
  wrong(place, "%s is %s: write percent(-50), or kr(100000)", key, said)
end

-- What a script has made is tested when it is read: it may have changed since.
function decision.check_text(s, what, text)
  if text == nil then return end
  if type(text) ~= "string" or #text > longest or not medel.is_line(text) then
    wrong(s, "%s must be one line of UTF-8 without control characters, at most %d bytes", what, longest)
  end
end

local value_at = decision.value_at

-- ---- a decision becomes changes ----

decision.words = { "by", "from", "to", "reason", "document", "delay", "each_year", "medlemsbidrag", "staten",
  "region", "kommuner", "kostnad", "intakt", "stop", "scale", "one_off", "balans", "index", "realisering",
  "ranta", "antagen_budget", "budget", "title", "add" }

local function check_words(d, known)
  for key in pairs(d.fields) do
    local found = key == 1
    for _, word in ipairs(known) do found = found or key == word end
    if not found then
      wrong(at(d, key), "unknown field '%s'%s", tostring(key), diagnostics.hint(key, known))
    end
  end
end

local function month(d, text, key)
  local year, m = tostring(text):match "^(%d%d%d%d)%-(%d%d)$"
  if not year then
    year = tostring(text):match "^(%d%d%d%d)$"
    m = "01"
  end
  if not year then wrong(at(d, key), "%s is '%s': a month is expected, 2024-03", key, tostring(text)) end
  m = math.tointeger(tonumber(m))
  if m < 1 or m > 12 then wrong(at(d, key), "%s is '%s': month %d is outside the year", key, text, m) end
  return math.tointeger(tonumber(year)), m
end

-- A share changes what there is, an amount replaces it.
local function level(d, key, q)
  q = value_at(d, key, q)
  if is_share(q) then return "scale", medel.number(1) + q end
  return "set", q
end

local function emit(d, list, change)
  change.decision, change.file, change.line = d.title, d.file, d.line
  change.lag = change.driver == "kostnad" and d.delay or 0
  change.year, change.month = change.year or d.year, change.month or d.month
  list[#list + 1] = change
  if d.to_year then -- the month after the last one, things are as before
    local back = {}
    for k, v in pairs(change) do back[k] = v end
    back.month, back.year = d.to_month % 12 + 1, d.to_year + d.to_month // 12
    if change.op == "scale" then
      if change.value:is_zero() then wrong(d, "what is stopped cannot come back: give it a new cost") end
      back.value = medel.number(1) / change.value
    elseif change.op == "add" then
      back.value = -change.value
    else
      back.value = change.value - change.value
    end
    list[#list + 1] = back
  end
end

-- kostnad = { block = share | amount | { label, group, amount } }
local function blocks(d, list, driver, what, key)
  for _, id in ipairs(diagnostics.sorted(what)) do
    local q, label, group = what[id], nil, nil
    if type(q) == "table" and not medel.is_quantity(q) then q, label, group = q[1] or q.belopp, q.label, q.group end
    local op, value = level(d, ("%s.%s"):format(key, id), q)
    emit(d, list, { driver = driver, target = id, op = op, value = value, label = label, group = group })
  end
end

-- The next year's budget that the report itself prints: allocation, and the cost that its
-- result implies with no other income or interest.
local function adopted_budget(d, list, ar)
  local budget = ar:year(d.year).budget
  local bidrag, resultat = budget.medlemsbidrag, budget.arets_resultat
  if not bidrag or not resultat then
    wrong(d, "%s prints no budget for %d: medlemsbidrag and arets_resultat are needed", ar.fil, d.year)
  end
  emit(d, list, { driver = "bidrag", op = "set", value = bidrag })
  emit(d, list, { driver = "kostnad", op = "set", value = bidrag - resultat })
  emit(d, list, { driver = "intakt", target = "ovriga_intakter", op = "set", value = medel.kr(0) })
  emit(d, list, { driver = "ranta", op = "set", value = medel.percent(0) })
end

-- What is assumed from a month on, for all that there is.
decision.shares = { "index", "realisering", "ranta" }

local function expand_once(d, list, ar)
  local f = d.fields
  if f.antagen_budget then adopted_budget(d, list, ar) end
  if f.budget then
    if type(f.budget) ~= "table" or type(f.budget.rows) ~= "table" then wrong(d, 'budget is a file: budget = budget "2025.csv"') end
    for _, change in ipairs(require("medel.budget").changes(f.budget, ar)) do emit(d, list, change) end
  end
  if f.medlemsbidrag then
    local op, value = level(d, "medlemsbidrag", f.medlemsbidrag)
    emit(d, list, { driver = "bidrag", op = op, value = value })
  end
  for _, part in ipairs { "staten", "region", "kommuner" } do
    if f[part] then
      local op, value = level(d, part, f[part])
      emit(d, list, { driver = "bidrag", target = part, op = op, value = value, braked = part == "staten" })
    end
  end
  if f.kostnad and medel.is_quantity(f.kostnad) then
    local op, value = level(d, "kostnad", f.kostnad)
    emit(d, list, { driver = "kostnad", op = op, value = value })
  elseif f.kostnad then
    if type(f.kostnad) ~= "table" then value_at(d, "kostnad", f.kostnad) end
    blocks(d, list, "kostnad", f.kostnad, "kostnad")
  end
  for _, id in ipairs(type(f.stop) == "table" and f.stop or { f.stop }) do
    emit(d, list, { driver = "kostnad", target = id, op = "set", value = medel.kr(0) })
  end
  for _, id in ipairs(diagnostics.sorted(f.scale or {})) do
    local q = value_at(d, "scale." .. id, f.scale[id])
    emit(d, list, { driver = "kostnad", target = id, op = "scale", value = q })
  end
  for _, id in ipairs(diagnostics.sorted(f.add or {})) do
    emit(d, list, { driver = "kostnad", target = id, op = "add", value = value_at(d, "add." .. id, f.add[id]) })
  end
  if f.intakt then blocks(d, list, "intakt", f.intakt, "intakt") end
  if f.balans then blocks(d, list, "balans", f.balans, "balans") end
  if f.one_off then
    emit(d, list, { driver = "engangs", op = "add", value = value_at(d, "one_off", f.one_off) })
  end
  for _, key in ipairs(decision.shares) do
    if f[key] then emit(d, list, { driver = key, op = "set", value = value_at(d, key, f[key]) }) end
  end
end

function decisions:changes(ar, last)
  local list, first = {}, self.year
  for year = first, self.fields.each_year and last or first do
    self.year = year
    expand_once(self, list, ar)
  end
  self.year = first
  return list
end

function decision.new(fields, place)
  if type(fields) ~= "table" then wrong(place, "decision { \"what\", from = \"2024-01\", ... }") end
  local d = setmetatable({ fields = fields, file = place.file, line = place.line, col = place.col, where = place.where }, Decision)
  check_words(d, decision.words)
  d.title = fields[1] or fields.title
  if type(d.title) ~= "string" or d.title == "" then wrong(at(d, "title"), "a decision begins with what is decided, as a text") end
  if not fields.from then wrong(d, "'%s' does not say from when: from = \"2024-01\"", d.title) end
  d.year, d.month = month(d, fields.from, "from")
  d.delay = fields.delay or 0
  if math.type(d.delay) ~= "integer" then wrong(at(d, "delay"), "delay is a whole number of months") end
  if fields.to then
    d.to_year, d.to_month = month(d, fields.to, "to")
    if d.to_year * 12 + d.to_month < d.year * 12 + d.month then wrong(d, "'%s' ends before it begins", d.title) end
  end
  d.by, d.reason, d.document, d.from = fields.by, fields.reason, fields.document, tostring(fields.from)
  return d
end

-- The same decision, so many months later.
function decisions:later(months)
  local copy = setmetatable({}, Decision)
  for k, v in pairs(self) do copy[k] = v end
  local at = self.year * 12 + self.month - 1 + months
  copy.year, copy.month = at // 12, at % 12 + 1
  copy.from = ("%04d-%02d"):format(copy.year, copy.month)
  return copy
end

function decision.is(x)
  return type(x) == "table" and getmetatable(x) == Decision
end

-- What it comes to until the last year, whatever a script has made of it since.
decision.changes = decisions.changes

return decision
