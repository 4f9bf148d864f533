-- norms.lua: rules whose verdict depends on which of the competing norms is used.
local medel = require "medel"

local norms = {}

-- { id = { { norm, title }, ... } } of the parameters that have competing norms.
local function competing(parameters)
  local by_id, seen = {}, {}
  for _, p in ipairs(parameters:list()) do
    if p.norm and not seen[p.id .. p.norm] then
      seen[p.id .. p.norm] = true
      by_id[p.id] = by_id[p.id] or {}
      table.insert(by_id[p.id], { norm = p.norm, title = p.norm_title })
    end
  end
  for id, list in pairs(by_id) do if #list < 2 then by_id[id] = nil end end
  return by_id
end

local function verdict(outcome)
  if outcome.outcome ~= "finding" then return outcome.outcome, nil end
  return "finding", outcome.findings[1] and outcome.findings[1].message
end

-- Run the rules that used a parameter again under each of its norms.
local function under_each(w, result, id, versions, users)
  local usual = w.norms[id] or versions[1].norm
  table.sort(versions, function(a, b)
    if (a.norm == usual) ~= (b.norm == usual) then return a.norm == usual end
    return a.norm < b.norm
  end)
  local entries, numbers = {}, {}
  for i, user in ipairs(users) do
    numbers[i] = user.number
    entries[i] = { rule = user.rule, parameter = id, norms = {}, differs = false }
  end
  for _, version in ipairs(versions) do
    local overrides = {}
    for key, norm in pairs(w.norms) do overrides[key] = norm end
    overrides[id] = version.norm
    for i, outcome in ipairs(w.runner:run(result.ar,
      require "medel.beside"(result, { rules = numbers, overrides = overrides }))) do
      local what, message = verdict(outcome)
      local entry = entries[i]
      if what == "broken" then
        require("medel.broken").add(result, { rule = entry.rule, file = entry.rule.file, error = outcome.error })
      end
      entry.norms[#entry.norms + 1] = { norm = version.norm, title = version.title, outcome = what,
        message = message, usual = version.norm == usual }
      if what ~= entry.norms[1].outcome then entry.differs = true end
    end
  end
  return entries
end

-- result.norms = { { rule, parameter, norms = { { norm, title, outcome, message, usual } }, differs } }
function norms.add(w, result)
  w.competing = w.competing or competing(w.parameters)
  local all = {}
  for id, versions in pairs(w.competing) do
    local users = {}
    for number, rule in ipairs(w.loaded) do
      for _, used in ipairs(result.used_norms[number] or {}) do
        if used == id and not rule.duplicate then users[#users + 1] = { number = number, rule = rule } end
      end
    end
    if #users > 0 then
      for _, entry in ipairs(under_each(w, result, id, versions, users)) do all[#all + 1] = entry end
    end
  end
  table.sort(all, function(a, b)
    if a.rule.id ~= b.rule.id then return a.rule.id < b.rule.id end
    return a.parameter < b.parameter
  end)
  result.norms = all
end

return norms
