-- test_ask.lua MEDEL FOLDER: the questions of an import on a terminal: what is typed is applied as the review
-- page's answers are, kept, and asked no more.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local program, folder = ...

local text = [[
1. Förvaltningsberättelse
Årets resultat blev ett underskott på 29 tkr. Det egna kapitalet är 912 345 kr vid årets slut.
I Bron deltog 41 personer under året. Kansliet har 3 rum.

5. Driftredovisning
tkr Utfall 2023 Budget 2023 Avvikelse 2023
Medlemsbidrag 4 100 4 100 0
Bron -1 200 -1 300 100
Kompassen -2 000 -2 000 0
Administration -893 -850 -43
Resultat 7 -50 57

3. Balansräkning
Belopp kr 2023 2022
Kassa och bank 912 345 905 345
Summa tillgångar 912 345 905 345
Summa eget kapital 912 345 905 345
Summa eget kapital och skulder 912 345 905 345
]]

local document, out, own = folder .. "/r.txt", folder .. "/2023.yaml", folder .. "/forbund.yaml"
local function fresh()
  assert(medel.write_file(document, text, true))
  assert(medel.write_file(own, "namn: Förbundet\n", true))
  os.remove(out)
  os.remove(folder .. "/2023.import.json")
end

local function run(options, input)
  assert(medel.write_file(folder .. "/svar.txt", input, true))
  local pipe = io.popen(("'%s' import '%s' -o '%s' --forbund '%s' %s <'%s/svar.txt' 2>&1"):format(program, document, out, own, options, folder))
  local said = pipe:read "a"
  pipe:close()
  return said, medel.read_file(out)
end

check.test("a row of a table", function()
  fresh()
  local said, file = run("--fraga", "\n2\nr\nkompassen\nindivid\nq\n")
  check.contains(said, "[1/")
  check.contains(said, "2 Individinriktade insatser · 3 Strukturövergripande insatser")
  check.contains(said, "Vilken grupp hör raden till?")
  check.contains(said, "3 svar")
  check.contains(file, "bron:")
  check.contains(medel.read_file(own), 'bron: { under: individ, text: "Bron" }')
  local again = run("--fraga", "")
  check.yes(not again:find("Bron\n", 1, true), again)
end)

check.test("a figure typed, and a cell that is empty", function()
  fresh()
  local _, file = run("--fraga", "s\ne\n-1 250\n\ntom\nq\n")
  check.contains(file, "{ tal: [-1 250, -1 300,")
  check.contains(file, "  ~], rad: 8")
  check.contains(file, "rättad vid läsning")
end)

check.test("the same answers as those of the page", function()
  fresh()
  local _, here = run("--fraga", "\n\n\n\n\n\n\n\n")
  local side = medel.yaml(medel.read_file(folder .. "/2023.import.json"))
  check.yes(#side.svar > 0)
  local kept = {}
  for i, a in ipairs(side.svar) do kept[i] = { nyckel = a.nyckel, svar = a.svar } end
  fresh()
  assert(medel.write_file(folder .. "/sida.json", medel.json { svar = kept }, true))
  local _, page = run("--bekrafta '" .. folder .. "/sida.json'", "")
  check.equal(page, here)
end)

check.test("figures of running text", function()
  fresh()
  local said, file = run("--uppgifter", "x.y\ninsatser.bron.namn\ninsatser.bron.deltagare\narets_resultat\ninsatser.bron.deltagare\nBron\nindivid\nn\n")
  check.contains(said, "«29 tkr»")
  check.contains(said, "tabellen har")
  check.contains(said, "there is no x")
  check.contains(said, "29 tkr cannot stand there (Antal deltagare)")
  check.contains(said, "that is a text, no figure")
  check.contains(file, "begrepp: arets_resultat, tal: -29 tkr")
  check.contains(file, "deltagare: { tal: 41, rad: 3 }")
  check.contains(file, "begrepp: eget_kapital, tal: 912 345 kr")
  check.yes(not file:find "kandidat" and not file:find "har ingen plats än", file)
  local ar, wrong = medel.load_report(require("medel.workspace").taxonomy(), out)
  check.yes(ar, wrong)
  check.equal(ar.insatser.bron.namn, "Bron")
  check.contains(run("--uppgifter", ""), "\n0 svar")
end)

check.test("all that is left of a paragraph", function()
  fresh()
  local said, file = run("--uppgifter", "arets_resultat\nuu\n")
  check.contains(said, "3 svar")
  check.contains(file, "text: I Bron deltog 41 personer under året., tal: 41")
  check.contains(file, "text: Kansliet har 3 rum., tal: 3")
end)

check.test("the end of the input, and q, leave the rest for later", function()
  fresh()
  local _, file = run("--uppgifter", "")
  check.contains(file, "siffror i löpande text har ingen plats än")
  local _, quit = run("--uppgifter", "q\n")
  check.equal(quit, file)
end)

check.test("an answer never changes the print", function()
  fresh()
  run("", "")
  local _, first = run("--uppgifter", "arets_resultat\nq\n")
  local side = medel.yaml(medel.read_file(folder .. "/2023.import.json"))
  local key
  for _, a in ipairs(side.svar) do if a.svar == "uppgift" then key = a.nyckel end end
  check.yes(key and first)
  fresh()
  assert(medel.write_file(folder .. "/sida.json", medel.json { svar = { { nyckel = key, svar = "uppgift", begrepp = "arets_resultat", tal = "-7 tkr" } } }, true))
  local said, file = run("--bekrafta '" .. folder .. "/sida.json'", "")
  check.yes(not file:find("-7 tkr", 1, true), said)
  check.contains(said, "gäller inte: -7 tkr: 29 tkr stands in the print")
end)

if check.failed > 0 then os.exit(1) end
