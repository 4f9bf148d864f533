-- medel.limited: a user's function within bounds, and the state as it was afterwards.
local medel = require "medel"
local check = require "check"

local function limits(change)
  local out = { time_ms = 600000, memory_mb = 16, file = "prov.lua", lines = true }
  for k, v in pairs(change or {}) do out[k] = v end
  return out
end

local function compiled(source)
  return assert(load(source, "@prov.lua"))
end

check.test("what a function returns comes back", function()
  local r = table.pack(medel.limited(limits(), function(a, b) return b, nil, a end, 1, 2))
  check.equal(r.n, 4)
  check.equal(r[1], true)
  check.equal(r[2], 2)
  check.equal(r[4], 1)
end)

check.test("an error comes back as it is", function()
  local ok, why = medel.limited(limits(), compiled "\nlocal x = nil + 1")
  check.equal(ok, nil)
  check.yes(why:find "^prov.lua:2: attempt to perform arithmetic", why)
  local own = {}
  ok, why = medel.limited(limits(), function() error(own) end)
  check.equal(ok, nil)
  check.yes(rawequal(why, own), "another value")
end)

check.test("a loop without an end is over, and its line is said", function()
  local ok, why = medel.limited(limits { time_ms = 100 }, compiled "\n\nwhile true do end")
  check.equal(ok, nil)
  check.equal(why, "prov.lua:3: this takes more than 100 ms: a loop without an end?")
end)

check.test("memory has an end, and the line is said", function()
  local ok, why = medel.limited(limits(), compiled "local t = {}\nfor i = 1, 1e9 do t[i] = { i } end")
  check.equal(ok, nil)
  check.equal(why, "prov.lua:2: this takes more than 16 MiB of memory")
end)

check.test("texts are bounded while it runs, and only then", function()
  local ok, why = medel.limited(limits(), function() return (("a"):rep(30000):find ".-.-.-.-b") end)
  check.equal(ok, nil)
  check.yes(tostring(why):find "steps", why)
  check.equal(("x").pack, string.pack)
  check.equal(("x").rep, string.rep)
end)

check.test("options that make no sense are refused", function()
  for _, bad in ipairs { { time_ms = 0 }, { memory_mb = 1e9 }, { time_ms = "snart" } } do
    check.equal(pcall(medel.limited, limits(bad), print), false)
  end
  check.equal(pcall(medel.limited, limits(), 3), false)
end)

check.test("the state works on", function()
  local t = {}
  for i = 1, 200000 do t[i] = { i } end -- beyond what the limit was
  check.equal(#t, 200000)
  check.equal(debug.gethook(), nil)
end)
