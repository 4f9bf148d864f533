-- language.lua: the names that expressions and scripts can use.
local medel = require "medel"

local language = {}

-- The functions that rules are written with, and the safe parts of Lua.
function language.base()
  local env = {}
  for _, f in ipairs(medel.reference().language) do env[f.name] = medel[f.name] end
  for name, f in pairs(medel.bounded "base") do env[name] = f end
  for _, name in ipairs { "math", "string", "table", "utf8" } do env[name] = medel.bounded(name) end
  function env.print(...)
    local texts = table.pack(...)
    for i = 1, texts.n do texts[i] = env.tostring(texts[i]) end
    io.stdout:write(medel.printable(table.concat(texts, "\t")), "\n")
  end
  return env
end

local of_files = { files = true, is_absent = true, is_folder = true, read_file = true, same_file = true, stays = true, write_file = true }

-- The module for scripts that are not trusted: what is documented, without what reads, lists or
-- writes files. granted(path) raises unless the script may read that file: a report or a ledger.
function language.module(granted)
  local safe = { version = medel.version, null = medel.null }
  local reference = medel.reference()
  for _, list in ipairs { reference.functions, reference.language } do
    for _, f in ipairs(list) do
      if not of_files[f.name] then safe[f.name] = medel[f.name] end
    end
  end
  function safe.load_report(taxonomy, path)
    granted(path)
    return medel.load_report(taxonomy, path)
  end
  function safe.ledger(path, options)
    granted(path)
    if type(options) == "table" and options.mapping then granted(options.mapping) end
    return medel.ledger(path, options)
  end
  return safe
end

-- A norm by its id; a stair applies to its base.
local function norm_value(norms, ar, list)
  return function(id)
    local value = norms
    for part in id:gmatch "[^.]+" do value = value[part] end
    if medel.is_quantity(value) then return value end
    for _, p in ipairs(list) do
      if p.id == id and p.stair then
        local base = ar[p.base]
        if base == nil then error(("%s applies to %s, which is not printed"):format(id, p.base), 0) end
        return value(base)
      end
    end
    return value
  end
end

local NORM = "norm_of_the_expression"

-- The expression with each dotted name that is a parameter's as a call of NORM: what a report
-- calls budget, soliditet or administration is not hidden by parameters that begin alike.
local function with_norms(expression, list)
  local known = {}
  for _, p in ipairs(list) do known[p.id] = true end
  local out, at = {}, 1
  while at <= #expression do
    local from, to = expression:find("^[%a_][%w_.]*", at)
    local quote = not from and expression:match("^[\"']", at)
    if from then
      local name = expression:sub(from, to)
      local before = expression:sub(1, at - 1):match "[%.:]%s*$" -- a field of something
      out[#out + 1] = known[name] and not before and ("%s(%q)"):format(NORM, name) or name
    elseif quote then
      to = expression:find(quote, at + 1, true) or #expression
      out[#out + 1] = expression:sub(at, to)
    else
      to = at
      out[#out + 1] = expression:sub(at, at)
    end
    at = to + 1
  end
  return table.concat(out)
end

-- A name that only begins those of parameters, or nil: it is no figure, and says which are.
local group
function group(list, name)
  local names, seen = {}, {}
  for _, p in ipairs(list) do
    if p.id:sub(1, #name + 1) == name .. "." and not seen[p.id] then
      seen[p.id] = true
      names[#names + 1] = p.id
    end
  end
  if #names == 0 then return nil end
  return setmetatable({ begins = names }, { __index = function(_, key)
    local id = name .. "." .. tostring(key)
    return group(list, id) or error(("unknown parameter '%s'"):format(id), 0)
  end })
end

local function without_place(message)
  return (tostring(message):gsub("^[^\n]-:%d+: ", ""):gsub("^expression: ", ""))
end

-- Evaluate an expression on a report: concepts, tables and norms are names, and `bok` the
-- ledger if there is one.
function language.evaluate(expression, ar, parameters, overrides, bok, limits)
  local guest = require "medel.guest"
  local norms, list = parameters:at(ar, overrides), parameters:list()
  local env = language.base()
  env[NORM] = norm_value(norms, ar, list)
  setmetatable(env, { __index = function(_, name)
    if name == "ar" then return ar end
    if name == "bok" and bok then return bok end
    local known, value = pcall(function() return ar[name] end)
    if known then return value end
    return group(list, name) or error(value, 0)
  end })
  local chunk, why = guest.compile("expression", "return " .. with_norms(expression, list), env)
  if not chunk then return nil, without_place(why) end
  local ok, value = guest.call("expression", limits, false, chunk)
  if not ok then return nil, without_place(value) end
  return value
end

return language
