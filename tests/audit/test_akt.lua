-- test_akt.lua FOLDER - the akt: what is wrong in one is said, all at once; what it holds comes
-- out in the document, in its place; what was computed is never contradicted in silence.
local folder
do
  local pipe = assert(io.popen("mktemp -d '" .. assert(..., "FOLDER is missing") .. "/akt-XXXXXX'"))
  folder = pipe:read "l"
  assert(pipe:close() and folder, "no folder of its own")
end
local blocks = require "medel.blocks"
local engagement = require "medel.engagement"
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

local function write(name, text)
  local path = folder .. "/" .. name
  os.execute("mkdir -p '" .. path:match "^(.*)/" .. "'")
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  return path
end

local report = [[
medel: 1
forbund: { namn: Provförbundet, medlemmar: [{ namn: A kommun, part: kommun }, { namn: Region B, part: region }] }
rakenskapsar: 2023
resultatrakning:
  enhet: kr
  kolumner: [2023, 2022]
  rader:
    verksamhetens_intakter: [4000000, 4000000]
    verksamhetens_kostnader: [-3900000, -3950000]
    arets_resultat: [%s, 50000]
balansrakning:
  enhet: kr
  kolumner: [2023, 2022]
  rader:
    kassa_och_bank: [1000000, 900000]
    summa_tillgangar: [1000000, 900000]
]]

local function akt(text, result)
  write("a/rapport.yaml", report:format(result or "100000"))
  return write("a/granskning.yaml", "medel_granskning: 1\n" .. text .. "\n")
end

-- ---- what is wrong is said, with its place ----

for _, case in ipairs(dofile "tests/audit/akt/bad.lua") do
  local path = akt(case[2])
  local ok, why = pcall(engagement.read, path)
  check(case[1], not ok and contains(why, case[3]) and contains(why, path .. ":"), why)
end

do
  local ok, why = pcall(engagement.read, akt "uppdrag: { roll: x, datum: y }\nmottagare: z\nslutsats: {}")
  local n = select(2, tostring(why):gsub("error: ", ""))
  check("all that is wrong is said at once", not ok and n == 4, why)
end

do
  local path = akt "arsredovisning: rapport.yaml"
  local ok, why = pcall(engagement.read, (path:gsub("/a/", "/a/../a/")))
  check("an akt may be reached by way of ..", ok, why)
end

-- ---- what it holds comes out ----

local granskning = require "medel.reports.granskning"

local function document(text, result, options)
  akt(text, result)
  local asked = session.new {}
  local r = asked:audit(asked:load(folder .. "/a/rapport.yaml"))
  options = options or {}
  options.session = asked
  return blocks.markdown(granskning(r, options)), r
end

local function says(name, text, part, result)
  local ok, made = pcall(document, text, result)
  check(name, ok and contains(made, part), made)
end

says("a conclusion in the standard's form, limited", "slutsats: { form: utan modifiering }",
  "har det inte kommit fram några omständigheter")
says("and in the form of reasonable assurance", "uppdrag: { sakerhet: rimlig }\nslutsats: { form: utan modifiering }",
  "ger i allt väsentligt en rättvisande bild")
says("a reservation with its basis", "slutsats: { form: med reservation, skal: Kassan är inte avstämd. }", "Kassan är inte avstämd.")
says("own words instead", "slutsats: { form: utan modifiering, text: Vi har inget att invända. }", "Vi har inget att invända.")
says("no conclusion yet is said to be so", "ovriga: iakttagelse", "Revisorns slutsats är inte skriven än.")
says("what was computed speaks against the conclusion", "slutsats: { form: utan modifiering }",
  "var för sig större än väsentlighetstalet", "900000")
says("and the revisor's reason stands with it", "slutsats: { form: utan modifiering, skal: Rättas före fastställandet. }",
  "Rättas före fastställandet.", "900000")
says("several below materiality are above it together",
  "vasentlighet: { helhet: 100 000 kr }\nslutsats: { form: utan modifiering }\niakttagelser:\n"
  .. "  - { id: E1, avsnitt: '2.4', text: Första felet., belopp: 60 000 kr }\n  - { id: E2, avsnitt: '2.4', text: Andra felet., belopp: 70 000 kr }",
  "tillsammans 130 000 kr, mer än väsentlighetstalet 100 000 kr")
says("an own observation stands in its section", "iakttagelser: [{ id: E1, avsnitt: '2.4.1', text: Två konton saknar besked. }]",
  "Kassa och bank är 1 000 000 kr.")
says("a recommendation of one's own", "iakttagelser: [{ id: E1, avsnitt: '2.4.1', text: A., rekommendation: Stäm av varje månad. }]",
  "- Stäm av varje månad. (E1)")
says("evidence that agrees", "underlag: [{ id: B1, vad: bankens besked, sett: 2024-03-08, av: revisorn, uppgift: kassa_och_bank, belopp: 1 000 000 kr }]",
  "Beloppet är avstämt mot bankens besked, 8 mars 2024, utan skillnad (B1).")
says("evidence that does not", "underlag: [{ id: B1, vad: bankens besked, sett: 2024-03-08, av: revisorn, uppgift: kassa_och_bank, belopp: 990 000 kr }]",
  "skillnaden är 10 000 kr (B1)")
says("text of one's own before the tool's", "avsnitt: { '2.4.1': { text: Först detta. } }", "Först detta.\n\nKassa och bank är")
says("and instead of it", "avsnitt: { '2.4.1': { text: Bara detta., placering: i stallet } }", "Bara detta.")
says("a risk", "risker: [{ post: Intäkter, risk: hög }]", "| Intäkter | hög |")
says("a question and its answer", "revisionsfragor: [{ fraga: Är allt väl?, bedomning: delvis, motivering: Inte allt. }]",
  "| Är allt väl? | Delvis | Inte allt. |")
says("earlier recommendations", "uppfoljning: [{ rekommendation: Sätt mål, lamnad: 2022, lage: inte följd }]", "| Sätt mål | 2022 | inte följd |")
says("who did what", "arbete: [{ vad: planering, utfort_av: a, datum: 2024-03-01, granskat_av: b, granskat: 2024-03-02 }]",
  "| Planering | a | 2024-03-01 | b | 2024-03-02 |")

do
  local made = document "avsnitt: { '2.4.1': { text: Bara detta., placering: i stallet } }"
  check("instead is instead", not contains(made, "Kassa och bank är"))
  made = document "uppdrag: { status: klar }"
  check("what is finished is no draft", not contains(made, "utkast"))
  local ok, why = pcall(document, "iakttagelser: [{ id: E1, avsnitt: '9.9', text: A. }]")
  check("a section that the template has not", not ok and contains(tostring(why), "has no section '9.9'"), why)
end

-- ---- last year's akt ----

write("a/forra/granskning.yaml", "medel_granskning: 1\nrekommendationer:\n  EKA-01: { status: godkänd, text: Minska kapitalet. }\n"
  .. "iakttagelser: [{ id: E1, avsnitt: '2.5', text: A., rekommendation: Skriv en plan. }]\n")
says("its recommendations are followed up", "foregaende: forra/granskning.yaml", "| Minska kapitalet. |  | inte uppföljd ännu |")
says("own ones too", "foregaende: forra/granskning.yaml", "| Skriv en plan. |")
do
  local made = document "foregaende: forra/granskning.yaml\nuppfoljning: [{ rekommendation: Minska kapitalet., lage: följd }]"
  local _, n = made:gsub("Minska kapitalet", "")
  check("one that is followed up stands once", n == 1)
end

-- ---- the table beside a firm's report: what it says of the worked akt stands in its document ----

do
  local files = require "medel.files"
  local asked = session.new { competing = true }
  local result = asked:audit(asked:load "examples/lekeberg-orebro/2023.yaml")
  local made = blocks.markdown(granskning(result, { session = asked })):gsub("\\([%[%]+%-])", "%1")
  local n = 0
  for row in files.need("docs/granskning.md"):match("## Beside a report that a firm wrote.-\n(|.-)\n\n"):gmatch "[^\n]+" do
    for said in (row:match "^|.-|(.-)|" or ""):gmatch "`([^`]+)`" do
      n = n + 1
      if said ~= "farg" then check("the table beside a firm's report: " .. said, contains(made, said), said) end
    end
  end
  check("the table beside a firm's report has its rows", n > 20, n)
end

-- ---- the document for other programs: each rule file with its digest ----

do
  local medel, files = require "medel", require "medel.files"
  local asked = session.new {}
  local result = asked:audit(asked:load "examples/lekeberg-orebro/2023.yaml")
  local text = blocks.json(granskning(result, { session = asked })):gsub("([:,])%s+\"", "%1\"")
  local n = 0
  for path, sum in text:gmatch '"id":"[%w-]+","name":"([^"]+)","sha256":"(%x+)"' do
    n = n + 1
    if medel.sha256(files.need(path)) ~= sum then check("the digest of " .. path, false, sum) end
  end
  check("the JSON of a document has each rule file", n == #result.rule_set.loaded, n)
  check("and the document's parts", contains(text, '"kind":"heading"') and not contains(text, "<svg"))
end

-- ---- a template of one's own ----

do
  local path = write("byra/mall.yaml", "medel_mall: 1\ntitel: PM\navsnitt:\n  - { id: '1', rubrik: Allt, ovrigt: ja, text: 'Kassan är {kassa_och_bank:tkr}.' }\n")
  local made = document("ovriga: iakttagelse", nil, { template = path })
  check("a template of one's own", contains(made, "# PM 2023") and contains(made, "## 1 Allt") and contains(made, "Kassan är 1 000 tkr."), made)
  local template = require "medel.granskning.template"
  for _, case in ipairs {
    { "a template without the rest", "medel_mall: 1\navsnitt: [{ id: '1', rubrik: A }]", "no section has `ovrigt: ja`" },
    { "a part that is none", "medel_mall: 1\navsnitt: [{ id: '1', rubrik: A, ovrigt: ja, delar: [sluttsats] }]", "there is no part 'sluttsats': did you mean 'slutsats'?" },
    { "a section twice", "medel_mall: 1\navsnitt: [{ id: '1', rubrik: A, ovrigt: ja }, { id: '1', rubrik: B }]", "section 1 stands twice" },
    { "a section without a heading", "medel_mall: 1\navsnitt: [{ id: '1', ovrigt: ja }]", "has no 'rubrik'" },
  } do
    local bad = write("byra/bad.yaml", case[2] .. "\n")
    local ok, why = pcall(template.read, bad)
    check(case[1], not ok and contains(why, case[3]), why)
  end
end

-- ---- the letters ----

do
  local function letter(kind, text)
    akt(text)
    local asked = session.new {}
    return blocks.markdown(require("medel.reports." .. kind)(asked:audit(asked:load(folder .. "/a/rapport.yaml")), { session = asked }))
  end
  local own = "iakttagelser: [{ id: E1, avsnitt: '2.5', text: A., rekommendation: Skriv en plan. }]\n"
  local made = letter("missiv", own .. "mottagare: [styrelsen, A kommun]\nslutsats: { form: utan modifiering }\nuppdrag: { svar_senast: 1 juni }")
  for _, part in ipairs { "Till styrelsen och A kommun", "har det inte kommit fram", "- Skriv en plan.", "senast 1 juni" } do
    check("the letter: " .. part, contains(made, part), made)
  end
  check("a letter of a draft", contains(letter("missiv", own), "Rapporten är ett utkast"))
  made = letter("revisionsberattelse", "uppdrag: { roll: auktoriserad, sakerhet: rimlig }\nslutsats: { form: utan modifiering }")
  check("an auktoriserad revisor's", contains(made, "Revisorns ansvar") and contains(made, "ger i allt väsentligt en rättvisande bild")
    and not contains(made, "anger inte att granskningen"), made)
  made = letter("revisionsberattelse", "uppdrag: { roll: auktoriserad }\nslutsats: { form: utan modifiering }")
  check("what rests on less says so", contains(made, "Akten anger inte att granskningen ger rimlig säkerhet"), made)
  made = letter("revisionsberattelse", "uppdrag: { roll: förtroendevald }\nrevisionsfragor: [{ fraga: Är allt väl?, bedomning: ja }]")
  check("the elected revisors'", contains(made, "Vi, av medlemmarna utsedda revisorer") and contains(made, "Är allt väl? Ja."), made)
  check("ansvarsfrihet is hers to propose", contains(made, "tillstyrker eller avstyrker"), made)
end

-- ---- the worked akt ----

do
  local asked = session.new {}
  local made = blocks.markdown(granskning(asked:audit(asked:load "examples/lekeberg-orebro/2023.yaml"), { session = asked }))
  for _, part in ipairs { "Svar på revisionsfrågorna", "Beloppet är avstämt mot Engagemangsbesked per den 31 december 2023, 8 mars 2024, utan skillnad (B1).",
                          "Planen för intern kontroll är inte uppdaterad", "| Sakkunnigt biträde |", "Ange målvärden för verksamhetsmålen" } do
    check("the worked akt: " .. part, contains(made, part))
  end
  check("nothing is still to be agreed", not contains(made, "ska stämmas av mot engagemangsbesked"))
end

print(("akt: %d passed, %d failed"):format(passed, failed))
if failed > 0 then error("some tests failed", 0) end
