-- run.lua FOLDER - what README, docs/ and --help show is done: each command line is run, each YAML
-- and Lua passage is read, each C program compiled.  FOLDER is a new one, where the files that
-- the passages name are laid.
local medel = require "medel"
local folder = ...
local root = io.popen("pwd"):read "l"
local passed, failed, left = 0, 0, {}

local function quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function shell(command)
  local pipe = assert(io.popen(("cd %s && { %s ; } </dev/null 2>&1; echo \"exit:$?\""):format(quoted(folder), command)))
  local text = pipe:read "a"
  pipe:close()
  return text:match "^(.*)exit:(%d+)\n$"
end

local function check(ok, where, what, why)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print(("FAIL %s: %s\n     %s"):format(where, what, (tostring(why):gsub("\n", "\n     "))))
  end
end

-- The files that commands name: a report with its förbund and the year before, books, rules.
local laid = ([[
ln -s %s/examples examples && ln -s %s/scripts scripts && ln -s %s/rules rules
cp examples/lekeberg-orebro/2023.yaml examples/lekeberg-orebro/forbund.yaml examples/sydnarke/2023.se .
sed "s/2023/2024/g" 2023.se >2024.se
cp examples/sydnarke/2023.csv . && cp examples/sydnarke/2023-csv.yaml mapping.yaml
cp %s/tests/session/forra.yaml 2022.yaml && cp rules/forbund/sydnarke/kontoplan.yaml .
cp scripts/scenarios/lekeberg-orebro-halverad.lua halverad.lua
mkdir reports my-rules mina-regler docs && cp 2023.yaml forbund.yaml reports/
cp rules/kpmg/nyc-09-rimlig-ranta.lua rules/kpmg/nyc-09-rimlig-ranta.test.yaml my-rules/ && cp my-rules/* mina-regler/
]]):gsub("%%s", function() return quoted(root) end):gsub("\n$", "")
local out, code = shell("set -e\n" .. laid)
check(code == "0", "tests/docs/run.lua", "the files that commands name", out)

-- ---- command lines ----

-- Files that this machine cannot make, and places outside the folder.
local beyond = { "%.pdf", "%.docx", "%.odt", "2023%.txt", "svar%.json", "/etc/", "~/", "man %-l" }

-- Whether a text says what is shown, however it is broken into lines; … stands for what is left out.
local function says(text, shown)
  local function flat(t) return (t:gsub("%s+", " ")) end
  local rest, from = flat(text), 1
  for part in (shown .. "…"):gmatch "(.-)…" do
    part = flat(part):gsub("^ ", ""):gsub(" $", "")
    local _, last = rest:find(part, from, true)
    if not last then return false, part end
    from = last + 1
  end
  return true
end

-- shown: what stands below the command as its output, or nothing.
local function run_command(where, line, shown)
  line = line:gsub("^%$ ", ""):gsub("%s+#.*$", "")
  line = line:match "^(.-)%s%s+%S.*$" or line -- what it does stands beside it
  for _, pattern in ipairs(beyond) do
    if line:find(pattern) then
      left[#left + 1] = line
      return
    end
  end
  shell "rm -f 2024.yaml 2024-08.yaml" -- what an earlier one has written
  local text, status = shell("timeout 1800 " .. line)
  check(status == "0" or status == "1", where, line, status .. ": " .. tostring(text):sub(1, 600))
  if shown:find "%S" then
    local ok, part = says(text, shown)
    check(ok, where, line, "it does not print: " .. tostring(part):sub(1, 600))
  end
end

-- ---- passages ----

local taxonomy = require("medel.session").new():taxonomy()
local described = medel.describe_taxonomy(taxonomy)
local top = { medel = true, noter = true, rakenskapsar = true, dokument = true, forbund = true }
for _, t in ipairs(described.tables) do top[t.id] = true end
for _, f in ipairs(described.fields) do top[f.name] = true end

local function keys_are(text, known)
  local some = false
  for key in ("\n" .. text):gmatch "\n([%w_]+):" do
    if not known[key] then return false end
    some = true
  end
  return some
end

local forbund = {}
for _, f in ipairs(described.fields) do
  if f.name == "forbund" then for _, inner in ipairs(f.fields or {}) do forbund[inner.name] = true end end
end
forbund.rader = true

-- Rules that the passages show are files of the tree, letter by letter; what stands of a rule's test is tried with it.
local own_rules, shown_tests = {}, {}
for _, path in ipairs(medel.files("rules", ".lua")) do
  local source = medel.read_file(path)
  local id = source:match '\n  id     = "([%u%d-]+)"'
  if id then own_rules[id] = { path = path, source = source } end
end

local function read_yaml(where, text)
  local id = text:match "^rule: ([%u%d-]+)\n"
  if id and own_rules[id] then
    shown_tests[#shown_tests + 1] = { where = where, id = id, text = text }
    return
  end
  if text:find "^medel_parameters: 1\n" then
    local read, why = medel.read_parameters(text, where)
    check(read, where, "parameters", why)
    return
  end
  if text:find("…", 1, true) or text:find("...", 1, true) then -- a passage with something left out
    left[#left + 1] = where
    return
  end
  local kind = medel.file_kind(text)
  if kind == nil and not keys_are(text, top) and keys_are(text, forbund) then
    text = "forbund:\n" .. text:gsub("[^\n]+", "  %0")
  end
  if kind == "report" or keys_are(text, top) then
    if not ("\n" .. text):find "\nmedel:" then text = "medel: 1\n" .. text end
    if not ("\n" .. text):find "\nrakenskapsar:" then text = "rakenskapsar: 2023\n" .. text end
    text = text:gsub("\nforbund: forbund.yaml[^\n]*", "")
    local ar, why = medel.read_report(taxonomy, text, where)
    check(ar, where, "a report", why)
  else
    local root_, why = medel.yaml(text, where)
    if not root_ and why:find "duplicate key" then -- the same key in several forms, one below another
      left[#left + 1] = where
    else
      check(root_, where, "YAML", why)
    end
  end
end

local function read_lua(where, text)
  if text:find("…", 1, true) then
    left[#left + 1] = where
    return
  end
  if text:find "return%s+rule" then
    local id = text:match 'id%s+= "([%u%d-]+)"'
    if own_rules[id] then check(own_rules[id].source == text, where, own_rules[id].path, "the passage is not the file") end
    local runner = medel.runner { parameters = require("medel.session").new():parameters() }
    local rule, why = runner:load(where, text)
    check(rule, where, "a rule", why)
  else
    local chunk, why = load(text, "=" .. where)
    check(chunk, where, "Lua", why)
  end
end

local function compile_c(where, text)
  if not text:find "#include" then
    left[#left + 1] = where
    return
  end
  local file = assert(io.open(folder .. "/passage.c", "w"))
  file:write(text)
  file:close()
  local includes = {}
  for _, path in ipairs { "core", "bindings" } do
    for wing in io.popen(("ls -d %s/%s/*/"):format(quoted(root), path)):lines() do includes[#includes + 1] = "-I" .. quoted(wing) end
  end
  local said, status = shell("cc -std=c11 -fsyntax-only " .. table.concat(includes, " ") .. " passage.c")
  check(status == "0", where, "C", said)
end

local readers = { yaml = read_yaml, lua = read_lua, c = compile_c }

-- "$ medel ..." with what it prints below it, or bare command lines.
local function commands(path, at, lines)
  for i, line in ipairs(lines) do
    if line:find "^%$? ?medel %l" then
      local shown = {}
      for k = i + 1, line:find "^%$ " and #lines or i do
        if lines[k]:find "^%$ " then break end
        shown[#shown + 1] = lines[k]
      end
      run_command(("%s:%d"):format(path, at + i), line, table.concat(shown, "\n"))
    end
  end
end

-- A file of the tree that a text names is there; words in capitals stand for any.
local trees = { core = true, bindings = true, scripts = true, rules = true, tests = true, examples = true, docs = true }
local function names_are_there(path)
  for name in assert(medel.read_file(path)):gmatch "`([%w_./-]+%.%l+)`" do
    local tree = name:match "^(%l+)/"
    if trees[tree] and not name:find "%u%u" then check(not medel.is_absent(name), path, name, "there is no such file") end
  end
end

local function passages(path)
  local language, lines, at, number = nil, {}, 0, 0
  for line in (assert(medel.read_file(path)) .. "\n"):gmatch "([^\n]*)\n" do
    number = number + 1
    local fence = line:match "^```(.*)$"
    if fence and not language then
      language, lines, at = fence, {}, number
    elseif fence then
      if readers[language] then readers[language](("%s:%d"):format(path, at), table.concat(lines, "\n") .. "\n") end
      if language == "" then commands(path, at, lines) end
      language = nil
    elseif language then
      lines[#lines + 1] = line
    end
  end
end

for _, path in ipairs(table.move(medel.files("docs", ".md"), 1, 1000, 4, { "README.md", "CONTRIBUTING.md", "CHANGES.md" })) do
  passages(path)
  names_are_there(path)
end

-- A rule that is copied, with the test that is shown, into a folder of one's own.
for i, shown in ipairs(shown_tests) do
  local at = ("%s/shown-%d"):format(folder, i)
  assert(os.execute("mkdir -p " .. quoted(at)))
  assert(medel.write_file(at .. "/shown.lua", own_rules[shown.id].source, true))
  assert(medel.write_file(at .. "/shown.test.yaml", shown.text, true))
  local text, status = shell("medel test shown-" .. i)
  check(status == "0", shown.where, "the test of " .. shown.id, text)
end

for _, path in ipairs(medel.files("scripts/medel/commands", ".lua")) do
  local spec = require("medel.commands." .. path:match "([%w_]+)%.lua$")
  for _, example in ipairs(spec.examples or {}) do run_command("medel " .. spec.name .. " --help", example[1], "") end
end
for line in require("medel.help").overview({}):gmatch "[^\n]+" do
  local command = line:match "^  (medel %l+ .*)$"
  if command then run_command("medel --help", command, "") end
end

print(("documents: %d passed, %d failed, %d not tried"):format(passed, failed, #left))
if failed > 0 then error("a document shows what does not work", 0) end
