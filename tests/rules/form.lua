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

-- A rule's own names are Swedish (docs/rules.md): English are those of Lua and medel, and none of these.
local english = {}
for word in ([[
about absence after against agrees alike all allowed alone amount answers any assessment attainable bare before between
booked both bounds can cause causes chain change check choices claims close colour colours column columns commented compare computed
cost costs counted counts cut date day days declared differs direction each empty ended ends equity evidence expected explained
explicit fact fewer filled find first forecasts found free from given goal goals gone got group groups has heading heads high holds
is item items key kind kinds known label lacking last late learn least less level levels limit list lists look low meaning measured
member mentions met mine missed missing month months more moved moves name named names negative neighbour net new next none number
of off old one only opening order other outcome outcomes own page paid pair pairs part parted partial parts pending plain
positive printed question questions rare reached registered report result results right row rows run said same says second seen
set shares share sheet signs single size small split stated statement statements struck sum suppliers surveys table tested
than times told together tried try turned turns twice unread unsaid usual value values view voucher was way ways weighs what whole
why with within word words worst wrong year years]]):gmatch "%a+" do english[word] = true end

local function declared(source)
  local names = {}
  local function add(list) for name in list:gmatch "[%a_][%w_]*" do names[#names + 1] = name end end
  source = source:gsub("%-%-[^\n]*", ""):gsub('"[^"\n]*"', '""')
  for list in source:gmatch "%f[%w_]local%s+([%a_][%w_, ]*)" do add(list:gsub("^function%s+", "")) end
  for list in source:gmatch "%f[%w_]function%s*[%w_]*%s*%(([^)]*)%)" do add(list) end
  for list in source:gmatch "%f[%w_]for%s+([%a_][%w_, ]*)" do add(list:gsub("%sin%s.*", "")) end
  return names
end

local function wrong_words(source)
  for _, name in ipairs(declared(source)) do
    for part in name:gmatch "[^_%d]+" do
      if english[part] then return ("names something '%s': a rule's own names are Swedish, in ASCII"):format(name) end
    end
  end
end

assert(wrong_words 'local rad, found = 1, 2' and wrong_words "local function rad_of(x)" and wrong_words "for row in t:rows() do")
assert(not wrong_words 'for rad in tabell:rows() do local ut, n = rad.label, { at = 1 } end')

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
  if not path:find "/lib/" then -- what rules of a pack share is no rule
    complain(path, wrong_name(path, source, path:find "%.lua$" and rule or test))
  end
  if path:find "%.lua$" then complain(path, wrong_words(source)) end
end
os.exit(not bad)
