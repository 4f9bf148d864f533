-- completion.lua: completion for shells.
local spec = {
  name = "completion",
  summary = "Print completion for a shell.",
  arguments = { { name = "SHELL", doc = "bash or fish." } },
  exit = { { "0", "printed" }, { "2", "no such shell" } },
  examples = {
    { "medel completion bash > /etc/bash_completion.d/medel", "For bash." },
    { "medel completion fish > ~/.config/fish/completions/medel.fish", "For fish." },
  },
}

function spec.run(args, names)
  local help = require "medel.help"
  if args.SHELL == "bash" then
    io.stdout:write(help.bash(names()))
  elseif args.SHELL == "fish" then
    io.stdout:write(help.fish(names()))
  else
    require("medel.terminal").complain(("medel completion: no completion for '%s'; bash and fish are there\n"):format(args.SHELL))
    return 2
  end
  return 0
end

return spec
