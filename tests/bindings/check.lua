-- check.lua: a test library in one screen.  A test is a name and a function; what fails
-- is printed with its place, and nothing is printed for what holds.
local check = { passed = 0, failed = 0 }

local function place()
  for level = 3, 12 do
    local info = debug.getinfo(level, "Sl")
    if info and not info.short_src:find("check.lua", 1, true) and info.currentline > 0 then
      return ("%s:%d"):format(info.short_src, info.currentline)
    end
  end
  return "?"
end

local function fail(what, ...)
  error(place() .. ": " .. what:format(...), 0)
end

local function show(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

function check.test(name, run)
  local ok, why = xpcall(run, function(message)
    return tostring(message):find "^%S+:%d+: " and message or debug.traceback(message, 2)
  end)
  if ok then
    check.passed = check.passed + 1
    return
  end
  check.failed = check.failed + 1
  print(("FAIL %s\n     %s"):format(name, why))
end

function check.equal(got, want)
  if got ~= want then fail("expected %s, got %s", show(want), show(got)) end
end

function check.yes(value, what)
  if not value then fail("%s", what or "expected a true value") end
end

function check.contains(text, part)
  if type(text) ~= "string" or not text:find(part, 1, true) then
    fail("expected a text with %s, got %s", show(part), show(text))
  end
end

-- The call must fail, with 'part' in its message.
function check.error(part, run, ...)
  local ok, why = pcall(run, ...)
  if ok then fail("expected an error with %s", show(part)) end
  if type(why) ~= "string" or not why:find(part, 1, true) then
    fail("expected an error with %s, got %s", show(part), show(why))
  end
end

-- Deep equality of lists and tables of plain values.
function check.same(got, want)
  local function text(value)
    if type(value) ~= "table" then return show(value) end
    local keys, out = {}, {}
    for key in pairs(value) do keys[#keys + 1] = key end
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
    for i, key in ipairs(keys) do out[i] = show(key) .. "=" .. text(value[key]) end
    return "{" .. table.concat(out, ", ") .. "}"
  end
  if text(got) ~= text(want) then fail("expected %s, got %s", text(want), text(got)) end
end

function check.collect()
  for _ = 1, 3 do collectgarbage() end
end

return check
