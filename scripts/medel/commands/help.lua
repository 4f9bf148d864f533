-- help.lua: help on a command, or the man page.
local spec = {
  name = "help",
  summary = "Show help on a command, or the man page.",
  arguments = { { name = "COMMAND", args = "?", doc = "A command." } },
  options = { { flags = "--man", target = "man", doc = "Print the man page of all commands (roff)." } },
  exit = { { "0", "shown" }, { "2", "no such command" } },
  examples = { { "medel help audit", "About audit." }, { "medel help --man | man -l -", "The man page." } },
}

function spec.run(args, names)
  local help = require "medel.help"
  if args.man then
    io.stdout:write(help.man(names()))
    return 0
  end
  if not args.COMMAND then
    io.stdout:write(help.overview(names()))
    return 0
  end
  for _, name in ipairs(names()) do
    if name == args.COMMAND then
      io.stdout:write(help.of(require("medel.commands." .. name)))
      return 0
    end
  end
  require("medel.terminal").complain(("medel help: unknown command '%s'\n"):format(args.COMMAND))
  return 2
end

return spec
