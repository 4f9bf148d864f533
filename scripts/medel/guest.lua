-- guest.lua: the one way into Lua that is not the program's own: an expression, a scenario, a
-- script, a writer.  Rules have a state of their own (medel.runner); what is called here is
-- bounded in this one, and cannot catch its limit.
local medel = require "medel"

local guest = {}

-- What a guest may take unless told.
guest.limits = { time_ms = 2000, memory_mb = 64 }

-- A time that follows what there is to do, no longer than a limit can be.
function guest.at_most(ms) return math.min(ms, 1000000) end

-- The source as a function that sees env and nothing else; nil and why if it may not be run.
-- trusted: it has all of Lua, and no limits are kept.
function guest.compile(name, source, env, trusted)
  local bad, line = medel.lint(source, trusted)
  if bad then return nil, ("%s:%d: %s"):format(name, line, bad) end
  return load(source, "@" .. name, "t", env)
end

-- f(...) within limits: true and what it returned, or nil and a text that says why not.  lines:
-- a limit is said with its line in the file, which costs time.
function guest.call(name, limits, lines, f, ...)
  local function text_of(ok, value, ...)
    if ok then return true, value, ... end
    return nil, type(value) == "string" and value or name .. ": an error that is no text"
  end
  return text_of(medel.limited({ time_ms = limits and limits.time_ms or guest.limits.time_ms,
    memory_mb = limits and limits.memory_mb or guest.limits.memory_mb, file = name, lines = lines }, f, ...))
end

-- Is it the machine that failed, so that nothing is said of what was tried?
function guest.machine_failed(why)
  local text = tostring(why)
  return text:find("not enough memory", 1, true) ~= nil or text:find("cannot start the watchdog", 1, true) ~= nil
end

return guest
