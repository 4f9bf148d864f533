-- ids.lua - no concept, table or row of the taxonomy is named in C, which asks for roles.
-- What is alike by chance or is a name of the program's own stands here, and says why.
local excused = {
  summa = "a key of what scripts are given, or a word of a printed label",
  resultat = "a key of what scripts are given",
  driftredovisning = "a key of a kontoplan's file (docs/kontoplan.md)",
  administration = "a role",
}
local figure = "a name that a projection's figures have for scenarios (docs/projection.md)"
local files = {
  ["core/projection/projection_node.c"] = figure,
  ["core/montecarlo/montecarlo_plan.c"] = figure,
  ["bindings/model/lmedel_projection.c"] = figure,
  ["bindings/ledger/lmedel_ledger_analysis.c"] = "kinds of accounts whose age is asked for",
}

local ids, part, of_table = {}, nil, nil
for line in io.lines("rules/taxonomy/finsam.yaml") do
  part = line:match("^(%l+):") or part
  of_table = line:match("^    ([%l_]+):") or of_table
  local indent, id = line:match("^( +)([%l_%d]+):")
  local depth = indent and #indent
  if (part == "concepts" and depth == 2)
    or (part == "tables" and (depth == 2 or (depth == 6 and of_table == "rows"))) then ids[id] = true end
end
local function is_id(word)
  local table, row = word:match("^([^.]+)%.(.*)$")
  return ids[word] or (table and ids[table] and ids[row])
end

local bad, used = 0, {}
local function say(...)
  bad = bad + 1
  print(string.format(...))
end
for path in io.popen("ls core/*/*.[ch] bindings/*/*.[ch]"):lines() do
  local number, file = 0, assert(io.open(path))
  local text = file:read("a"):gsub("/%*.-%*/", function(comment) return (comment:gsub("[^\n]", "")) end)
  file:close()
  for line in text:gmatch("([^\n]*)\n") do
    number = number + 1
    for word in line:gmatch('"([%l_%d.]+)"') do
      if not is_id(word) then goto next end
      used[files[path] and path or word] = true
      if not files[path] and not excused[word] then
        say("%s:%d: '%s' is an id of the taxonomy: ask for its role (core/norms/taxonomy.h)", path, number, word)
      end
      ::next::
    end
  end
end
for _, list in ipairs { excused, files } do
  for name in pairs(list) do
    if not used[name] then say("tests/ids.lua: nothing of '%s' needs to be excused", name) end
  end
end
os.exit(bad == 0)
