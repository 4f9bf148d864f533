-- Every kind of file that configures, with every kind of fault: PROGRAM FOLDER.  Each is status 2 (a
-- test: 1) and one message of that file with its line and column, and the suggestion where
-- something near is known; nothing of the program's own scripts is shown, and no fault is passed over.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local program, folder = ...

local function write(name, text)
  local file <close> = assert(io.open(folder .. "/" .. name, "wb"))
  file:write(text)
end

local function read(name)
  local file <close> = assert(io.open(name))
  return file:read "a"
end

local report = read "examples/lekeberg-orebro/2023.yaml"
write("2023.yaml", report)
os.execute(("cp examples/lekeberg-orebro/forbund.yaml examples/sydnarke/2023.se %s/ && mkdir -p %s/paket %s/prov %s/titlar"):format(folder, folder, folder, folder))
local god = "return rule { id = 'GOD-01', title = 't', ground = 'g', level = 'note', check = function() return finding('god') end }"
os.execute(("mkdir -p %s/rent && cp %s/2023.yaml %s/forbund.yaml %s/rent/"):format(folder, folder, folder, folder))
write("paket/god.lua", god)
write("prov/god.lua", god)

-- A kind: its file, a sound text of it, the command that reads it (%F: the file), and faults: what is
-- replaced by what, and a part of the message.  The place that must be said is the line of the change.
local kinds = {
  { "granskning.yaml", [[
medel_granskning: 1
uppdrag: { datum: 2024-03-01, status: utkast }
vasentlighet: { helhet: 100 000 kr }
ovriga: förslag
rekommendationer:
  EKA-01: { status: godkänd }
iakttagelser:
  - { id: A1, avsnitt: "2.2.1", text: t, regel: MAL-01, niva: fel }
risker:
  - { post: p, risk: låg, stod: [EKA-01, A1] }
revisionsfragor:
  - { fraga: f, bedomning: ja }
rubriker: { titel: Kort }
avsnitt:
  2.2.1: { text: Egen text }
svar: { FRG-01: ja }
]], "audit --engagement %F $T/2023.yaml", {
    { "uppdrag:", "updrag:", "did you mean 'uppdrag'?" }, { "status: utkast", "statuss: utkast", "did you mean 'status'?" },
    { "utkast", "utkats", "did you mean 'utkast'?" }, { "2024-03-01", "2024-02-30", "a day is expected" },
    { "100 000 kr", "mycket", "helhet" }, { "ovriga: förslag", "ovriga: [förslag]", "must be a text" },
    { "EKA-01: {", "EKA-0l: {", "EKA-0l" }, { "EKA-01: {", "EKA-99: {", "EKA-99" }, { "EKA-01: {", "EKB-01: {", "EKB-01" },
    { "status: godkänd", "status: avvisad", "skal" }, { "regel: MAL-01", "regel: MAL-99", "MAL-99" },
    { "stod: [EKA-01", "stod: [EKA-91", "EKA-91" }, { "stod: [EKA-01, A1]", "stod: EKA-01", "must be a list" },
    { "id: A1", "id: [1]", "must be a text" }, { "niva: fel", "niva: error", "niva" }, { "bedomning: ja", "bedomning: kanske", "bedomning" },
        { "svar: { FRG-01: ja }", "svar: { FINNS-EJ: ja }", "FINNS-EJ" }, { "svar: { FRG-01: ja }", "svar: ja", "mapping" },
    { "medel_granskning: 1", "medel_granskning: 2", "1 is expected" }, { "risk: låg", "risk: ~", "risk" }, { "post: p", "post: p, post: q", "post" },
    { "[EKA-01, A1]", "[EKA-01, A1", "" } } },
  { "titlar/granskning.yaml", [[
medel_granskning: 1
iakttagelser:
  - { id: A1, avsnitt: "2.2.1", text: t }
rubriker: { titel: Kort, 2.1: Kort }
avsnitt:
  2.2: { text: Egen text }
]], "report granskning --engagement %F $T/2023.yaml", {
    { "titel: Kort", "titl: Kort", "titl" }, { "2.1: Kort", "2.99: Kort", "2.99" }, { "2.2: {", "22.2: {", "22.2" }, { 'avsnitt: "2.2.1"', 'avsnitt: "x"', "'x'" } } },
  { "avsteg.yaml", [[
medel_avsteg: 1
avsteg:
  - { regel: EKA-01, beslutat_av: s, datum: 2024-02-01, skal: p, till_och_med: 2025-12-31, fingeravtryck: ab }
]], "audit --avsteg %F $T/2023.yaml", {
    { "regel:", "regl:", "did you mean 'regel'?" }, { "EKA-01", "EKA-99", "EKA-99" }, { "EKA-01", "[EKA-01]", "must be a text" }, { "2024-02-01", "igår", "a day" },
    { ", skal: p", "", "skal" }, { "avsteg:\n", "avsteg: {}\nx:\n", "unknown key 'x'", false }, { "medel_avsteg: 1", "medel_avstg: 1", "medel_avsteg" },
    { "fingeravtryck: ab", "fingeravtryck: {}", "must be a text" } } },
  { "paket/pack.yaml", [[
medel_pack: 1
id: paket
title: Paket
includes: [nationell]
off: [EKA-01]
levels: { MAL-03: note }
norms: { riktlinje.eget_kapital: rak_20 }
]], "audit --rules $T/paket $T/2023.yaml", {
    { "off:", "offf:", "did you mean 'off'?" }, { "[EKA-01]", "[EKA-99]", "EKA-99" }, { "[EKA-01]", "EKA-01", "must be a list" }, { "[EKA-01]", "[[EKA-01]]", "must be a text" },
    { "MAL-03:", "MAL-93:", "MAL-93" }, { ": note", ": notes", "did you mean 'note'?" }, { "{ MAL-03: note }", "[MAL-03]", "must be a mapping" },
    { "eget_kapital:", "eget_kapita:", "did you mean 'riktlinje.eget_kapital'?" }, { "rak_20", "rak_21", "did you mean 'rak_20'?" }, { "rak_20", "[rak_20]", "must be a text" },
    { "[nationell]", "[nationel]", "nationel" }, { "id: paket", "id: [paket]", "must be a text" }, { "id: paket\n", "", "has no 'id'" },
    { "medel_pack: 1", "medel_pack: x", "1 is expected" } } },
  { "mall.yaml", [[
medel_mall: 1
avsnitt:
  - id: "1"
    rubrik: Allt
    ovrigt: ja
    varden: { andel: eget_kapital / medlemsbidrag }
    text: "Kapitalet är {andel:%} av bidragen och kassan {kassa_och_bank:tkr}."
]], "report granskning --template %F $T/rent/2023.yaml", {
    { "medel_mall: 1", "medel_mall: 2", "1 is expected" }, { "rubrik:", "rubik:", "did you mean 'rubrik'?", false }, { "ovrigt: ja", "ovrigt: nej", "ovrigt" },
    { "{andel:%}", "{andl:%}", "'andl' in section 1: unknown" }, { "{kassa_och_bank", "{prognos", "no figure" },
    { "Kapitalet", "{kassa_och_banken:tkr} Kapitalet", "did you mean 'kassa_och_bank'?" } } },
  { "prov/god.test.yaml", [[
rule: GOD-01
base:
  balansrakning: { rader: { eget_kapital: [1 000] } }
cases:
  - { name: a, expect: finding, message: god, level: note, findings: 1 }
  - name: b
    expect: finding
    given: { balansrakning: { rader: { eget_kapital: [2 000] } } }
    overrides: { riktlinje.eget_kapital: rak_20 }
    set: { prognos.storsta_miss: 3 % }
]], "test $T/prov", {
    { "rule: GOD-01", "rule: GOD-02", "GOD-02" }, { "base:", "bas:", "did you mean 'base'?" },
    { "base:\n  balansrakning: { rader: { eget_kapital: [1 000] } }", "base: -7", "base must be a mapping" }, { "[2 000]", "[2 000], kassa_och_bank: absent", "no 'kassa_och_bank' to leave out" }, { "name: a", "nam: a", "did you mean 'name'?" }, { "name: a", "name: [a]", "must be a text" },
    { "expect: finding, m", "expect: findin, m", "did you mean 'finding'?" }, { "level: note", "level: notes", "did you mean 'note'?" }, { "findings: 1", "findings: ett", "findings" },
    { "given: {", "given: [", "", false }, { "eget_kapital: [2 000]", "eget_kapita: [2 000]", "eget_kapita" }, { "eget_kapital: [2 000]", "eget_kapital: tusen", "" },
    { "riktlinje.eget_kapital:", "riktlinje.eget_kapita:", "did you mean 'riktlinje.eget_kapital'?" }, { "rak_20", "rak_21", "rak_21" },
    { "prognos.storsta_miss", "prognos.storsta_mis", "did you mean 'prognos.storsta_miss'?" }, { "3 %", "tre", "tre" }, { "set: { prognos.storsta_miss: 3 % }", "set: 3", "must be a mapping" },
    { "cases:\n", "case:\n", "did you mean 'cases'?", false }, { "overrides: {", "overrides: x", "", false } }, status = 1 },
  { "scenario.yaml", [[
medel_scenario: 1
scenarios:
  - scenario: A
    base: 2023.yaml
    years: [2024, 2025]
    norm: rak_20
    ranta: 0 %
    decisions:
      - { title: L, by: s, from: 2024-01, to: 2024-12, medlemsbidrag: -10 %, reason: r, document: d }
      - { title: N, from: 2024-03, kostnad: { ny: { label: Ny, group: individ, belopp: 5 000 kr } } }
]], "project %F", {
    { "decisions:", "decision:", "did you mean 'decisions'?" }, { "ranta:", "rant:", "did you mean 'ranta'?" }, { "0 %", "noll", "noll" }, { "[2024, 2025]", "2024", "years" }, { "[2024, 2025]", "[2025, 2024]", "" },
    { "rak_20", "rak_21", "rak_21" }, { "2023.yaml", "2022.yaml", "2022.yaml" }, { "medlemsbidrag:", "medlemsbidra:", "did you mean 'medlemsbidrag'?" }, { "-10 %", "[1]", "" },
    { "from: 2024-01", "from: 2024-13", "2024-13" }, { "group: individ", "group: indvid", "indvid" }, { "title: L", "title: [L]", "" }, { "scenarios:", "scenario:", "" },
    { "medel_scenario: 1", "medel_scenario: 2", "" }, { "kostnad: {", "kostnad: [", "", false } } },
  { "plan.yaml", [[
medel_kontoplan: 1
id: plan
title: Plan
based_on: kommun-bas
source: prov
own_rows:
  not_intakter.kommun_kumla: { under: bidrag_kommuner, text: Kumla kommun }
accounts:
  - { accounts: 195, row: balansrakning.kassa_och_bank, label: Kassa, confidence: high }
  - { accounts: 3999, row: resultatrakning.verksamhetens_intakter, label: Intäkter, confidence: high }
]], "audit --ledger $T/2023.se --kontoplan %F $T/2023.yaml", {
    { "source:", "sourc:", "unknown key 'sourc'" }, { "195, row:", "195, rw:", "unknown key 'rw'" }, { "kassa_och_bank", "kassa_och_ban", "did you mean" }, { "Kassa, confidence: high", "Kassa, confidence: hig", "hig" },
    { "accounts: 195", "accounts: x", "" }, { "label: Kassa", "label: [Kassa]", "" }, { "kommun-bas", "kommun-ba", "kommun-ba" }, { "under: bidrag_kommuner", "under: bidrag_kommune", "bidrag_kommune" },
    { "medel_kontoplan: 1", "medel_kontoplan: 3", "" } } },
  { "norm.yaml", [[
medel_parameters: 1
prognos.storsta_miss:
  title: Prov
  values:
    - { from: 2000-01-01, value: 3 %, source: prov }
]], "audit --parameters %F $T/2023.yaml", {
    { "  title:", "  titl:", "unknown key 'titl'" }, { "2000-01-01", "2000-13-01", "" }, { "3 %", "tre", "" }, { ", source: prov", "", "source" },
    { "title: Prov", "title: [Prov]", "" }, { "values:", "valus:", "unknown key 'valus'" }, { "from:", "frm:", "unknown key 'frm'" } } },
  { "forbund.yaml", read "examples/lekeberg-orebro/forbund.yaml", "audit $T/2023.yaml", {
    { "namn:", "nam:", "unknown key 'nam'" }, { "part: staten", "part: stat", "stat" } } },
  { "2023.yaml", report, "audit $T/2023.yaml", {
    { "rakenskapsar:", "rakenskapsa:", "did you mean 'rakenskapsar'?" }, { "balansrakning:", "balansraknin:", "did you mean 'balansrakning'?" }, { "enhet: tkr", "enhet: tkrs", "tkrs" } } },
}

local inner = { "stack traceback", "[medel.", "scripts/medel", "(...tail calls...)", "in function", "error in the program", "0x%x%x%x%x%x%x" }

local function run(words)
  local pipe = assert(io.popen(("timeout -s KILL 100 %s %s 2>&1 </dev/null"):format(program, words)))
  local out = pipe:read "a"
  local _, _, code = pipe:close()
  return out, code
end

local function line_of(text, at)
  return select(2, text:sub(1, at):gsub("\n", "")) + 1
end

for _, kind in ipairs(kinds) do
  local name, sound, words, faults = table.unpack(kind)
  words = words:gsub("%%F", folder .. "/" .. name):gsub("%$T", folder)
  local function with(text)
    write(name, text)
    local out, code = run(words)
    write(name, sound)
    return out, code
  end
  check.test(name .. ", sound", function()
    local out, code = with(sound)
    check.yes(code < 2 and not out:find "error:", out:sub(1, 600))
  end)
  for _, fault in ipairs(faults) do
    local from, to, says = table.unpack(fault)
    check.test(("%s: %s"):format(name, to:gsub("\n", " / ")), function()
      local at = assert(sound:find(from, 1, true), "the fault is not in the text")
      local out, code = with(sound:sub(1, at - 1) .. to .. sound:sub(at + #from))
      for _, part in ipairs(inner) do check.yes(not out:find(part, 1, not part:find "%%"), "it shows: " .. out:sub(1, 400)) end
      check.yes(code == (kind.status or 2), "status " .. code .. ": " .. out:sub(-300))
      check.contains(out:sub(1, 3000), says)
      local line = line_of(sound, at) + (to:find "^\n" and 1 or 0)
      local base = name:match "[^/]*$":gsub("%p", "%%%0")
      local said = tonumber(out:match(base .. ":(%d+):%d+: "))
      check.yes(said, "no place: " .. out:sub(1, 400))
      check.yes(fault[4] == false or said == line or to == "" and said <= line or to == "[EKA-01, A1", ("line %s, not %d: %s"):format(said, line, out:sub(1, 400)))
    end)
  end
end

print(("%d passed, %d failed"):format(check.passed, check.failed))
if check.failed > 0 then error("some faults were not told as they should", 0) end
