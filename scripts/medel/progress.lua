-- progress.lua: a bar on the terminal while a long file is read; nothing elsewhere.
local medel = require "medel"

local progress = {}

-- A function for medel.ledger's option, or nil when nobody would see it.
function progress.bar(what)
  if not what or not medel.isatty or not medel.isatty(2) or os.getenv "TERM" == "dumb" then return nil end
  local width, shown = 30, -1
  return function(done, total)
    if total < 16 * 1024 * 1024 then return end -- read before a bar is seen
    local full = width * done // total
    if full == shown then return end
    shown = full
    io.stderr:write(("\r%s%s %3d %%"):format(("█"):rep(full), ("░"):rep(width - full), 100 * done // total))
    if done >= total then io.stderr:write("\r\27[K") end
  end
end

return progress
