-- test_sequence.lua MEDEL FOLDER: two years and three drafts of one förbund: what was answered once is asked no more, and each
-- draft's changes are told.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local program, folder = ...

-- A report of the year: { deltagare, women, men }, costs of Klara and the kansli, its draft's own words.
local function report(year, people, klara, kansli, drift)
  local costs = klara + 1400 + 352 + kansli
  local result = 6000 - costs
  return ([[
Årsredovisning %d

Samordningsförbundet Provdalen

1 Förvaltningsberättelse

Insatsen Klara hade %d deltagare, varav %d kvinnor och %d män. Kostnaden för Klara uppgick till %s tkr.

1.2 Insatser

Insats           Antal deltagare   Kvinnor   Män   Avslutade
Klara                  %d            %d       %d          30
Stegvis                44            20       24          18
Totalt                %d            %d       %d          48

1.3 Mål

Mål                                  Målvärde   Utfall %d   Bedömning
Antal deltagare i insatserna              100         105    Uppnått

2 Driftredovisning

tkr                  Utfall %d   Budget %d   Avvikelse
Medlemsbidrag              6 000         6 000           0
Klara                     -%d %03d        -2 400       %d
Stegvis                   -1 400        -1 450          50
Dialogforum                 -352          -350          -2
Kansliet                  -%d %03d        -1 200       %d
Resultat                     %d           600       %d
]]):format(year, people[1], people[2], people[3], ("%d %03d"):format(klara // 1000, klara % 1000), people[1], people[2], people[3], people[4] or people[1] + 44,
    people[2] + 20, people[3] + 24, year, year, year, (drift or klara) // 1000, (drift or klara) % 1000, 2400 - klara, kansli // 1000, kansli % 1000, 1200 - kansli, result, result - 600)
end

local function at(name) return folder .. "/" .. name end
local function run(name, text, options, input)
  assert(medel.write_file(at(name .. ".txt"), text, true))
  assert(medel.write_file(at "svar", input or "", true))
  local pipe = io.popen(("'%s' import '%s' -o '%s' --forbund '%s' %s <'%s' 2>&1"):format(program, at(name .. ".txt"), at(name .. ".yaml"), at "forbund.yaml", options or "", at "svar"))
  local said = pipe:read "a"
  pipe:close()
  return said, assert(medel.read_file(at(name .. ".yaml")))
end

for _, name in ipairs { "2022", "v1", "v2", "v3" } do
  os.remove(at(name .. ".yaml"))
  os.remove(at(name .. ".import.json"))
end
assert(medel.write_file(at "forbund.yaml", "namn: Samordningsförbundet Provdalen\n", true))

check.test("the first year: five rows and two tables are asked about", function()
  local said = run("2022", report(2022, { 61, 38, 23 }, 2405, 1231))
  check.contains(said, "5 frågor att svara på")
  check.contains(said, "3 rader väntar på att du säger deras nivå")
  check.contains(said, "Svara på frågorna här med --fraga")
  local told, file = run("2022", report(2022, { 61, 38, 23 }, 2405, 1231), "--fraga --uppgifter", "1\n2\n2\n3\n4\n4\nq\n")
  check.contains(told, "[5/5]")
  check.contains(told, "1 mål i en tabell: Antal deltagare i insatserna. Vilket slag?")
  check.contains(told, "0 frågor att svara på")
  check.contains(told, "6 svar")
  -- the level of an insats is its row's; its sentence says what the table says
  check.contains(file, "    typ: individ\n    driftrad: klara\n    utfall: { tal: 2 405 tkr, rad: 7 }")
  check.contains(file, "deltagare: [{ tal: 61, rad: 12 }, { tal: 61, rad: 7 }]")
  check.contains(file, "begrepp: deltagare_totalt, tal: 105")
  check.contains(file, "    typ: resultat\n")
  check.contains(file, "nummer 4")
  check.contains(medel.read_file(at "forbund.yaml"), [[
    medlemsbidrag: { under: intakter, text: "Medlemsbidrag" }
    klara: { under: individ, text: "Klara" }
    stegvis: { under: individ, text: "Stegvis" }
    dialogforum: { under: struktur, text: "Dialogforum" }
    kansliet: { under: administration, text: "Kansliet" }
]])
end)

check.test("the next year asks nothing", function()
  -- the first draft: participants whose digits are turned, and a sum of the right ones
  local said, file = run("v1", report(2023, { 27, 44, 28, 116 }, 2511, 1288), ("--forra '%s'"):format(at "2022.yaml"))
  check.contains(said, "0 frågor att svara på")
  check.yes(not said:find "väntar")
  check.contains(file, "deltagare: [{ tal: 27, rad: 12 }, { tal: 27, rad: 7 }]")
  check.contains(file, "116: Totalt, Antal deltagare: 116 (raderna ger 71)")
  check.contains(file, "typ: resultat")
end)

check.test("each draft's changes are told", function()
  local said = run("v2", report(2023, { 72, 44, 28 }, 2511, 1290, 2151), ("--forra '%s' --version '%s'"):format(at "2022.yaml", at "v1.yaml"))
  check.contains(said, "ändrad: Klara, netto 2023, -2 151 i stället för -2 511")
  check.contains(said, "ändrad: Kansliet, netto 2023, -1 290 i stället för -1 288")
  check.contains(said, "stämmer inte längre: SUM-")
  check.contains(said, "ändrad i texten: 72 i stället för 27 (rad 7)")
  check.contains(said, "ändrad i texten: 72 i stället för 27 (rad 12): Klara, Antal deltagare: 72")
  local last, file = run("v3", report(2023, { 72, 44, 28 }, 2511, 1290), ("--forra '%s' --version '%s'"):format(at "2022.yaml", at "v2.yaml"))
  check.contains(last, "ändrad: Klara, netto 2023, -2 511 i stället för -2 151")
  check.contains(last, "stämmer nu: SUM-")
  check.yes(not last:find "stämmer inte längre")
  check.contains(file, "begrepp: deltagare_totalt, tal: 116")
end)

if check.failed > 0 then os.exit(1) end
