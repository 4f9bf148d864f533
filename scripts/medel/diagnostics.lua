-- diagnostics.lua: what is wrong in files, as values until a face makes text of them.
--
-- An item is { status, file, line, col, message, expected, hint, text }; text is what a terminal
-- shows, with the line in question.  Several are one error: error(diagnostics.new(list), 0).
local diagnostics = {}

local many = { __tostring = function(self)
  local out = {}
  for i, item in ipairs(self) do out[i] = item.text end
  return table.concat(out)
end }

function diagnostics.new(list)
  return setmetatable(list, many)
end

function diagnostics.is(value)
  return getmetatable(value) == many
end

-- Of any error that was caught: its items; a text without a place is one item.
function diagnostics.of(why)
  if diagnostics.is(why) then return why end
  local text = tostring(why)
  local file, line, col, message = text:match "^([^\n]-):(%d+):(%d+): %l+: ([^\n]*)"
  if not file then file, line, message = text:match "^([^\n]-):(%d+): ([^\n]*)" end
  return diagnostics.new { { status = "script", file = file, line = math.tointeger(tonumber(line or 0)),
    col = math.tointeger(tonumber(col or 0)), message = message or text:match "^[^\n]*", text = text:find "\n$" and text or text .. "\n" } }
end

-- As plain values, for what goes from one process to another and to other programs.
function diagnostics.plain(why)
  local out = {}
  for i, item in ipairs(diagnostics.of(why)) do
    out[i] = { status = item.status, file = item.file, line = item.line, col = item.col, message = item.message,
               expected = item.expected, hint = item.hint }
  end
  return out
end

-- Two letters more, fewer or in the wrong order are a slip; more are another word.
local function nearest(name, names)
  local medel = require "medel"
  local best, least = nil, 3
  for _, known in ipairs(names) do
    local d = medel.distance(name, known, 2)
    if d < least and d < #known then best, least = known, d end
  end
  return best
end

-- ": did you mean 'off'?", or `instead` or nothing; names are a list, or the keys of a map.
function diagnostics.hint(name, names, instead)
  if names[1] == nil then names = diagnostics.sorted(names) end
  local near = nearest(tostring(name), names)
  return near and (": did you mean '%s'?"):format(near) or instead or ""
end

-- The keys of a mapping, in order.
function diagnostics.sorted(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  return keys
end

-- What medel's readers return, the object or nil with why; the error is the file's diagnostics.
function diagnostics.need(object, why, list)
  if object ~= nil then return object, why end
  error(type(list) == "table" and diagnostics.new(list) or why, 0)
end

-- ---- for readers in Lua: all that is wrong in a YAML file, then one error ----

local Collector = {}
Collector.__index = Collector

-- places as medel.yaml gives them.
function diagnostics.collector(file, places)
  return setmetatable({ file = file, places = places or {}, list = {} }, Collector)
end

-- Something at a key of a table of the file is wrong; where it has no place, at the table's own
-- or at the top.
function Collector:wrong(map, key, format, ...)
  local at = self.places[map] and self.places[map][key] or "1:1"
  local line, col = at:match "^(%d+):(%d+)$"
  local message = format:format(...)
  self.list[#self.list + 1] = { status = "schema", file = self.file, line = math.tointeger(tonumber(line)),
    col = math.tointeger(tonumber(col)), message = message, text = ("%s:%s: error: %s\n"):format(self.file, at, message) }
end

-- Raises what was wrong, in the order of the file.
function Collector:done()
  if #self.list == 0 then return end
  table.sort(self.list, function(a, b)
    if a.line ~= b.line then return a.line < b.line end
    if a.col ~= b.col then return a.col < b.col end
    return a.message < b.message
  end)
  error(diagnostics.new(self.list), 0)
end

return diagnostics
