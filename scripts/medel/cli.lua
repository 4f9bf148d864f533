-- cli.lua: the program's commands.  Each command is a script over the public API
-- (scripts/medel/commands/NAME.lua) that describes itself; help, completion and the
-- man page are made from the same description.
local argv = ...

local usual = {
  "audit", "explain", "project", "repair", "report", "ledger", "coverage", "rules", "test", "new", "draft", "import", "schema", "run", "docs", "completion", "version", "help",
}

local function command(name, names)
  for _, known in ipairs(names) do
    if known == name then return require("medel.commands." .. name) end
  end
end

local function usage_error(message)
  require("medel.terminal").complain("medel: ", message, "\n")
  return 2
end

-- The usual ones, then whatever else stands in the folder.
local function names() return require("medel.files").modules("commands", usual) end

local function first_help()
  return require("medel.help").overview(names())
end

local name = argv[1]
if name == nil or name == "-h" or name == "--help" then
  io.stdout:write(first_help())
  return name and 0 or 2
end
if name == "--version" or name == "-V" then
  io.stdout:write("medel ", require("medel").version, "\n")
  return 0
end

local spec = command(name, usual) or command(name, names())
if not spec then
  local hint = require("medel.diagnostics").hint(name, names(), "; try 'medel --help'")
  return usage_error(("unknown command '%s'%s"):format(require("medel").show(name), hint))
end

local rest = table.move(argv, 2, #argv, 1, {})
for _, word in ipairs(rest) do
  if word == "--" then break end
  if word == "-h" or word == "--help" then
    io.stdout:write(require("medel.help").of(spec))
    return 0
  end
end

local parser = require "medel.parser"(spec)
local ok, args = parser:pparse(rest)
if not ok then
  return usage_error(("%s\n\n%s"):format(args, parser:get_usage()))
end
local function run()
  require("medel.terminal").prepare(args.colour, args.width and require("medel.options").whole(args.width, "--width", 40, 1000))
  if spec.in_child then return require("medel.apart").command(spec, args) end
  return spec.run(args, names) or 0
end

local function trace(why)
  return os.getenv "MEDEL_TRACE" and debug.traceback(tostring(why), 2) or why
end

local done, code = xpcall(run, trace)
if done then return code end
require("medel.terminal").complain_of(spec.name, code)
return 2
