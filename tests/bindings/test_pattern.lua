-- The bounded string functions beside Lua's own: where both answer, they answer the same.
local medel = require "medel"
local check = require "check"

local ours = medel.bounded "string"

-- What a call gives, as text; an error is only that there is one.
local function outcome(f, ...)
  local results = table.pack(pcall(f, ...))
  if not results[1] then return "error" end
  for i = 1, results.n do results[i] = ("%s %q"):format(math.type(results[i]) or type(results[i]), results[i]) end
  return table.concat(results, ", ", 1, results.n)
end

local function all_matches(library, s, p, init)
  local out = {}
  for a, b in library.gmatch(s, p, init) do
    out[#out + 1] = ("%q %q"):format(a, b)
    if #out > 200 then break end
  end
  return table.concat(out, "; ")
end

local replacements = {
  "<%0>", "%1%%", "%2", "", "x%", function(a, b) return b or a end, function() return false end,
  function(a) return a and #tostring(a) end, { a = "A", ab = 1, [""] = "-" }, function() return {} end,
}

local seed = tonumber(os.getenv "MEDEL_TEST_SEED") or 1
local function random(n)
  seed = (seed * 6364136223846793005 + 1442695040888963407)
  return (seed >> 33) % n + 1
end

local items = { "a", "b", ".", "%a", "%d", "%s", "%w", "%A", "%u", "%p", "%x", "%z", "%%", "[ab]", "[^a]", "[a-c]", "[%a_]", "[]a]", "[^]]",
                "(", ")", "()", "%1", "%2", "%b()", "%bab", "%f[a]", "%f[%w]", "%f[^%z]", "^", "$", "-", "]", "[", "%", "\0", "\xe5", "[\xc3\xa5]" }
local repeats = { "", "", "", "*", "+", "-", "?" }
local letters = { "a", "b", "c", "A", "1", "2", " ", "(", ")", "_", "%", "\0", "\xc3\xa5", ".", "-", "ab", "]" }

local function text(parts, most, more)
  local out = {}
  for i = 1, random(most) - 1 do out[i] = parts[random(#parts)] .. (more and more[random(#more)] or "") end
  return table.concat(out)
end

check.test("patterns are Lua's", function()
  local times, answered = (tonumber(os.getenv "MEDEL_TEST_TIMES") or 1) * 20000, 0
  for _ = 1, times do
    local s, p = text(letters, 12), text(items, 6, repeats)
    local init, replacement = random(16) - 8, replacements[random(#replacements)]
    local limit = random(3) == 1 and random(4) - 1 or nil
    for _, name in ipairs { "find", "match" } do
      local want, got = outcome(string[name], s, p, init), outcome(ours[name], s, p, init)
      if got ~= want then error(("%s(%q, %q, %d): %s, not %s"):format(name, s, p, init, got, want), 0) end
      if want ~= "error" and want ~= "nil nil" then answered = answered + 1 end
    end
    local want, got = outcome(string.gsub, s, p, replacement, limit), outcome(ours.gsub, s, p, replacement, limit)
    if got ~= want then error(("gsub(%q, %q): %s, not %s"):format(s, p, got, want), 0) end
    want, got = outcome(all_matches, string, s, p, init), outcome(all_matches, ours, s, p, init)
    if got ~= want then error(("gmatch(%q, %q, %d): %s, not %s"):format(s, p, init, got, want), 0) end
    want, got = outcome(string.find, s, p, init, true), outcome(ours.find, s, p, init, true)
    if got ~= want then error(("plain find(%q, %q, %d): %s, not %s"):format(s, p, init, got, want), 0) end
  end
  check.yes(answered > times // 10, answered .. " answered")
end)

check.test("rep and format are Lua's", function()
  for _, call in ipairs {
    { "rep", "ab", 3 }, { "rep", "ab", 3, ", " }, { "rep", "ab", 0 }, { "rep", "ab", -1 }, { "rep", "", 5 }, { "rep", "", 3, "x" },
    { "rep", "x", 1.5 }, { "rep" }, { "format", "%d %5.2f %s %q %%", 1, 2.5, "x", "y\n" }, { "format", "%s", nil }, { "format", "%s" },
    { "format", "%-5s|%05d|%+d|%x|%X|%o|%g|%e|%a|%c|%i", "a", 1, 2, 255, 255, 8, 0.5, 0.5, 0.5, 65, 7 }, { "format", "%" },
    { "format", "%y", 1 }, { "format", "%123d", 1 }, { "format", "%s %s", true, 1.5 }, { "format", "%d", "x" }, { "format", "%d", 1.5 },
  } do
    check.equal(outcome(ours[call[1]], table.unpack(call, 2)), outcome(string[call[1]], table.unpack(call, 2)))
  end
end)

check.test("what is bounded says so", function()
  local many = ("a"):rep(30)
  for _, case in ipairs {
    { "steps", "find", many, ("a?"):rep(30) .. many }, { "steps", "match", many .. "b", ("a-"):rep(25) .. "c" },
    { "steps", "find", ("a"):rep(3000), ".-.-.-b" }, { "steps", "gsub", ("a"):rep(20000), ".-b", "x" },
    { "256 bytes", "find", "a", ("a"):rep(257) .. "*" }, { "4 MiB", "find", ("a"):rep(4194305), "a" }, { "16384 KiB", "rep", "x", 1 << 25 },
    { "16384 KiB", "rep", "", 1 << 62, "x" }, { "16384 KiB", "rep", "x", math.maxinteger }, { "no %p", "format", "%p", {} },
    { "4096 bytes", "format", (" "):rep(5000) },
  } do
    check.error(case[1], ours[case[2]], table.unpack(case, 3))
  end
  check.equal(ours.find(("a"):rep(2 ^ 20), ("a"):rep(2 ^ 19) .. "b", 1, true), nil)
  local next_one = ours.gmatch(("a"):rep(3000), ("a?"):rep(127))
  for _ = 1, 3 do pcall(next_one) end
  check.equal(ours.format("%s %s %s", {}, print, medel.kr(5)), "table function 5 kr")
end)
