-- golden.lua: runs the commands in tests/cli/*.case and compares what they print.
--   lua5.4 tests/cli/golden.lua BUILD [--reset] [NAME...]
-- A case file is commands and what they said, in the order of a terminal:
--   # a comment
--   $ medel audit --only EKA-01 examples/sydnarke/2023.yaml
--   > | head -1                     (more of the command)
--   | what it writes to stdout
--   ! what it writes to stderr
--   ? 1                             (its exit status, when it is not 0)
-- --reset writes what they say now; read the difference before it is committed.
-- Commands run in the project's folder, with the program first in PATH, an empty folder $T
-- of their own and tests/cli/data as $D.
local build = table.remove(arg, 1)
local reset, names = false, {}
for _, word in ipairs(arg) do
  if word == "--reset" then reset = true else names[#names + 1] = word end
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  assert(file:close())
end

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read "a"
  pipe:close()
  return text
end

-- ---- case files ----

-- { { comments = { ... }, command, expected } }; expected is the text of its lines.
local function parse(text)
  local cases, comments, case = {}, {}, nil
  for line in text:gmatch "([^\n]*)\n" do
    local mark, rest = line:match "^([#$>|!?]) ?(.*)$"
    if mark == "$" then
      case = { comments = comments, command = rest, shown = line, expected = {} }
      comments = {}
      cases[#cases + 1] = case
    elseif mark == ">" then
      case.command = case.command .. "\n" .. rest
      case.shown = case.shown .. "\n" .. line
    elseif mark == "#" or line == "" then
      comments[#comments + 1] = line
      if line ~= "" then case = nil end
    elseif mark and case then
      case.expected[#case.expected + 1] = line
    else
      error("neither a command nor its output: " .. line, 0)
    end
  end
  return cases, comments
end

-- ---- running ----

local root = output_of "pwd":gsub("\n$", "")
local scratch = output_of "mktemp -d":gsub("\n$", "")
local program = build:sub(1, 1) == "/" and build or root .. "/" .. build

local environment = table.concat({
  "env -i", "HOME=" .. quoted(scratch), "PATH=" .. quoted(program .. ":" .. os.getenv "PATH"),
  "LC_ALL=C", "TERM=xterm", "T=" .. quoted(scratch .. "/t"), "D=tests/cli/data",
}, " ")

local function marked(mark, text)
  local out = {}
  for line, last in text:gmatch "([^\n]*)(\n?)" do
    if line ~= "" or last ~= "" then
      out[#out + 1] = line == "" and mark or mark .. " " .. line
      if last == "" then out[#out] = out[#out] .. "\\" end -- no newline at the end
    end
  end
  return out
end

local function run(command)
  local out, err = scratch .. "/out", scratch .. "/err"
  local _, how, code = os.execute(("%s sh -c %s >%s 2>%s </dev/null"):format(environment, quoted(command), out, err))
  local lines = {}
  local function add(mark, text)
    text = text:gsub(scratch:gsub("%p", "%%%0") .. "/t", "$T")
    for _, line in ipairs(marked(mark, text)) do lines[#lines + 1] = line end
  end
  add("|", read(out))
  add("!", read(err))
  if how == "signal" then code = "signal " .. code end
  if code ~= 0 then lines[#lines + 1] = "? " .. code end
  return lines
end

-- ---- comparing ----

local passed, failed = 0, 0

local function differ(name, case, got)
  failed = failed + 1
  write(scratch .. "/want", table.concat(case.expected, "\n") .. "\n")
  write(scratch .. "/got", table.concat(got, "\n") .. "\n")
  print(("FAIL %s: %s"):format(name, case.command))
  print(output_of(("diff -u --label expected --label got %s/want %s/got | head -40"):format(scratch, scratch)))
end

local function check_file(path)
  local name = path:match "([^/]+)%.case$"
  local cases, rest = parse(read(path))
  local out = {}
  os.execute(("rm -rf %s/t && mkdir %s/t"):format(scratch, scratch))
  for _, case in ipairs(cases) do
    local got = run(case.command)
    for _, line in ipairs(case.comments) do out[#out + 1] = line end
    out[#out + 1] = case.shown
    table.move(got, 1, #got, #out + 1, out)
    if table.concat(got, "\n") == table.concat(case.expected, "\n") then
      passed = passed + 1
    elseif not reset then
      differ(name, case, got)
    end
  end
  table.move(rest, 1, #rest, #out + 1, out)
  if reset then write(path, table.concat(out, "\n") .. "\n") end
end

for path in output_of("ls tests/cli/*.case"):gmatch "[^\n]+" do
  local wanted = #names == 0
  for _, name in ipairs(names) do wanted = wanted or path == "tests/cli/" .. name .. ".case" end
  if wanted then check_file(path) end
end
os.execute("rm -rf " .. quoted(scratch))
print(("command line: %d passed, %d failed"):format(passed, failed))
os.exit(failed == 0)
