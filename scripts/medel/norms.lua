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

-- Runners with one norm replaced, holding only the rules that name the parameter.
local function alternatives(w)
  if w.alternatives then return w.alternatives end
  local list = {}
  for id, versions in pairs(competing(w.parameters)) do
    local usual = w.norms[id] or versions[1].norm
    local users = {}
    for _, rule in ipairs(w.loaded) do
      local source = medel.read_file(rule.path)
      if source and source:find(id, 1, true) and not rule.duplicate then
        users[#users + 1] = { rule = rule, source = source }
      end
    end
    for _, version in ipairs(versions) do
      if #users > 0 then
        local overrides = {}
        for key, norm in pairs(w.norms) do overrides[key] = norm end
        overrides[id] = version.norm
        local runner = medel.runner { parameters = w.parameters, overrides = overrides }
        for _, user in ipairs(users) do runner:load(user.rule.file, user.source) end
        list[#list + 1] = { id = id, norm = version.norm, title = version.title, runner = runner,
                            users = users, usual = version.norm == usual }
      end
    end
  end
  table.sort(list, function(a, b)
    if a.id ~= b.id then return a.id < b.id end
    if a.usual ~= b.usual then return a.usual end
    return a.norm < b.norm
  end)
  w.alternatives = list
  return list
end

-- result.norms = { { rule, parameter, norms = { { norm, title, outcome, message, usual } }, differs } }
function norms.add(w, result)
  local by_rule, order = {}, {}
  for _, alternative in ipairs(alternatives(w)) do
    local outcomes = alternative.runner:run(result.ar)
    for i, user in ipairs(alternative.users) do
      local key = user.rule.id .. "|" .. alternative.id
      local entry = by_rule[key]
      if not entry then
        entry = { rule = user.rule, parameter = alternative.id, norms = {}, differs = false }
        by_rule[key] = entry
        order[#order + 1] = entry
      end
      local outcome, message = verdict(outcomes[i])
      entry.norms[#entry.norms + 1] = { norm = alternative.norm, title = alternative.title,
        outcome = outcome, message = message, usual = alternative.usual }
      if outcome ~= entry.norms[1].outcome then entry.differs = true end
    end
  end
  table.sort(order, function(a, b) return a.rule.id < b.rule.id end)
  result.norms = order
end

return norms
