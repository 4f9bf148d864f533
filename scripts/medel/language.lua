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
    io.stdout:write(table.concat(texts, "\t"), "\n")
  end
  return env
end

-- The module for scripts that are not trusted: without what reads, lists or writes files, and
-- what is the program's own.
function language.module()
  local safe = {}
  for name, value in pairs(medel) do safe[name] = value end
  for _, name in ipairs { "files", "is_absent", "is_folder", "read_file", "same_file", "write_file", "apart", "granted",
                          "probe", "write_beneath" } do
    safe[name] = nil
  end
  return safe
end

-- Norms by dotted name; a stair named without a call applies to its base.
local function norm_value(norms, ar, list, prefix)
  return setmetatable({}, {
    __index = function(_, key)
      local id = prefix == "" and key or prefix .. "." .. key
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
      return norm_value(norms, ar, list, id)
    end,
  })
end

-- Names of the report that win over parameters that begin alike (budget.…).
local views = { budget = true, prognos = true, foregaende = true, kommande = true, utfall = true }

local function without_place(message)
  return (tostring(message):gsub("^[^\n]-:%d+: ", ""))
end

-- Evaluate an expression on a report: concepts, tables and norms are names, and `bok` the
-- ledger if there is one.
function language.evaluate(expression, ar, parameters, overrides, bok)
  local bad = medel.lint("return " .. expression)
  if bad then return nil, bad end
  local norms, list = parameters:at(ar, overrides), parameters:list()
  local roots = {}
  for _, p in ipairs(list) do roots[p.id:match "^[^.]+"] = true end
  local env = language.base()
  local by_name = norm_value(norms, ar, list, "")
  setmetatable(env, { __index = function(_, name)
    if name == "ar" then return ar end
    if name == "bok" and bok then return bok end
    if roots[name] and not views[name] then return by_name[name] end
    return ar[name]
  end })
  local chunk, why = load("return " .. expression, "=expression", "t", env)
  if not chunk then return nil, without_place(why) end
  local ok, value = pcall(chunk)
  if not ok then return nil, without_place(value) end
  return value
end

return language
