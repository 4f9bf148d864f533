-- Every command of a program, asked for what it cannot do and given scripts that mean harm: it ends
-- with one message about that, and nothing of the program's own scripts is shown.  PROGRAM FOLDER
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local program, folder = ...

local function write(name, text)
  local file <close> = assert(io.open(folder .. "/" .. name, "wb"))
  file:write(text)
end

local report, ledger = "examples/sydnarke/2023.yaml", "examples/sydnarke/2023.se"
local own = "medel_granskning: 1\n"
write("slinga.lua", "while true do pcall(function() while true do end end) end")
write("minne.lua", "local t = {} while true do pcall(function() while true do t[#t + 1] = { {}, {} } end end) end")
write("lopare.lua", "local r = medel.runner { time_ms = 1000000, memory_mb = 4000 } r:load('x', 'while true do end') while true do end")
write("minneslopare.lua", "local r = medel.runner { time_ms = 1000000, memory_mb = 4000 } print((select(2, r:load('x', 'local t = {} for i = 1, 1e9 do t[i] = {} end'))))")
write("gransad.lua", "print((select(2, medel.limited({ time_ms = 1000000, memory_mb = 100000, file = 'x' }, function() while true do end end)))) while true do end")
write("tackning.lua", "local r = medel.runner {} while true do pcall(medel.coverage, { ar = report(...), runners = { r }, rules = {} }) end")
write("fel.lua", "local x = nil + 1")
write("inget.lua", "return 5")
write("skräp.yaml", "a: [b\n\0")
write("annat.yaml", "medel: 1\nfel: 1\n")
os.execute(("mkfifo %s/fifo.yaml 2>/dev/null; mkdir -p %s/mapp %s/regler %s/ond"):format(folder, folder, folder, folder))
write("ond/pack.yaml", "medel_pack: 1\nid: ond\nofff: [EKA-01]\n")
write("regler/slinga.lua", "return rule { id = 'HOST-01', title = 't', ground = 'g', level = 'note', check = function() while true do end end }")
write("regler/slinga.test.yaml", "rule: HOST-01\ncases:\n  - { name: a, expect: passed }\n  - { name: b, expect: passed, set: { finns_ej: 1 } }\n  - { name: c, expect: passed, overrides: { finns.ej: x } }\n")
write("regler/god.lua", "return rule { id = 'GOD-01', title = 't', ground = 'g', level = 'note', check = function() return finding('god') end }")
write("regler/god.test.yaml", "rule: GOD-01\ncases:\n  - { name: a, expect: finding }\n")

-- What it is asked, the status, and a part of what it says ("": anything).
local asked = {
  { "audit --norm finns.ej=x " .. report, 2, "--norm" },
  { "audit --norm riktlinje.eget_kapital=finns_ej " .. report, 2, "--norm" },
  { "audit --norm riktlinje.eget_kapita=rak_20 " .. report, 2, "did you mean 'riktlinje.eget_kapital'" },
  { "audit --norm x " .. report, 2, "--norm" },
  { "audit --set finns.ej=3 " .. report, 2, "--set" },
  { "audit --set riktlinje.eget_kapita=3 " .. report, 2, "did you mean 'riktlinje.eget_kapital'" },
  { "audit --set prognos.storsta_miss=abc " .. report, 2, "--set prognos.storsta_miss" },
  { "audit --set prognos.storsta_miss " .. report, 2, "--set" },
  { "audit --only FINNS-99 " .. report, 2, "FINNS-99" },
  { "audit --except FINNS-99 " .. report, 2, "FINNS-99" },
  { "audit --kontoplan /finns/ej " .. report, 2, "--kontoplan" },
  { "audit --kontoplan /finns/ej --ledger " .. ledger .. " " .. report, 2, "/finns/ej" },
  { "audit --kontoplan " .. report .. " --ledger " .. ledger .. " " .. report, 2, "a kontoplan" },
  { "audit --mapping " .. report .. " " .. report, 2, "--mapping" },
  { "audit --rules /finns/ej " .. report, 2, "/finns/ej" },
  { "audit --rules " .. report .. " " .. report, 2, "no such folder" },
  { "audit --rules $T/ond " .. report, 2, "pack.yaml:3:1: error: unknown key 'offf' in pack.yaml: did you mean 'off'?" },
  { "audit --parameters " .. report .. " " .. report, 2, report .. ":" },
  { "audit --parameters /finns/ej " .. report, 2, "/finns/ej" },
  { "audit --pack finns-ej " .. report, 2, "finns-ej" },
  { "audit --ledger /dev/zero " .. report, 2, "/dev/zero" },
  { "audit --ledger $T/mapp " .. report, 2, "folder" },
  { "audit --engagement " .. report .. " " .. report, 2, "medel_granskning" },
  { "audit --avsteg " .. report .. " " .. report, 2, "medel_avsteg" },
  { "audit --previous /dev/null " .. report, 2, "/dev/null" },
  { "audit --time-limit x " .. report, 2, "--time-limit" }, { "audit --memory-limit 0 " .. report, 2, "--memory-limit" },
  { "audit -j x " .. report, 2, "--jobs" }, { "audit /dev/zero", 2, "not a regular file" },
  { "audit $T/fifo.yaml", 2, "not a regular file" }, { "audit $T/skräp.yaml", 2, "skräp.yaml" }, { "audit $T/mapp", 2, "no report" },
  { "explain --previous /finns/ej " .. report .. " eget_kapital", 2, "/finns/ej" }, { "explain --avsteg /finns/ej " .. report .. " eget_kapital", 2, "/finns/ej" },
  { "explain --engagement /dev/zero " .. report .. " eget_kapital", 2, "not a regular file" },
  { "coverage --delar /finns/ej " .. report, 2, "/finns/ej" }, { "project --previous /finns/ej " .. report, 2, "/finns/ej" },
  { "run --time-limit 300 $T/tackning.lua examples/lekeberg-orebro/2023.yaml", 2, "more than 300 ms" },
  { "audit -s x " .. report, 2, "" }, { "audit", 2, "" }, { "audit --finns-ej " .. report, 2, "" },
  { "project -s 99 " .. report, 2, "" }, { "project --seek a " .. report, 2, "" }, { "project /finns/ej", 2, "/finns/ej" },
  { "project $T/slinga.lua", 2, "slinga.lua:1: this takes more than" }, { "project --time-limit 100000 $T/minne.lua", 2, "minne.lua:1: this takes more than 64 MiB" },
  { "project $T/fel.lua", 2, "fel.lua:1: attempt to" }, { "project $T/inget.lua", 2, "returns no scenario" }, { "project $T/fifo.yaml", 2, "not a regular file" },
  { "explain " .. report .. " finns_ej", 2, "finns_ej" }, { "explain " .. report .. " 1+", 2, "unexpected symbol" },
  { "explain --time-limit 300 " .. report .. " '(function() while true do pcall(function() while true do end end) end end)()'", 2, "this takes more than 300 ms" },
  { "explain " .. report .. " \"('x'):rep(1e9)\"", 2, "rep" }, { "explain /finns/ej 1", 2, "/finns/ej" }, { "explain $T/slinga.lua 1", 2, "this takes more than" },
  { "repair /dev/zero", 2, "/dev/zero" }, { "repair --most x " .. report, 2, "--most" },
  { "ledger " .. report, 2, report }, { "ledger /dev/null", 2, "/dev/null" }, { "ledger " .. ledger .. " --kontoplan /finns/ej --statements", 2, "" },
  { "draft " .. report, 2, report }, { "draft $T/fifo.yaml", 2, "regular file" }, { "draft --kontoplan $T/skräp.yaml " .. ledger, 2, "skräp.yaml" },
  { "coverage /finns/ej", 2, "/finns/ej" }, { "coverage --rules /finns/ej " .. report, 2, "/finns/ej" },
  { "rules FINNS-99", 2, "FINNS-99" }, { "explain --only FINNS-99 " .. report .. " eget_kapital", 2, "no rule or group: FINNS-99" },
  { "explain --except FINNS " .. report .. " eget_kapital", 2, "no rule or group: FINNS" }, { "rules --pack finns-ej", 2, "finns-ej" },
  { "report slag " .. report, 2, "slag" }, { "report granskning /finns/ej", 2, "/finns/ej" }, { "report granskning --norm x " .. report, 2, "--norm" },
  { "report granskning --rules $T/regler --time-limit 200 " .. report, 2, "slinga.lua: the rule took longer" },
  { "test /finns/ej.lua", 1, "/finns/ej" }, { "test -j x", 2, "--jobs" },
  { "run /finns/ej", 2, "/finns/ej" }, { "run $T/fifo.yaml", 2, "regular file" }, { "run --time-limit 300 $T/slinga.lua", 2, "slinga.lua:1: this takes more than 300 ms" },
  { "run --memory-limit 32 $T/minne.lua", 2, "32 MiB" }, { "run --time-limit 500 $T/lopare.lua", 2, "lopare.lua:1: this takes more than 500 ms" },
  { "run --time-limit 500 $T/gransad.lua", 2, "gransad.lua:1: this takes more than 500 ms" }, { "run --memory-limit 64 $T/minneslopare.lua", 0, "not enough memory" },
  { "run $T/fel.lua", 2, "fel.lua:1: attempt to" }, { "schema -o /", 2, "/" }, { "docs /proc", 2, "/proc" }, { "completion x", 2, "x" },
  { "new A 2", 2, "2" }, { "new 'A\nB' 2024", 2, "one line" }, { "finns-ej", 2, "finns-ej" }, { "new", 2, "" },
}

local inner = { "stack traceback", "[medel.", "scripts/medel", "(...tail calls...)", "in function", "0x%x%x%x%x%x" }

local function run(words)
  local words = words:gsub("%$T", folder)
  local pipe = assert(io.popen(("timeout -s KILL 100 %s %s 2>&1 </dev/null"):format(program, words)))
  local out = pipe:read "a"
  local _, _, code = pipe:close()
  return out, code
end

for _, case in ipairs(asked) do
  check.test("asked: " .. case[1], function()
    local out, code = run(case[1])
    check.equal(code, case[2])
    check.contains(out:sub(1, 2000), case[3])
    for _, part in ipairs(inner) do check.yes(not out:find(part, 1, not part:find "%%"), "it shows: " .. out:sub(1, 400)) end
    check.yes(not out:find "[\0-\8\11-\31\127]", "a control character")
    check.yes(case[2] < 1 or out:find "\n$", "no end of line")
  end)
end

check.test("nothing that a run reads is written over", function()
  os.execute(("mkdir -p %s/eget/regler; cp examples/lekeberg-orebro/*.yaml %s/eget/; cp rules/nationell/eka/*.lua %s/eget/regler/ 2>/dev/null; "
    .. "cp rules/kpmg/*.lua %s/eget/regler/ 2>/dev/null; printf 'medel_granskning: 1\n' > %s/eget/granskning.yaml"):format(folder, folder, folder, folder, folder))
  for _, name in ipairs { "2023.yaml", "forbund.yaml", "granskning.yaml" } do
    local before = require("medel").read_file(folder .. "/eget/" .. name)
    for _, words in ipairs { "report granskning", "report begaran", "project -f csv" } do
      if before and not (words:find "project" and name == "granskning.yaml") then
        local out, code = run(("%s $T/eget/2023.yaml -o $T/eget/%s"):format(words, name))
        check.equal(words .. name .. code, words .. name .. 2)
        check.contains(out, "is what is read")
      end
      check.equal(require("medel").read_file(folder .. "/eget/" .. name), before)
    end
  end
end)

check.test("a report's förbund is not read through a link out of its folder", function()
  os.execute(("mkdir -p %s/länk && cp examples/lekeberg-orebro/2023.yaml %s/länk/ && ln -sf ../eget/forbund.yaml %s/länk/forbund.yaml"):format(folder, folder, folder))
  local out, code = run "audit $T/länk/2023.yaml"
  check.equal(code, 2)
  check.contains(out, "forbund.yaml")
end)

check.test("what stands beside a report is not read through a link out of its folder", function()
  for _, name in ipairs { "granskning.yaml", "avsteg.yaml", "kontoplan.yaml" } do
    os.execute(("mkdir -p %s/bredvid && cp examples/sydnarke/2023.* examples/sydnarke/forbund.yaml %s/bredvid/ && ln -sf ../eget/forbund.yaml %s/bredvid/%s")
      :format(folder, folder, folder, name))
    local out, code = run "audit --ledger $T/bredvid/2023.se $T/bredvid/2023.yaml"
    check.equal(code, 2)
    check.contains(out, name .. ": a link that leads out of its folder")
    os.remove(folder .. "/bredvid/" .. name)
  end
end)

-- A link to a folder leads out as one to a file does.
check.test("what an akt or a template names is not followed out of its folder", function()
  os.execute(("mkdir -p %s/akt && cp examples/lekeberg-orebro/*.yaml %s/akt/ && ln -sfn ../eget %s/akt/bort && ln -sfn %s/rules/mallar/granskning.yaml %s/akt/mall.yaml")
    :format(folder, folder, folder, os.getenv "PWD", folder))
  local akt = require("medel").read_file "examples/lekeberg-orebro/granskning.yaml"
  for _, name in ipairs { "bort/granskning.yaml", "mall.yaml", "../eget/granskning.yaml" } do
    write("akt/granskning.yaml", (akt:gsub("medel_granskning: 1", "%0\nmall: " .. name)))
    check.contains(run "report granskning $T/akt", "a file in the akt's own folder is expected")
  end
  os.remove(folder .. "/akt/granskning.yaml")
  write("akt/egen.yaml", (require("medel").read_file("rules/mallar/granskning.yaml"):gsub("medel_mall: 1", "%0\ndokument: bort/x.docx")))
  check.contains(run "report granskning -f docx -o $T/ut.docx --template $T/akt/egen.yaml $T/akt/2023.yaml", "no file in the template's own folder")
  check.contains(run "report granskning -f docx -o $T/ut.docx --reference /dev/zero $T/akt/2023.yaml", "not a regular file")
end)

check.test("a script reads what it is given", function()
  os.execute(("mkdir -p %s/given && ln -sfn ../eget %s/given/bort"):format(folder, folder))
  write("länkad.lua", ("report '%s/given/bort/2023.yaml'"):format(folder))
  check.contains(run "run --read $T/given $T/länkad.lua", "may not read")
  write("läser.lua", "report(...)")
  write("annan.lua", "report 'examples/sydnarke/2023.yaml'")
  check.equal(select(2, run("run $T/läser.lua " .. report)), 0)
  check.equal(select(2, run "run --read examples/sydnarke $T/annan.lua"), 0)
  check.contains(run "run $T/annan.lua", "may not read")
  check.contains(run "run --read examples/sydnarke/../lekeberg-orebro $T/annan.lua", "may not read")
  check.contains(run "run --read $T/länk $T/läser.lua $T/länk/../eget/2023.yaml examples", "")
end)

check.test("a broken test case takes no other test with it", function()
  local out, code = run "test $T/regler"
  check.equal(code, 1)
  check.contains(out, "god.lua: no case expects 'passed'")
  check.contains(out, "slinga.test.yaml:4:32: error: no parameter 'finns_ej'")
  check.contains(out, "slinga.test.yaml:5:32: error: ")
  check.contains(out, "HOST-01: a\n     expected passed, got broken: the rule took longer than its time limit")
end)

print(("%d passed, %d failed"):format(check.passed, check.failed))
if check.failed > 0 then error("some commands did not say what was wrong", 0) end
