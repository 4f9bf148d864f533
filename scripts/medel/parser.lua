-- parser.lua: what a command says of itself as a parser of its arguments.
--
-- Argument parsing is lua-argparse's; it is loaded only when a command runs.
return function(spec)
  local argparse = require "argparse"
  local parser = argparse("medel " .. spec.name, spec.description or spec.summary)
    :add_help(false)
  for _, a in ipairs(spec.arguments or {}) do
    parser:argument(a.name, a.doc):args(a.args or 1)
  end
  for _, o in ipairs(spec.options or {}) do
    local option
    if o.value then
      local names = {}
      for name in o.value:gmatch "%S+" do names[#names + 1] = name end
      option = parser:option(o.flags, o.doc):argname(#names > 1 and names or o.value)
      if o.choices then option:choices(o.choices) end
      if o.default then option:default(o.default) end
      if o.many then option:count "*" end
      if o.args then option:args(o.args) end
    else
      option = parser:flag(o.flags, o.doc)
    end
    option:target(o.target)
  end
  return parser
end
