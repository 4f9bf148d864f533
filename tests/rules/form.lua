-- form.lua - the form of the rules that come with medel: rules/**/ID-vad-den-provar.lua, its test beside it.
-- A rule of one's own may be called anything; ids are the identity.
local function wrong_name(path, source, id_pattern)
  local id = source:match(id_pattern)
  local file = path:match "([^/]+)$":gsub("%.test%.yaml$", ""):gsub("%.lua$", "")
  if not id then return "has no id" end
  if file:sub(1, #id) ~= id:lower() or not file:sub(#id + 1):find "^%-%l[%l%d]*" or file:find "[^%l%d-]" then
    return ("is to be called %s-WHAT-IT-IS-ABOUT: the id, then what it tries, in Swedish without å, ä and ö"):format(id:lower())
  end
end

local rule, test = '%f[%w_]id%s*=%s*"([^"]+)"', "%f[^\n\0]rule: *(%S+)"
assert(wrong_name("rules/x/eka-01.lua", 'id = "EKA-01"', rule))
assert(wrong_name("rules/x/eka-02-grans.lua", 'id = "EKA-01"', rule))
assert(wrong_name("rules/x/eka-01-gräns.test.yaml", "rule: EKA-01", test))
assert(not wrong_name("rules/x/eka-01-grans.test.yaml", "rule: EKA-01", test))

local bad = false
local function complain(path, what)
  if not what then return end
  io.stderr:write(("gate: %s %s\n"):format(path, what))
  bad = true
end

for path in io.popen("find rules -name '*.lua' -o -name '*.test.yaml' | LC_ALL=C sort"):lines() do
  local file = assert(io.open(path))
  local source = file:read "a"
  file:close()
  complain(path, wrong_name(path, source, path:find "%.lua$" and rule or test))
end
os.exit(not bad)
