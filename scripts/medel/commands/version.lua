-- version.lua: which medel this is, and which Lua is under it.
local spec = {
  name = "version",
  summary = "Say which version this is; --check tries the Lua under it.",
  description = "Print the version. --check provokes the known bugs of Lua 5.4, each in a process of its "
    .. "own, and says which this one has and what keeps rules from them. They concern only scripts that "
    .. "run with --trust.",
  arguments = {},
  options = { { flags = "--check", target = "check", doc = "Try the Lua under the program." } },
  exit = { { "0", "done" } },
  examples = { { "medel version --check", "Which bugs the Lua under the program has." } },
}

function spec.run(args)
  local medel = require "medel"
  local out = { "medel ", medel.version, "\n" }
  if args.check then
    local list, release = medel.probe()
    local bad = 0
    for _, p in ipairs(list) do if p.outcome ~= "right" then bad = bad + 1 end end
    out[#out + 1] = ("compiled with %s; %d of %d known bugs are in the Lua that it runs on\n"):format(release, bad, #list)
    for _, p in ipairs(list) do
      out[#out + 1] = ("%-8s %-14s %s\n"):format(p.outcome, p.name, p.what)
      if p.outcome ~= "right" then out[#out + 1] = ("%-23s for rules: %s\n"):format("", p.instead) end
    end
  end
  io.stdout:write(table.concat(out))
  return 0
end

return spec
