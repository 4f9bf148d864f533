-- scenario.lua: decisions and scenarios, from Lua or YAML, and what they lead to.
--
-- A decision says what, which body, from when, why and in which document; it becomes
-- changes that the core's model knows.  A scenario is a stack of decisions on a base year.
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"

local scenario = {}
local most = { text = 1000, decisions = 1000, scenarios = 100 }

-- A script holds decisions and scenarios, but not the tables of their functions.
local decisions, scenarios = {}, {}
local Decision, Scenario = { __index = decisions }, { __index = scenarios }
local guest = require "medel.guest"
local tostring = medel.bounded("base").tostring -- never an address

-- An error at a place of the user's file.
-- Of a file in YAML the column is known, too.
local function wrong(place, format, ...)
  local at = place.col and ("%d:%d: error"):format(place.line, place.col) or ("%d"):format(place.line)
  error(("%s:%s: %s"):format(place.file, at, format:format(...)), 0)
end

-- Where a part of what was read stands; in Lua, where all of it does.
local function at(thing, key)
  return thing.where and thing.where(key) or thing
end

-- Where the file calls; what it returns at once has no line left, and is said at the first.
local function here(path, level)
  local info = debug.getinfo(level + 1, "Sl")
  return { file = path, line = info.source == "@" .. path and info.currentline or 1 }
end

local function is_share(q)
  return q:unit() == "share"
end

local function value_at(place, key, q)
  if medel.is_quantity(q) then return q end
  local said = math.type(q) == "float" and ("the number %s"):format(q) or type(q)
  wrong(place, "%s is %s: write percent(-50), or kr(100000)", key, said)
end

-- What a script has made is tested when it is read: it may have changed since.
local function check_text(s, what, text)
  if text == nil then return end
  if type(text) ~= "string" or #text > most.text or not medel.is_line(text) then
    wrong(s, "%s must be one line of UTF-8 without control characters, at most %d bytes", what, most.text)
  end
end

-- ---- a decision becomes changes ----

local words = { "by", "from", "to", "reason", "document", "delay", "each_year", "medlemsbidrag", "staten",
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

local shares = { "index", "realisering", "ranta" }

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
  for _, key in ipairs(shares) do
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

function scenario.decision(fields, place)
  if type(fields) ~= "table" then wrong(place, "decision { \"what\", from = \"2024-01\", ... }") end
  local d = setmetatable({ fields = fields, file = place.file, line = place.line, col = place.col, where = place.where }, Decision)
  check_words(d, words)
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

-- ---- scenarios ----

local settings = { "base", "years", "norm", "osakerhet", "sparr", "index", "realisering", "ranta", "replace", "on" }

local fields_of_yaml = table.move(settings, 1, #settings, 3, { "scenario", "decisions" })

local function is(x, class)
  return type(x) == "table" and getmetatable(x) == class
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
  if not is(a, Scenario) then error("a decision is added to a scenario: base + decision", 2) end
  local sum = copy_of(a)
  if is(b, Decision) then
    sum.decisions[#sum.decisions + 1] = b
  elseif is(b, Scenario) then
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
  for _, key in ipairs(shares) do copy.settings[key] = nil end
  copy.settings.replace = nil
  return copy
end

function scenarios:assumes()
  local some = self.settings.replace ~= nil
  for _, key in ipairs(shares) do some = some or self.settings[key] ~= nil end
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
      if not is(d, Decision) then wrong(s, "item %d of scenario '%s' is no decision { ... }", i, name) end
      s.decisions[i] = d
    end
    if s.settings.on then
      local on = s.settings.on
      if not is(on, Scenario) then wrong(s, "'on' is a scenario that this one stands on") end
      s.settings.on = nil
      local sum = on + s
      sum.file, sum.line, sum.col, sum.where = s.file, s.line, s.col, s.where
      s = sum
    end
    check_scenario(s)
    return s
  end
end

scenario.is = function(x) return is(x, Scenario) end

-- ---- files ----

local function folder_of(path)
  return path:match "^(.*/)[^/]*$" or ""
end

-- What a scenario calls the report that it stands on.
scenario.base_names = setmetatable({}, { __mode = "k" })

-- A report named in a scenario: as it is, beside the scenario, or in the installation.
local function loader(path, load)
  local loaded = {}
  return function(name)
    local found = name
    for _, try in ipairs { name, folder_of(path) .. name, medel.data .. "/" .. name } do
      if not files.is_absent(try) then found = try break end
    end
    if not loaded[found] then
      local ok, ar = pcall(load, found)
      if not ok then error(("cannot read the base %s\n%s"):format(name, ar), 0) end
      loaded[found] = ar
      collectgarbage() -- no finalizer is left to a script that fills the stack
    end
    scenario.base_names[loaded[found]] = name
    return loaded[found]
  end
end

-- budget "2025.csv": a budget or forecast by row and month, found as a base is.
local function budget_reader(path)
  return function(name, year)
    for _, try in ipairs { name, folder_of(path) .. name, medel.data .. "/" .. name } do
      local text = files.read(try)
      if text then return require("medel.budget").parse(text, try, year) end
    end
    error(("%s: there is no such budget"):format(name), 0)
  end
end

local function environment(load_base, path)
  local env, names = require("medel.language").base(), { load = load_base, version = medel.version }
  for _, name in ipairs { "math", "string", "table", "utf8" } do env[name] = medel.bounded(name) end
  for _, f in ipairs(medel.reference().language) do names[f.name] = medel[f.name] end
  env.print = function(...) -- what is projected goes to stdout
    local texts = table.pack(...)
    for i = 1, texts.n do texts[i] = tostring(texts[i]) end
    require("medel.terminal").complain(table.concat(texts, "\t"), "\n")
  end
  function env.scenario(name) return scenario.scenario(name, here(path, 2)) end
  function env.decision(fields) return scenario.decision(fields, here(path, 2)) end
  env.report, env.budget = load_base, budget_reader(path)
  for name, f in pairs(require("medel.distributions").all()) do env[name] = f end
  env.medel = names
  return env
end

local function run_lua(path, source, load_base, limits)
  local chunk, why = guest.compile(path, source, environment(load_base, path))
  if not chunk then error(why, 0) end
  local ok, value = guest.call(path, limits, true, chunk)
  if not ok then error(value, 0) end
  return value
end

-- "-50 %", "5 828 456 kr": figures as a report has them.
local function figure(place, key, value)
  if type(value) == "table" then
    local out = {}
    for k, v in pairs(value) do
      out[k] = (k == "label" or k == "group") and v or figure(place, ("%s.%s"):format(key, k), v)
    end
    return out
  end
  local text = tostring(value)
  local share = text:find "%%" or text:find "procent"
  local ok, q = pcall(share and medel.percent or medel.kr, text)
  if not ok or not share and not text:find "%a" then
    wrong(place, "%s is '%s': a share (-50 %%) or an amount (100 000 kr) is expected", key, tostring(value))
  end
  return q
end

local texts = { title = true, by = true, from = true, to = true, reason = true, document = true, stop = true }

local function yaml_decision(fields, place, read_budget)
  if type(fields) ~= "table" then wrong(place, "a decision is a mapping: title, from, ...") end
  local out = {}
  for key, value in pairs(fields) do
    if texts[key] then
      out[key] = value
    elseif key == "budget" then
      local year = math.tointeger(tonumber(tostring(fields.from):match "^%d%d%d%d"))
      local ok, b = pcall(read_budget, tostring(value), year)
      out[key] = ok and b or wrong(at(place, key), "budget: %s", b)
    elseif key == "delay" then
      out[key] = math.tointeger(tonumber(value)) or wrong(at(place, key), "delay is a whole number of months")
    elseif key == "each_year" or key == "antagen_budget" then
      out[key] = value == true or value == "true"
    else
      local known = false
      for _, word in ipairs(words) do known = known or word == key end
      out[key] = known and figure(at(place, key), key, value) or value
    end
  end
  return scenario.decision(out, place)
end

-- What is wrong in one part of the file is kept, and the rest is read on.
local function keep(file, f, ...)
  local ok, value = pcall(f, ...)
  if ok then return value end
  for _, item in ipairs(diagnostics.of(value)) do
    if file.told[item.text] == nil then
      file.told[item.text] = true
      table.insert(file.wrong, item)
    end
  end
end

-- inside: where the keys of what stands there are
local place_in
function place_in(file, map, key, inside)
  local line, col = (file.places[map] and file.places[map][key] or "1:1"):match "^(%d+):(%d+)$"
  return { file = file.path, line = math.tointeger(tonumber(line)), col = math.tointeger(tonumber(col)),
           where = inside and function(k) return inside[k] ~= nil and place_in(file, inside, k) or nil end }
end

local yaml_scenario

-- The settings of a scenario in the file; each that is wrong is told.
local function yaml_settings(file, one, place)
  local fields = {}
  for _, key in ipairs(diagnostics.sorted(one)) do
    local value, at = one[key], place_in(file, one, key)
    if key == "years" and type(value) == "table" then
      fields.years = { math.tointeger(tonumber(value[1])), math.tointeger(tonumber(value[2])) }
    elseif key == "index" or key == "realisering" or key == "ranta" then
      fields[key] = keep(file, figure, at, key, value)
    elseif key == "sparr" then
      fields.sparr = value == true or value == "true"
    elseif key == "on" then
      fields.on = keep(file, function()
        for _, other in ipairs(file.list) do
          if other.scenario == value then return yaml_scenario(file, other) end
        end
        wrong(at, "scenario '%s' stands on '%s', which is not in the file", one.scenario, tostring(value))
      end)
    elseif key == "base" then
      fields.base = keep(file, function()
        local ok, ar = pcall(file.load_base, value)
        return ok and ar or wrong(at, "%s", tostring(ar))
      end)
    elseif key ~= "scenario" and key ~= "decisions" and key ~= "medel_scenario" then
      fields[key] = value
    end
  end
  return fields, place
end

function yaml_scenario(file, one)
  local place, name = place_in(file, one, "scenario", one), one.scenario
  if type(name) ~= "string" then wrong(place, "a scenario has no name: scenario: ...") end
  if file.named[name] then return file.named[name] end
  for _, key in ipairs { "base", "on" } do
    if one[key] ~= nil and type(one[key]) ~= "string" then wrong(place_in(file, one, key), "%s of '%s' must be a name", key, name) end
  end
  if file.making[name] then wrong(place, "circular: scenario '%s' stands on itself", name) end
  file.making[name] = true
  local fields = yaml_settings(file, one, place)
  for i, d in ipairs(type(one.decisions) == "table" and one.decisions or {}) do
    fields[#fields + 1] = keep(file, yaml_decision, d, place_in(file, one.decisions, i, type(d) == "table" and d or nil), budget_reader(file.path))
  end
  file.named[name] = keep(file, scenario.scenario(name, place), fields)
  file.making[name] = nil
  return file.named[name]
end

local function run_yaml(path, text, load_base)
  local root, places = diagnostics.need(medel.yaml(text, path))
  local file = { path = path, places = places, list = {}, load_base = load_base, named = {}, making = {}, wrong = {}, told = {} }
  if type(root) ~= "table" or root.medel_scenario ~= "1" then wrong(place_in(file, root, "medel_scenario"), "medel_scenario: 1 is expected") end
  local list = root.scenarios or { root }
  if type(list) ~= "table" then wrong(place_in(file, root, "scenarios"), "scenarios is a list of mappings") end
  for _, key in ipairs(root.scenarios and diagnostics.sorted(root) or {}) do
    if key ~= "scenarios" and key ~= "medel_scenario" then
      keep(file, wrong, place_in(file, root, key), "unknown key '%s' beside scenarios%s", tostring(key), diagnostics.hint(key, { "scenarios", "medel_scenario" }))
    end
  end
  for i, one in ipairs(list) do
    if type(one) == "table" then
      file.list[#file.list + 1] = one
    else
      keep(file, wrong, place_in(file, list, i), "scenarios is a list of mappings")
    end
  end
  local out = {}
  for i, one in ipairs(file.list) do out[i] = keep(file, yaml_scenario, file, one) end
  if #file.wrong > 0 then
    table.sort(file.wrong, function(a, b) return (a.line or 0) < (b.line or 0) end)
    error(diagnostics.new(file.wrong), 0)
  end
  return out
end

-- The scenarios of a file, in its order; load(path) reads a report that they stand on.
function scenario.load(path, load, limits)
  local text, why = files.read(path)
  if not text then error(why, 0) end
  local load_base = loader(path, load)
  local value
  if path:find "%.lua$" then value = run_lua(path, text, load_base, limits)
  else value = run_yaml(path, text, load_base) end
  local list = is(value, Scenario) and { value } or value
  if type(list) ~= "table" or #list == 0 then
    error(("%s:1: the file returns no scenario: return scenario \"name\" { ... }"):format(path), 0)
  end
  if #list > most.scenarios then error(("%s:1: more than %d scenarios"):format(path, most.scenarios), 0) end
  for i, s in ipairs(list) do
    if not is(s, Scenario) then error(("%s:1: item %d of what the file returns is no scenario"):format(path, i), 0) end
    if type(s.settings) ~= "table" or type(s.decisions) ~= "table" or s.name == nil then
      error(("%s:1: item %d of what the file returns was changed after it was made"):format(path, i), 0)
    end
    s.file, s.limits, s.line = path, limits, math.type(s.line) == "integer" and s.line or 1
    check_text(s, "the name of a scenario", s.name)
    if type(s.settings.base) == "string" then s.settings.base = load_base(s.settings.base) end
    if not s.settings.base then wrong(s, "scenario '%s' has no base: base = report(\"2023.yaml\")", s.name) end
  end
  return list
end

-- Scenarios by number or a part of their name; all of them without any.
function scenario.choose(list, wanted)
  wanted = type(wanted) == "table" and wanted or { wanted }
  if #wanted == 0 then return list end
  local out = {}
  for i, want in ipairs(wanted) do
    local n = math.tointeger(tonumber(want))
    local found = n and list[n]
    for _, s in ipairs(list) do
      if not found and not n and s.name:lower():find(want:lower(), 1, true) then found = s end
    end
    if not found then error(("no scenario '%s'; the file has %d"):format(want, #list), 0) end
    out[i] = found
  end
  return out
end

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
  for _, key in ipairs(shares) do
    local q = s.settings[key]
    if q then
      list[#list + 1] = { driver = key, op = "set", value = value_at(s, key, q), year = first, month = 1,
                          decision = "antagande: " .. key, file = s.file, line = s.line }
    end
  end
  return list
end

local function check_texts(s)
  check_text(s, "the name of a scenario", s.name)
  if #s.decisions > most.decisions then wrong(s, "more than %d decisions", most.decisions) end
  for _, d in ipairs(s.decisions) do
    if not is(d, Decision) then wrong(s, "what is among the decisions is no decision { ... }") end
    if type(d.fields) ~= "table" or d.title == nil then wrong(s, "a decision was changed after it was made") end
    for _, key in ipairs { "title", "by", "reason", "document", "from" } do check_text(s, key, d[key]) end
  end
end

local function check_changes(s, changes)
  for _, change in ipairs(changes) do
    check_text(s, "the name of a block", change.target)
    check_text(s, "label", change.label)
    check_text(s, "group", change.group)
  end
end

-- The projection and the changes that its decisions are, or nil and why.
local function project(s, parameters, first, last)
  local ar = s.settings.base
  check_texts(s)
  local changes = assumed(s, first)
  for _, d in ipairs(s.decisions) do
    for _, change in ipairs(decisions.changes(d, ar, last)) do changes[#changes + 1] = change end
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
