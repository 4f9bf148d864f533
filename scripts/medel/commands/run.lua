-- run.lua: a script of the user's own.
local spec = {
  name = "run",
  summary = "Run a Lua script with the module medel and a report's language.",
  description = "Run a script of your own. It can use print, the safe parts of Lua, the "
    .. "functions that rules have, `report(path)` to load a report and `parameters()`. It has "
    .. "no files, no processes and no require; --trust gives all of Lua.",
  arguments = { { name = "SCRIPT", doc = "A Lua file." },
                { name = "ARGUMENT", args = "*", doc = "Given to the script as ..." } },
  options = { { flags = "--trust", target = "trust", doc = "Let the script use all of Lua." } },
  exit = { { "0", "the script ended" }, { "2", "it could not run, or failed" } },
  examples = { { "medel run examples/nyckeltal.lua examples/sydnarke/2023.yaml", "Key figures of a report." } },
}

local function environment(trust)
  local medel = require "medel"
  local workspace = require "medel.workspace"
  local env = require("medel.language").base()
  local taxonomy
  env.medel = trust and medel or require("medel.language").module()
  function env.report(path)
    taxonomy = taxonomy or workspace.taxonomy()
    local ar, why = medel.load_report(taxonomy, path)
    if not ar then error("cannot load " .. path .. "\n" .. why, 0) end
    return ar
  end
  env.parameters = function() return workspace.parameters() end
  return trust and setmetatable(env, { __index = _G }) or env
end

function spec.run(args)
  local medel = require "medel"
  local source, why = medel.read_file(args.SCRIPT)
  if source then
    local bad, line = medel.lint(source, args.trust)
    if bad then source, why = nil, ("%s:%d: %s"):format(args.SCRIPT, line, bad) end
  end
  local chunk
  if source then chunk, why = load(source, "@" .. args.SCRIPT, "t", environment(args.trust)) end
  if not chunk then
    require("medel.terminal").complain("medel run: ", why, "\n")
    return 2
  end
  local ok, failure = xpcall(chunk, function(message)
    if type(message) ~= "string" then return "the script failed" end
    return message
  end, table.unpack(args.ARGUMENT))
  if not ok then
    require("medel.terminal").complain("medel run: ", failure, "\n")
    return 2
  end
  return 0
end

return spec
