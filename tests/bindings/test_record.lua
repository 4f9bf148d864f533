local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local kr, count = medel.kr, medel.count

check.test("a record's fields", function()
  local i = fixture.report().insatser.stod
  check.equal(i.id, "stod")
  check.equal(i.line, 53)
  check.equal(i.namn, "Stöd")
  check.equal(i.typ, "individ")
  check.yes(i.deltagare == count(72))
  check.yes(i.kostnad_per_deltagare == kr(1250) / count(1))
  check.equal(i.maluppfyllelse, "God.")
  check.equal(#i.delar, 2)
  check.yes(i.delar[2].antal == count(32))
  check.equal(i.delar[1].text, "Första delen")
  check.contains(tostring(i), "stod")
end)

check.test("flags, dates, years, texts", function()
  local ar = fixture.report()
  check.equal(ar.redovisningsprinciper.namner_lkbr, true)
  check.equal(ar.redovisningsprinciper.namner_rkr, false)
  check.equal(ar.redovisningsprinciper.text, nil)
  check.equal(ar.dokument.datum, "2024-03-01")
  check.equal(ar.dokument.plats, "sida")
  check.equal(ar.uppgifter[1].ar, 2024)
  check.equal(ar.uppgifter[2].ar, nil)
  check.equal(ar.forbund.namn, "Förbundet Prov")
  local titles = fixture.example("sydnarke").forvaltningsberattelse.rubriker
  check.equal(#titles, 22)
  check.equal(titles[2], "1.2. Organisation")
end)

check.test("every print of a figure, and its place", function()
  local i = fixture.report().insatser.stod
  local facts = i:facts "deltagare"
  check.equal(#facts, 2)
  check.equal(facts[2].place, "sida 31")
  check.equal(#i:facts "deltagare_mal", 0)
  check.error("unknown field 'deltagar'", i.facts, i, "deltagar")
  local line, col, page = i:place "maluppfyllelse"
  check.equal(line, 59)
  check.yes(col > 1)
  check.equal(page, 21)
  check.equal(i:place "deltagare_mal", nil)
end)

check.test("lists", function()
  local list = fixture.report().insatser
  check.equal(#list, 2)
  check.equal(list[1].id, "stod")
  check.equal(list[2].id, "utan")
  check.equal(list[0], nil)
  check.equal(list[3], nil)
  check.equal(list.utan.namn, "Utan tal")
  check.equal(list.finns_inte, nil)
  check.equal(fixture.report().prognoser[1].id, "1")
end)

check.test("each", function()
  local function walk(list)
    local out = {}
    for item in medel.each(list) do out[#out + 1] = item end
    return out
  end
  local ar = fixture.report()
  check.equal(#walk(ar.insatser), 2)
  check.equal(walk(ar.insatser)[2].id, "utan")
  check.equal(#walk(ar.mal), 0)
  check.equal(#walk(nil), 0)
  check.same(walk { 3, 1, 2 }, { 3, 1, 2 })
  check.same(walk(ar:facts { state = "finns_inte" }), {})
  check.error("table expected", medel.each, 5)
end)
