-- scenario_file.lua: scenarios from a file in Lua or YAML, and the reports that they stand on.
local medel = require "medel"
local decision = require "medel.decision"
local diagnostics = require "medel.diagnostics"
local files = require "medel.files"
local guest = require "medel.guest"
local scenario = require "medel.scenario"

local scenario_file = {}
local most = 100 -- scenarios

local tostring = medel.bounded("base").tostring -- never an address
local wrong, at = decision.wrong, decision.at

-- Where the file calls; what it returns at once has no line left, and is said at the first.
local function here(path, level)
  local info = debug.getinfo(level + 1, "Sl")
  return { file = path, line = info.source == "@" .. path and info.currentline or 1 }
end

local function folder_of(path)
  return path:match "^(.*/)[^/]*$" or ""
end

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
  function env.decision(fields) return decision.new(fields, here(path, 2)) end
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
      for _, word in ipairs(decision.words) do known = known or word == key end
      out[key] = known and figure(at(place, key), key, value) or value
    end
  end
  return decision.new(out, place)
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
function scenario_file.load(path, load, limits)
  local text, why = files.read(path)
  if not text then error(why, 0) end
  local load_base = loader(path, load)
  local value
  if path:find "%.lua$" then value = run_lua(path, text, load_base, limits)
  else value = run_yaml(path, text, load_base) end
  local list = scenario.is(value) and { value } or value
  if type(list) ~= "table" or #list == 0 then
    error(("%s:1: the file returns no scenario: return scenario \"name\" { ... }"):format(path), 0)
  end
  if #list > most then error(("%s:1: more than %d scenarios"):format(path, most), 0) end
  for i, s in ipairs(list) do
    if not scenario.is(s) then error(("%s:1: item %d of what the file returns is no scenario"):format(path, i), 0) end
    if type(s.settings) ~= "table" or type(s.decisions) ~= "table" or s.name == nil then
      error(("%s:1: item %d of what the file returns was changed after it was made"):format(path, i), 0)
    end
    s.file, s.limits, s.line = path, limits, math.type(s.line) == "integer" and s.line or 1
    decision.check_text(s, "the name of a scenario", s.name)
    if type(s.settings.base) == "string" then s.settings.base = load_base(s.settings.base) end
    if not s.settings.base then wrong(s, "scenario '%s' has no base: base = report(\"2023.yaml\")", s.name) end
  end
  return list
end

-- Scenarios by number or a part of their name; all of them without any.
function scenario_file.choose(list, wanted)
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

return scenario_file
