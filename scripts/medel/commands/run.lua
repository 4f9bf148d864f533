-- run.lua: a script of the user's own.
local spec = {
  name = "run",
  summary = "Run a Lua script with the module medel and a report's language.",
  description = "Run a script of your own. It can use print, the safe parts of Lua, the "
    .. "functions that rules have, `report(path)` to load a report that is among the arguments or named by --read, "
    .. "`parameters()`, and with --output `write(path, text)`. It has no other files, no processes, no require and bounded time and "
    .. "memory; --trust gives all of Lua.",
  arguments = { { name = "SCRIPT", doc = "A Lua file." },
                { name = "ARGUMENT", args = "*", doc = "Given to the script as ..." } },
  options = {
    { flags = "-o --output", target = "output", value = "FOLDER", doc = "Where the script may write files." },
    { flags = "--read", target = "read", value = "PATH", many = true,
      doc = "A report, ledger or folder of them that the script may read, besides its arguments." },
    { flags = "--time-limit", target = "time_limit", value = "MS", default = "60000", doc = "Milliseconds that it may take." },
    { flags = "--memory-limit", target = "memory_limit", value = "MIB", default = "1024", doc = "MiB that it may use." },
    { flags = "--trust", target = "trust", doc = "Let the script use all of Lua, without limits." },
  },
  exit = { { "0", "the script ended" }, { "2", "it could not run, or failed" } },
  examples = { { "medel run examples/nyckeltal.lua examples/sydnarke/2023.yaml", "Key figures of a report." } },
}

-- The bounded functions of rules stand back where Lua has one of the same name.
local function beside_all_of_lua(env)
  for name in pairs(_G) do env[name] = nil end
  return setmetatable(env, { __index = _G })
end

-- A script reads the files that it is given: the arguments that are files or folders, and what
-- --read names.
local function grant(args)
  local medel, files, paths = require "medel", require "medel.files", {}
  for _, list in ipairs { args.ARGUMENT, args.read } do
    for _, path in ipairs(list) do paths[#paths + 1] = #path > 1 and path:gsub("/+$", "") or path end
  end
  return function(path)
    if type(path) ~= "string" then error("the name of a file is expected", 3) end
    for _, given in ipairs(paths) do
      if path == given or files.below(given, path) and medel.is_folder(given) then
        files.note(path)
        return
      end
    end
    error(("the script may not read %s: give it as an argument, or with --read"):format(path), 3)
  end
end

local function environment(args)
  local trust = args.trust
  local medel = require "medel"
  local asked = require("medel.session").new()
  local env = require("medel.language").base()
  local granted = grant(args)
  env.medel = trust and medel or require("medel.language").module(granted)
  function env.report(path)
    if not trust then granted(path) end
    local ar, why = asked:read(path)
    if not ar then error("cannot load " .. path .. "\n" .. why, 0) end
    return ar
  end
  env.parameters = function(ar) return asked:parameters(ar) end
  function env.write(path, text)
    if not args.output then error("write needs --output FOLDER", 2) end
    for _, read in ipairs(require("medel.files").noted()) do
      if medel.same_file(args.output .. "/" .. path, read) then
        error(("cannot write %s: it is what is read"):format(path), 2)
      end
    end
    local ok, why = medel.write_beneath(args.output, path, text)
    if not ok then error(("cannot write %s: %s"):format(path, why), 2) end
  end
  return trust and beside_all_of_lua(env) or env
end

local function text_of(message)
  if type(message) ~= "string" then return "the script failed" end
  return message
end

-- In a child, which is ended if it does not end by itself; what it prints goes out as it comes.
local function bounded(args, chunk)
  local medel = require "medel"
  local fine, limits = pcall(require("medel.options").of, args)
  if not fine then return nil, limits end
  local ok, why
  medel.apart({ items = 1, jobs = 1, memory_mb = limits.memory_mb + 1024, files_mb = 1024 }, function()
    local done, failure = require("medel.guest").call(args.SCRIPT, limits, false, chunk, table.unpack(args.ARGUMENT))
    if not io.stdout:flush() then return "cannot write the output" end
    return not done and failure or nil
  end, function(_, failure, killed) ok, why = not failure and not killed, killed or failure end)
  return ok, why
end

function spec.run(args)
  local medel = require "medel"
  local source, why = require("medel.files").read(args.SCRIPT)
  local chunk
  if source then chunk, why = require("medel.guest").compile(args.SCRIPT, source, environment(args), args.trust) end
  if not chunk then
    require("medel.terminal").complain("medel run: ", why, "\n")
    return 2
  end
  local ok, why_not
  if args.trust then
    ok, why_not = xpcall(chunk, text_of, table.unpack(args.ARGUMENT))
  else
    ok, why_not = bounded(args, chunk)
  end
  if not ok then
    require("medel.terminal").complain("medel run: ", why_not, "\n")
    return 2
  end
  return 0
end

return spec
