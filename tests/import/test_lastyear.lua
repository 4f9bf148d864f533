-- test_lastyear.lua FOLDER: with last year's report file the comparatives decide readings, and rows of the
-- förbund's own, what it calls the taxonomy's, its insatser and its sentences are known.
package.path = "tests/import/?.lua;tests/bindings/?.lua;" .. package.path
local check = require "check"
local measure = require "measure"
local medel = require "medel"
local read = require "medel.import.read"
local placing = require "medel.import.placing"
local taxonomy = require("medel.workspace").taxonomy()
local folder = assert(...)

-- Two years of one förbund: in the notes nothing but the comparatives says which digits are whose.
local function text(year, drive, bridge, people, words)
  return ([[
Årsredovisning %d
1.1. Uppföljning av individinriktade insatser
Bron
Insatsägare Xby kommun
Antal deltagare %d deltagare

%s

5. Driftredovisning
tkr Utfall %d Budget %d Avvikelse %d
Medlemsbidrag 4 100 4 100 0
Bron %s
Administration -893 -850 -43
Resultat 7 -50 57

Översikt medlemsbidragets utveckling och användning
Belopp kr %d %d
Stimulansmedel %s
Årets resultat 7 000 -12 000
]]):format(year, people, words, year, year, year, bridge, year, year - 1, drive)
end

local function import(body, options)
  local path = folder .. "/r.txt"
  assert(medel.write_file(path, body, true))
  return read.import(taxonomy, read.document(path), options)
end

local function question(m, label)
  for _, q in ipairs(m.questions) do if q.row.label == label then return q end end
end

-- last year as it was answered: 400 500 is last year's Stimulansmedel
local last_text = text(2022, "400 500 310 200", "-3 200 -3 300 100", 41, "Bidraget av staten blev 2 050 tkr.")
local first = import(last_text)
local answers = {
  { nyckel = question(first, "Bron").question.key, svar = "rad", rad = "bron", under = "individ" },
  { nyckel = question(first, "Stimulansmedel").question.key, svar = "rad", rad = "andra_projektmedel" },
}
for _, f in ipairs(first.figures) do
  if f.text == "2 050 tkr" then answers[#answers + 1] = { nyckel = f.key, svar = "uppgift", begrepp = "bidrag_staten" } end
end
local before = import(last_text, { answers = answers })
assert(medel.write_file(folder .. "/2022.yaml", before.text, true))
local last = assert(medel.load_report(taxonomy, folder .. "/2022.yaml"))

local now_text = text(2023, "1 200 300 400 500", "-3 000 -3 100 100", 45, "Bidraget av staten blev 2 075 tkr.")
local without, with = import(now_text), import(now_text, { last = last })

check.test("last year's figure says which digits are whose", function()
  check.equal(#answers, 3)
  check.yes(question(without, "Stimulansmedel"))
  check.yes(not question(with, "Stimulansmedel"))
  check.contains(with.text, "andra_projektmedel: { tal: [1 200 300,")
  check.contains(with.text, "400 500], rad: 18, text: Stimulansmedel }")
end)

check.test("a row of the förbund's own is where it was", function()
  check.yes(question(without, "Bron"))
  check.yes(not question(with, "Bron"))
  check.yes(with.text:find "bron: +{ tal: %[%-3 000, %-3 100, 100%], rad: %d+, under: individ, text: Bron }", with.text)
  assert(medel.write_file(folder .. "/2023.yaml", with.text, true))
  local ar, wrong = medel.load_report(taxonomy, folder .. "/2023.yaml")
  check.yes(ar, wrong)
end)

check.test("another figure than last year's decides nothing", function()
  local other = import((now_text:gsub("400 500", "400 501")), { last = last })
  check.yes(question(other, "Stimulansmedel"))
end)

check.test("a sentence of the same form is offered what it was", function()
  for _, f in ipairs(with.figures) do
    if f.text == "2 075 tkr" then
      check.yes(not f.bound)
      check.equal(placing.choices(with, f)[1].answer.begrepp, "bidrag_staten")
    end
  end
end)

-- Three printed reports with what they print of the year before as last year's file: nothing becomes worse.
for _, name in ipairs { "degerfors-karlskoga", "lekeberg-orebro", "sydnarke" } do
  local typed = "examples/" .. name .. "/2023.yaml"
  if not require("medel.files").is_absent(typed) then
    check.test(name, function()
      local past = medel.past(assert(medel.load_report(taxonomy, typed)), 2022)
      local document, truth = read.document("tests/import/reports/" .. name .. ".txt"), measure.truth("tests/import/reports/" .. name .. ".facit")
      local alone, m = read.import(taxonomy, document, {}), read.import(taxonomy, document, { last = past })
      local was, r = measure.compare(alone, truth), measure.compare(m, truth)
      check.equal(m.wrong, nil)
      check.equal(r.wrong, 0)
      check.equal(r.false_proofs, 0)
      check.yes(r.right >= was.right)
      check.yes(#m.questions <= #alone.questions)
      print(("import: %s utan förbundets fil: %d frågor, med förra årets siffror %d"):format(name, #alone.questions, #m.questions))
    end)
  end
end

if check.failed > 0 then os.exit(1) end
