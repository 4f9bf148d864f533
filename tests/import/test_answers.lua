-- test_answers.lua FOLDER: what a person answers is applied, kept while the print is the same, falls when
-- it is another, and what it says of rows is known next time.
package.path = "tests/import/?.lua;tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local read = require "medel.import.read"
local answers = require "medel.import.answers"
local taxonomy = require("medel.workspace").taxonomy()
local folder = assert(...)

local text = [[
Årsredovisning 2023
5. Driftredovisning
tkr Utfall 2023 Budget 2023 Avvikelse 2023
Medlemsbidrag 4 100 4 100 0
Bron -1 200 -1 300 100
Kompassen -2 000 -2 000 0
Administration -893 -850 -43
Resultat 7 -50 57

Översikt medlemsbidragets utveckling och användning
Belopp kr 2023 2022 2021
Medlemsbidrag 4 100 000 4 100 000 4 000 000
Stimulansmedel 1 210 035 1 443 339 1 601 545
Årets resultat 7 000 -12 000 5 000
]]

local function import(body, forbund, list)
  local path = folder .. "/rapport.txt"
  assert(medel.write_file(path, body, true))
  return read.import(taxonomy, read.document(path), { forbund = forbund, answers = list or {} })
end

local function question(m, label)
  for _, q in ipairs(m.questions) do if q.row.label == label then return q end end
end

local function forbund()
  local path = folder .. "/forbund.yaml"
  assert(medel.write_file(path, "# Vår fil.\nnamn: Förbundet\nrader:\n  driftredovisning:\n    kompassen: { under: individ, text: Kompassen }\n", true))
  return read.forbund(path)
end

local first = import(text, forbund())
check.test("a row that no subtotal has is asked about", function()
  check.yes(question(first, "Bron"))
  check.equal(question(first, "Bron").question.status, "GRUPP")
  check.yes(question(first, "Stimulansmedel"))
  check.yes(not question(first, "Kompassen"), "the förbund's file says where it goes")
end)

local list = {
  { nyckel = question(first, "Bron").question.key, svar = "rad", rad = "bron", under = "individ" },
  { nyckel = question(first, "Stimulansmedel").question.key, svar = "rad", rad = "andra_projektmedel" },
}
check.test("an answer is applied", function()
  local m = import(text, forbund(), list)
  check.yes(not question(m, "Bron"))
  check.contains(m.text, "bron:")
  check.yes(not m.text:find("bron:[^\n]*under:"), "the förbund's file has it")
  check.contains(import(text, nil, list).text, "under: individ, text: Bron")
  check.contains(m.text, "andra_projektmedel:")
  check.contains(m.text, "1 210 035, 1 443 339, 1 601 545]")
  check.equal(#m.kept_answers, 2)
end)

check.test("an answer that says not where its row belongs falls, and nothing else", function()
  local m = import(text, nil, { { nyckel = question(first, "Stimulansmedel").question.key, svar = "rad", rad = "okand_rad" } })
  check.equal(#m.kept_answers, 0)
  check.equal(#m.fallen, 1)
  check.yes(question(m, "Stimulansmedel"))
end)

check.test("it falls when the print is another", function()
  local m = import((text:gsub("%-1 200", "-1 201")), forbund(), list)
  check.yes(question(m, "Bron"))
  check.equal(#m.fallen, 1)
  check.equal(#m.kept_answers, 1)
end)

check.test("a figure typed by a person stands in the file", function()
  local m = import(text, forbund(), { { nyckel = list[1].nyckel, svar = "tal", tal = { "-1 250", "-1 300", "100" } } })
  check.contains(m.text, "-1 250")
  check.contains(m.text, "rättad vid läsning")
end)

check.test("a figure typed, and the row that it is", function()
  local m = import(text, forbund(), { { nyckel = list[1].nyckel, svar = "tal", tal = { "-1 250", "-1 300", "100" }, rad = "bron", under = "individ" } })
  check.contains(m.text, "-1 250")
  check.equal(m.learned[1].under, "individ")
  check.yes(not question(m, "Bron"))
end)

check.test("next year the förbund's file knows", function()
  local f = forbund()
  local m = import(text, f, list)
  local learned, wrong = answers.learn(f, m.learned)
  check.equal(wrong, nil)
  check.contains(learned, "# Vår fil.")
  check.contains(learned, 'bron: { under: individ, text: "Bron" }')
  check.contains(learned, 'tabell: oversikt_medlemsbidrag, rad: andra_projektmedel, text: "Stimulansmedel"')
  assert(medel.write_file(f.path, learned, true))
  assert(medel.write_file(folder .. "/2023.yaml", m.text, true))
  local at_once, unfit = medel.load_report(taxonomy, folder .. "/2023.yaml")
  check.yes(at_once, unfit)
  local again = import(text, read.forbund(f.path))
  check.yes(not question(again, "Bron"))
  check.yes(not question(again, "Stimulansmedel"))
  check.contains(again.text, "andra_projektmedel:")
  assert(medel.write_file(folder .. "/2023.yaml", again.text, true))
  local whole, wrong_now = medel.load_report(taxonomy, folder .. "/2023.yaml")
  check.equal(wrong_now, nil)
  check.yes(whole)
end)

check.test("answers that are none are refused", function()
  local path = folder .. "/svar.json"
  for _, bad in ipairs { "{}", '{"svar": [1]}', '{"svar": [{"nyckel": "x", "svar": "kanske"}]}', '{"svar": [{"nyckel": "x", "svar": "tal"}]}',
                         '{"svar": [{"nyckel": "x", "svar": "rad", "rad": "A b"}]}' } do
    assert(medel.write_file(path, bad, true))
    check.error("expected", answers.read, path)
  end
end)

if check.failed > 0 then os.exit(1) end
