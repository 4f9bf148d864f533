-- cost.lua FOLDER DOCUMENT [tell]: processor time and memory of one import, without its child processes, the
-- written file in FOLDER.  More than 32 MiB is too much; time is what the machine makes of it, and only told.
local folder, document, tell = ...
local most = 32

local function peak() -- MiB; nil where the system does not say
  local file = io.open "/proc/self/status"
  local kib = file and file:read("a"):match "VmHWM:%s*(%d+) kB"
  if file then file:close() end
  return kib and tonumber(kib) / 1024
end

local before = peak()
if not before or before > most * 2 / 3 then
  if tell then print "not tried: memory of an import (not this system, or a sanitizer's)" end
  return
end
local name = document:match "[^/]*$"
local code = require("medel.commands.import").run { FILE = document, output = ("%s/%s.yaml"):format(folder, name) }
local took = ("%s: %.2f s, %.1f MiB"):format(name, os.clock(), peak())
if tell then print(took) end
if code > 1 or peak() > most then error(took .. ": a report was expected, in 32 MiB", 0) end
