-- test_reports.lua FOLDER - reports of one's own: the examples, the tutorial, and what a bad one
-- is told.
local folder = assert(..., "FOLDER is missing")
local blocks = require "medel.blocks"
local own = require "medel.reports.own"
local session = require "medel.session"

local passed, failed = 0, 0
local function check(name, ok, detail)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print("FAIL " .. name .. (detail and ": " .. tostring(detail) or ""))
  end
end
local function contains(text, part) return tostring(text):find(part, 1, true) ~= nil end

local asked = session.new { time_ms = 1000000 } -- nothing here is about time
local result = asked:audit(asked:load "examples/lekeberg-orebro/2023.yaml")
local function document(path, other)
  local s = other or asked
  return own.load(path)(result, { session = s })
end

local examples = {
  kvartalsrapport = { "Årets resultat är +123 661 kr.", "| 2019 | 1 871 tkr |", "resultaträkning, rad 2177" },
  pm = { "Riktlinjen är 1 550 000 kr; eget kapital är 2 483 599 kr.", "(EKA-01)" },
  nyckeltal = { "| 2023 | \\+123 661 kr | 2 483 599 kr | 31,0 % | 55,4 % |" },
}
for name, parts in pairs(examples) do
  local ok, made = pcall(function() return blocks.markdown(document("examples/rapporter/" .. name .. ".lua")) end)
  for _, part in ipairs(parts) do check(name .. ": " .. part, ok and contains(made, part), made) end
  local page = ok and blocks.html(document("examples/rapporter/" .. name .. ".lua"))
  check(name .. " as a page", page and contains(page, "</html>") and (name ~= "kvartalsrapport" or contains(page, "<svg ")))
end

do
  local doc = blocks.new("Prov", "Prov")
  doc:table("Texter", { "Fråga", "Vad som behövs", "Varför det behövs", "Svar" }, { "l", "l", "l", "l" },
    { { "1", "Engagemangsbeskedet", "Räkenskapsrevisionen", "" } })
  doc:table("Tal", { "tkr", "2022", "2023" }, { "l", "r", "r" }, { { "Medlemsbidragen", "4 000", "4 200" } })
  local page = blocks.html(doc)
  check("on a narrow screen each cell of a table of texts says its column", contains(page, '<td data-head="Varför det behövs">Räkenskapsrevisionen</td>'), page)
  check("a table of numbers scrolls", contains(page, '<td class="r">4'), page)
end

local function written(text)
  local path = folder .. "/egen.lua"
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  return path
end

local tutorial = assert(io.open "docs/reports.md"):read "a"
do
  local made = blocks.markdown(document(written(assert(tutorial:match "```lua\n(.-)```"))))
  check("the tutorial", contains(made, "Eget kapital är 2 483 599 kr, 31,0 % av medlemsbidragen."), made)
end
for method in tutorial:gmatch "`doc:(%w+)" do
  local ok, made = pcall(document, written(("return report { title = 'x', write = function(doc) assert(doc.%s) end }"):format(method)))
  check("documented: " .. method, ok, made)
end

-- What a bad one is told; nothing of the program's inside is in it.
local short = session.new { time_ms = 20 }
for _, case in ipairs {
  { "no report", "return 1", "the file must return report { … }" },
  { "no title", "return report { write = function() end }", "a report is report {" },
  { "a fault", "return report { title = 'x', write = function(doc, ar) local y = nil + 1 end }", "egen.lua:1: attempt to perform arithmetic" },
  { "not Lua", "return report {", "egen.lua:1:" },
  { "an unknown figure", "return report { title = 'x', write = function(doc, ar) doc:say('{x}', { x = ar.eget_kapitel }) end }", "eget_kapitel" },
  { "a table as text", "return report { title = 'x', write = function(doc) doc:text {} end }", "a text must be a text" },
  { "bytes that are no text", "return report { title = 'x', write = function(doc) doc:text('\\xff') end }", "a text is not UTF-8" },
  { "a chart of shares", "return report { title = 'x', write = function(doc) doc:chart('x', { 'a' }, { { name = 'b', values = { percent(1) } } }) end }",
    "a chart is of amounts" },
  { "no end", "return report { title = 'x', write = function() while true do end end }", "a loop without an end?" },
  { "no end, caught", "return report { title = 'x', write = function() while true do pcall(function() while true do end end) end end }", "" },
  { "too many parts", "return report { title = 'x', write = function(doc) for i = 1, 1e5 do doc:heading('x') end end }", "at most 5000 parts" },
  { "files", "return report { title = 'x', write = function() io.open('/etc/passwd') end }", "io" },
} do
  local ok, why = pcall(document, written(case[2]), case[1]:find "^no end" and short or nil)
  check(case[1], not ok and contains(why, case[3]) and not contains(why, "scripts/medel") and not contains(why, "traceback"), why)
end

print(("own reports: %d passed, %d failed"):format(passed, failed))
if failed > 0 then error("some tests failed", 0) end
