-- test_sentences.lua FOLDER: sentences that fool a reader of running text: what is bound, and what is left to a
-- person though its digits are a table's.
package.path = "tests/bindings/?.lua;tests/import/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()
local folder = assert(...)

local tables = [[

5. Driftredovisning
tkr Utfall 2023 Budget 2023 Avvikelse 2023
Medlemsbidrag 4 100 4 100 0
Individinriktade insatser -3 200 -3 300 100
Administration -893 -850 -43
Resultat 7 -50 57

Översikt medlemsbidragets utveckling och användning
Belopp kr 2023 2022 2021
Medlemsbidrag 4 100 000 4 100 000 4 000 000
Årets resultat 7 123 -12 456 5 000

3. Balansräkning
Belopp kr 2023 2022
Kassa och bank 812 345 855 345
Kortfristiga fordringar 100 000 50 000
Summa tillgångar 912 345 905 345
Summa eget kapital 712 345 705 222
Kortfristiga skulder 200 000 200 123
Summa eget kapital och skulder 912 345 905 345
]]

-- sentence; the figure; concept, variant, year, what is written: nil where a person decides
local cases = {
  { "Årets resultat blev 7 123 kr.", "7 123 kr", "arets_resultat" },
  { "Resultatet 2023 uppgår till 7 123 kr, vilket är bättre än budget.", "7 123 kr", "arets_resultat" },
  { "Det budgeterade resultatet var ett underskott på 50 tkr.", "50 tkr", nil }, -- two digits say too little
  { "Resultatet blev 7 123 kr bättre än budget.", "7 123 kr", nil },
  { "Vi hade budgeterat ett resultat på 7 123 kr.", "7 123 kr", nil },
  { "Årets underskott blev 7 123 kr.", "7 123 kr", nil }, -- the words say a loss, the table a surplus
  { "Resultatet 2022 blev 7 123 kr.", "7 123 kr", nil }, -- it is this year's figure
  { "Förra årets resultat var 7 123 kr.", "7 123 kr", nil },
  { "Nästa års resultat väntas bli 7 123 kr.", "7 123 kr", nil },
  { "Resultatet 2022 var ett underskott på 12 456 kr.", "12 456 kr", "arets_resultat", nil, 2022, "-12 456 kr" },
  { "Föregående år var resultatet ett underskott på 12 456 kr.", "12 456 kr", "arets_resultat", nil, 2022, "-12 456 kr" },
  { "Resultatet blev 12 456 kr.", "12 456 kr", nil },
  { "Det egna kapitalet är 712 345 kr vid årets slut.", "712 345 kr", "eget_kapital" },
  { "Det egna kapitalet har ökat med 712 345 kr.", "712 345 kr", nil },
  { "Det egna kapitalet bör vara minst 712 345 kr.", "minst 712 345 kr", nil },
  { "Taket för eget kapital är högst 712 345 kr.", "högst 712 345 kr", nil },
  { "Eget kapital uppgår till 712 354 kr.", "712 354 kr", nil }, -- digits swapped
  { "Eget kapital uppgår till 712 tkr.", "712 tkr", "eget_kapital" },
  { "Eget kapital uppgår till 713 tkr.", "713 tkr", nil },
  { "Kassa och bank är 812 345 kr och eget kapital 712 345 kr.", "812 345 kr", "kassa_och_bank" },
  { "Kassa och bank är 812 345 kr och eget kapital 712 345 kr.", "712 345 kr", "eget_kapital" },
  { "Kassa och bank är 712 345 kr och eget kapital 812 345 kr.", "712 345 kr", nil }, -- the other way about
  { "Kassa och bank är 712 345 kr och eget kapital 812 345 kr.", "812 345 kr", nil },
  { "De kortfristiga skulderna uppgår till 200 000 kr.", "200 000 kr", nil }, -- one digit says too little
  { "De kortfristiga skulderna var 200 123 kr 2022.", "200 123 kr", "kortfristiga_skulder", nil, 2022 },
  { "Hyran var 712 345 kr.", "712 345 kr", nil },
  { "Balansomslutningen är 912 345 kr.", "912 345 kr", "summa_tillgangar" },
  { "Medlemsbidragen var 4 100 000 kr, varav staten 2 050 000 kr.", "2 050 000 kr", nil },
  { "Kostnaden per deltagare är 7 123 kr och resultatet gott.", "7 123 kr", nil },
  { "Den 31 december 2023 fanns 15 ärenden kvar.", "15", nil },
  { "Organisationsnummer 222000-2600.", nil, nil },
}

local path = folder .. "/r.txt"
for _, c in ipairs(cases) do
  check.test(c[1], function()
    assert(medel.write_file(path, "Årsredovisning 2023\n\n" .. c[1] .. "\n" .. tables, true))
    local m = read.import(taxonomy, read.document(path), {})
    check.equal(m.wrong, nil)
    check.equal(m.proofs ~= nil, true)
    local found
    for _, f in ipairs(m.figures) do
      if f.line == 3 and f.text == c[2] then found = f end
      check.yes(c[2] or f.line ~= 3, f.text)
    end
    if not c[2] then return end
    check.yes(found, "the figure was not found")
    local b = found.bound or {}
    check.equal(b.begrepp, c[3])
    check.equal(b.variant, c[4])
    check.equal(b.ar, c[5])
    if c[6] then check.equal(b.tal, c[6]) end
    -- what is not bound stands as a candidate, with its line
    if not c[3] then check.contains(m.text, "# rad 3: " .. c[2] .. ":") end
  end)
end

local function candidates(document)
  local list = {}
  local m = read.import(taxonomy, document, { year = 2023 })
  for _, f in ipairs(m.figures) do if not f.field then list[#list + 1] = f.text end end
  check.equal(require("accounted").wrong(m), nil)
  return table.concat(list, " | ")
end

check.test("numbers of headings and marks of footnotes are no figures", function()
  assert(medel.write_file(path, "Årsredovisning 2023\n\n1 Inledning 3\n2 Förvaltningsberättelse\n3 Ekonomi\n\n1 Inledning\n"
    .. "Förbundet har ägare.\n\n2 Förvaltningsberättelse\nI året deltog 15 personer.\n\n3 Ekonomi\n12 Deltagare\n"
    .. "1) Varav 66 000 kr avser 2022.\n2) Varav 52 000 kr är egna.\n\n5 Kvinnor\n" .. tables, true))
  check.equal(candidates(read.document(path)), "15 | 12 | 66 000 kr | 52 000 kr | 5")
end)

check.test("a page's number is no figure, also beside its count of pages", function()
  local pages = {}
  for i = 1, 2 do
    pages[i] = ('<page width="595" height="842"><word xMin="40" yMin="50" xMax="80" yMax="60">Deltagare:</word>'
      .. '<word xMin="84" yMin="50" xMax="94" yMax="60">%d</word><word xMin="500" yMin="800" xMax="506" yMax="810">%d</word>'
      .. '<word xMin="509" yMin="800" xMax="519" yMax="810">(7)</word></page>'):format(40 + i, i + 2)
  end
  local document = assert(medel.document_boxes("<doc>" .. table.concat(pages) .. "</doc>"))
  check.equal(candidates({ document = document, kind = "boxes", name = "r", path = "r", sha256 = "" }), "41 | 42")
end)

check.test("the words are of concepts and fields that the taxonomy has", function()
  local words = assert(medel.yaml(medel.read_file(medel.data .. "/rules/taxonomy/ord.yaml")))
  local described, concepts, of = medel.describe_taxonomy(taxonomy), {}, {}
  for _, c in ipairs(described.concepts) do concepts[c.id] = true end
  for _, f in ipairs(described.fields) do
    if f.fields then of[f.name] = {} end
    for _, x in ipairs(f.fields or {}) do of[f.name][x.name] = true end
  end
  for id in pairs(words.begrepp) do check.yes(concepts[id], id) end
  for _, section in ipairs { "falt", "etiketter" } do
    -- resultatmål are a label under which goals stand
    for id in pairs(words[section]) do check.yes(of.insatser[id] or id == "mal", section .. "." .. id) end
  end
  for section, columns in pairs(words.kolumner) do
    -- the name of a row, and a sum that is all participants
    for id in pairs(columns) do check.yes(of[section][id] or id == "namn" or id == "totalt", section .. "." .. id) end
  end
  for status in pairs(words.bedomning) do check.yes(("uppnatt delvis ej"):find(status, 1, true), status) end
end)

print(("import: %d meningar"):format(#cases))
if check.failed > 0 then os.exit(1) end
