-- limits.lua FILE ROOM: a report's SARIF, lightest findings first, with room for ROOM results.
local path, room = ...
local workspace, session = require "medel.workspace", require "medel.session"
local sarif = require "medel.writers.sarif"

local result = session.new():audit(report(path))
result.shown = {}
for i = #result.findings, 1, -1 do table.insert(result.shown, result.findings[i]) end
sarif.limits.results = math.tointeger(tonumber(room))
io.write(sarif.all({ result }, { level = "note" }))
