-- test_misprints.lua BUILD - coverage and repair, as scripts and as commands.
local medel = require "medel"
local session = require "medel.session"
local build = ...
local folder = build .. "/tests/misprints"

local passed, failed = 0, 0
local function check(name, ok, detail)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print("FAIL " .. name .. (detail and ": " .. tostring(detail) or ""))
  end
end

-- A plain number; the language of rules keeps == between figures for figures.
local function is(a, n)
  return a == n
end

local function contains(text, part)
  return tostring(text):find(part, 1, true) ~= nil
end

local function write(name, text)
  local path = folder .. "/" .. name
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  return path
end

-- What a command prints, and its exit status.
local function run(arguments)
  local pipe = assert(io.popen(("%s/medel %s 2>&1"):format(build, arguments)))
  local text = pipe:read "a"
  local _, _, code = pipe:close()
  return text, code
end

local taxonomy = session.new():taxonomy()
local function asking(options)
  options.taxonomy = taxonomy
  return session.new(options)
end
local function report(path)
  local ar, why = medel.load_report(taxonomy, path)
  assert(ar, why)
  return ar
end

-- ---- coverage ----

local small = write("small.yaml", [[
medel: 1
rakenskapsar: 2023
resultatrakning:
  enhet: kr
  kolumner: [2023, 2022]
  rader:
    finansiella_intakter: [9 007, 308]
    finansiella_kostnader: [-1 655, -1 610]
    finansnetto: [7 352, -1 302]
oversikt:
  enhet: kr
  kolumner: [2023, 2021]
  rader:
    finansnetto: [7 352, 1 108]
]])
local coverage = require "medel.coverage"
local function of(figures, row, year, tab)
  for _, f in ipairs(figures) do
    if f.fact.row == row and f.fact.year == year and (not tab or f.fact.table == tab) then return f end
  end
end

local figures = coverage.run(asking { packs = { "nationell" }, only = { "SUM", "OVS-01", "OVS-02" } }, report(small), {})
check("every figure is tried", is(#figures, 8), #figures)
local f = of(figures, "finansiella_intakter", 2022)
check("a row of a sum is protected", f.noticed == f.tried and f.tried > 15, f.noticed)
check("within a krona it looks like rounding", is(f.rounding, 2) and is(f.rounding_noticed, 0), f.rounding)
check("who reads it is told", contains(table.concat(f.readers, " "), "SUM-02"))
f = of(figures, "finansnetto", 2021)
check("a figure that stands alone is not protected", f.unprotected and f.tried > 15)
check("and it is said why", f.reason == "inget annat i rapporten hänger ihop med den", f.reason)
f = of(figures, "finansnetto", 2023, "oversikt")
local swapped
for _, m in ipairs(f.misprints) do if m.kind == "column" then swapped = m end end
check("a swap has both figures", swapped and swapped.text == "1 108" and swapped.other_text == "7 352")

local last = write("last.yaml", [[
medel: 1
rakenskapsar: 2022
oversikt:
  enhet: kr
  kolumner: [2021]
  rader:
    finansnetto: [1 108]
]])
figures = coverage.run(asking { only = { "SUM", "OVS", "JMF" }, previous = report(last) }, report(small), {})
f = of(figures, "finansnetto", 2021)
check("last year's report protects what it printed", f.noticed == f.tried, f.noticed)
figures = coverage.run(asking { only = { "SUM", "OVS" }, except = { "SUM-02" } }, report(small), {})
f = of(figures, "finansiella_intakter", 2022)
check("a check that is not used protects nothing", is(f.noticed, 0))

local stopped = pcall(coverage.run, asking {}, report(small), { progress = function() error "enough" end })
check("an error in progress ends it", not stopped)

-- ---- the command ----

local one = run("coverage -j1 examples/sydnarke/2023.yaml")
local three, code = run("coverage -j3 examples/sydnarke/2023.yaml")
check("the number of threads changes nothing", one == three and #one > 2000)
check("coverage ends well", is(code, 0), code)
check("what nothing protects is listed", contains(one, "Uppgifter som inget skyddar"))

-- What the packs are to notice: 98 % in the statements and notes, 90 % in the driftredovisning.
local aims = { resultatrakning = 98, balansrakning = 98, kassaflodesanalys = 98, driftredovisning = 90 }
for _, name in ipairs { "sydnarke", "lekeberg-orebro" } do
  local out = medel.yaml and run("coverage -f json examples/" .. name .. "/2023.yaml")
  local sums = medel.yaml(out, name)
  for _, s in ipairs(sums.tables) do
    local aim = aims[s.table] or (s.table:find "^not_" and 98)
    if aim then
      check(name .. ": " .. s.table, tonumber(s.noticed) * 100 >= aim * tonumber(s.tried),
        s.noticed .. " of " .. s.tried)
    end
  end
end
local _, least = run("coverage --least 100 examples/sydnarke/2023.yaml")
check("--least fails where less is noticed", is(least, 1), least)
local text, bad = run("coverage -j0 examples/sydnarke/2023.yaml")
check("a wrong option is refused", is(bad, 2) and contains(text, "--threads takes a whole number"), text)
text, bad = run("coverage absent.yaml")
check("a file that is not there is told", is(bad, 2) and contains(text, "absent.yaml"), text)

-- ---- repair ----

local wrong = write("wrong.yaml", [[
medel: 1
rakenskapsar: 2023
balansrakning:
  enhet: kr
  kolumner: [2023]
  rader:
    fordringar: [2 773 479]
    kassa_och_bank: [1 463 342]
    omsattningstillgangar: [4 236 911]
kassaflodesanalys:
  enhet: kr
  kolumner: [2023]
  rader:
    likvida_medel_slut: [1 463 432]
]])
local problems = medel.repair(report(wrong))
check("one problem", is(#problems, 1) and is(#problems[1].findings, 2))
local repair = problems[1].repairs[1]
check("one figure repairs it", is(#problems[1].repairs, 1) and is(#repair.figures, 1))
check("with the value it should have", repair.figures[1].fact.row == "kassa_och_bank"
  and repair.figures[1].text == "1 463 432" and repair.figures[1].printed == medel.kr(1463432))
check("and the likely slip", repair.figures[1].cause == "omkastade siffror", repair.figures[1].cause)
check("what holds has no problems", is(#medel.repair(report(small)), 0))

text, code = run("repair " .. wrong)
check("repair says what to change", is(code, 1)
  and contains(text, "Kassa och bank 2023 (balansräkning)")
  and contains(text, "1 463 432 kr i stället för 1 463 342 kr · omkastade siffror"), text)
text, code = run("repair " .. small)
check("and that nothing is to change", is(code, 0) and contains(text, "stämmer i alla år"), text)
text, code = run("repair -f json " .. wrong)
check("as JSON", is(code, 1) and contains(text, '"should_be": "1 463 432"'), text)

print(("%d passed, %d failed"):format(passed, failed))
if failed > 0 then error("some tests failed", 0) end
