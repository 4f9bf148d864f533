local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local kr = medel.kr

check.test("the order of sections does not choose between places that are as exact", function()
  local head = "medel: 1\nrakenskapsar: 2023\n"
  local sections = {
    "prognoser:\n  - { begrepp: arets_resultat, tal: -454 tkr, kalla: delårsrapport, gjord: januari–juni 2023 }\n",
    "revision:\n  uppgifter:\n    - { text: prognosen, begrepp: arets_resultat, variant: prognos, tal: -454 tkr, id: p }\n",
  }
  local one = fixture.report(head .. sections[1] .. sections[2])
  local other = fixture.report(head .. sections[2] .. sections[1])
  local function place(ar) return ar.prognos.arets_resultat:fact().table end
  check.equal(place(one), place(other))
  check.equal(one:facts()[1].table ~= other:facts()[1].table, true)
end)

-- ---- names ----

check.test("an unknown name is an error with a suggestion", function()
  local ar = fixture.report()
  for _, case in ipairs {
    { function() return ar.egetkapital end, "unknown field of a report 'egetkapital': did you mean 'eget_kapital'?" },
    { function() return ar.qqqq end, "unknown field of a report 'qqqq'" },
    { function() return ar.balansrakning.fordringer end, "unknown row in balansrakning 'fordringer': did you mean 'fordringar'?" },
    { function() return ar.resultatrakning.qqqq end, "unknown row in resultatrakning 'qqqq'" },
    { function() return ar.driftredovisning.resultat.nettto end, "unknown column of a row 'nettto'" },
    { function() return ar.insatser.stod.deltagar end, "did you mean 'deltagare'?" },
    { function() return ar:facts()[1].valeu end, "unknown field of a fact 'valeu'" },
    { function() return ar:get "foregaende.egetkapital" end, "unknown field of a report 'egetkapital'" },
    { function() return ar:state "balansrakning.fordringer" end, "unknown row 'fordringer'" },
    { function() return ar:state "balansrakningen.fordringar" end, "unknown table 'balansrakningen'" },
    { function() return ar:state "driftredovisning.resultat.nettto" end, "unknown column 'nettto'" },
    { function() return ar.resultatrakning:row "qqqq" end, "unknown row 'qqqq'" },
  } do
    check.error(case[2], case[1])
  end
end)

check.test("known but not printed is nil", function()
  local ar = fixture.report()
  check.equal(ar.soliditet, nil)
  check.equal(ar.kassaflodesanalys, nil)
  check.equal(ar.balansrakning.kortfristiga_skulder, nil)
  check.equal(ar.resultatrakning:row "finansiella_intakter", nil)
  check.equal(ar.insatser.utan.deltagare, nil)
  check.equal(ar.mal, nil)
  check.equal(ar:get "kassaflodesanalys.arets_kassaflode", nil)
  check.equal(ar:get "foregaende.soliditet", nil)
end)

-- ---- dash, blank, absent ----

check.test("a dash, a blank and an absent row are told apart", function()
  local ar = fixture.report()
  check.equal(ar.resultatrakning.avskrivningar, nil)
  check.equal(ar:state "resultatrakning.avskrivningar", "dash")
  check.equal(ar.foregaende:state "resultatrakning.avskrivningar", "blank")
  check.equal(ar:state "resultatrakning.finansiella_intakter", nil)
  check.equal(ar:state "resultatrakning.arets_resultat", "value")
  check.equal(ar:state "resultatrakning.verksamhetens_resultat", "computed")
  check.equal(ar:state "driftredovisning.egen.intakt", "dash")
  check.equal(ar:state "driftredovisning.egen.netto", "value")
  check.equal(ar:state "kassaflodesanalys.arets_kassaflode", nil)
  check.error("table.row or table.row.column", ar.state, ar, "resultatrakning")
end)

-- ---- concepts, tables, signs ----

check.test("concepts and tables", function()
  local ar = fixture.report()
  check.yes(ar.arets_resultat == kr(200))
  check.yes(ar.verksamhetens_kostnader == kr(-800), "a cost is negative as a concept")
  check.yes(ar.resultatrakning.verksamhetens_kostnader == kr(-800))
  check.yes(ar.balansrakning.kassa_och_bank == kr(30500))
  check.yes(ar.medlemsbidrag == kr(1000), "computed from its rows")
  check.yes(ar.not_intakter.summa == kr(1000))
  check.yes(ar.driftredovisning.administration.kostnad == kr(300))
  check.yes(ar.driftredovisning.egen.netto == kr(-500))
  check.yes(ar:get "driftredovisning.egen.netto" == kr(-500))
  check.equal(ar.rakenskapsar, 2023)
  check.equal(ar.fil, "report.yaml")
end)

-- ---- views ----

check.test("years and variants", function()
  local ar = fixture.report()
  check.yes(ar.foregaende.arets_resultat == kr(-50))
  check.equal(ar.foregaende.rakenskapsar, 2022)
  check.yes(ar.foregaende.resultatrakning.arets_resultat == kr(-50))
  check.yes(ar.foregaende.driftredovisning.resultat.netto == kr(-50))
  check.yes(ar:year(2022).arets_resultat == kr(-50))
  check.yes(ar:year(2023).arets_resultat == kr(200))
  check.equal(ar:year(2021).arets_resultat, nil)
  check.yes(ar.budget.arets_resultat == kr(200))
  check.yes(ar.budget.driftredovisning.egen.netto == kr(-450))
  check.yes(ar.driftredovisning.egen.budget == kr(-450))
  check.yes(ar.prognos.arets_resultat == kr(100))
  check.yes(ar.kommande.budget.arets_resultat == kr(-75))
  check.yes(ar.budget.kommande.arets_resultat == kr(-75))
  check.yes(ar.budget.utfall.arets_resultat == kr(200))
  check.equal(ar.kommande.arets_resultat, nil)
  check.yes(ar.kommande.foregaende.arets_resultat == kr(200))
  check.error("a year, 1990 to 2100", ar.year, ar, 1900)
  check.error("there is no year", function() for _ = 1, 1000 do ar = ar.kommande end end)
  check.error("number expected", ar.year, ar, "x")
end)

check.test("examples", function()
  local ar = fixture.example "lekeberg-orebro"
  check.yes(ar.eget_kapital == kr(2483599))
  check.yes(ar.kommande.budget.arets_resultat == kr(-1828456))
  check.yes(fixture.example("sydnarke").foregaende.arets_resultat == kr(-350633))
end)

-- ---- tables, rows, columns ----

check.test("tables stand in the order of the file", function()
  local ids = {}
  for i, t in ipairs(fixture.report():tables()) do ids[i] = t.id_ end
  check.same(ids, { "resultatrakning", "balansrakning", "driftredovisning", "not_intakter" })
end)

check.test("a table knows its heading and unit", function()
  local ar = fixture.report()
  local t = ar.resultatrakning
  check.equal(t.heading_, "Resultaträkning i prov")
  check.equal(t.unit_, "kr")
  check.equal(t.number_, nil)
  check.equal(t.line_, 12)
  check.equal(t.printed_headers_, false)
  check.equal(ar.balansrakning.unit_, "tkr")
  check.equal(ar.balansrakning.date_header_, true)
  check.equal(ar.not_intakter.number_, "2")
end)

check.test("rows in printed order", function()
  local ids = {}
  for row in fixture.report().driftredovisning:rows() do ids[#ids + 1] = row.id end
  check.same(ids, { "administration", "egen", "resultat" })
end)

check.test("a row", function()
  local ar = fixture.report()
  local row = ar.resultatrakning:row "verksamhetens_kostnader"
  check.equal(row.label, "Kostnader i prov")
  check.equal(row.usual_label, "Verksamhetens kostnader")
  check.equal(row.note, nil)
  check.equal(row.printed, true)
  check.equal(row.own, false)
  check.equal(row.line, 18)
  check.equal(row.balance, "cost")
  check.yes(row.belopp == kr(-800))
  check.equal(ar.resultatrakning:row("verksamhetens_intakter").note, "2")
  local own = ar.driftredovisning:row "egen"
  check.equal(own.own, true)
  check.equal(own.under, "individ")
  check.equal(ar.driftredovisning.individ.printed, false)
  check.equal(#own.synonyms, 0)
end)

check.test("a row's cell as a fact, also a dash", function()
  local ar = fixture.report()
  check.equal(ar.driftredovisning.egen:fact("intakt").state, "dash")
  check.equal(ar.driftredovisning.egen.intakt, nil)
  check.equal(ar.driftredovisning.administration:fact("netto").text, "700")
  check.equal(ar.resultatrakning:row("avskrivningar"):fact().state, "dash")
  check.error("unknown column 'belopp'", ar.driftredovisning.egen.fact, ar.driftredovisning.egen)
end)

check.test("columns", function()
  local columns = fixture.report().driftredovisning:columns()
  check.equal(#columns, 5)
  check.equal(columns[4].id, "budget")
  check.equal(columns[4].variant, "budget")
  check.equal(columns[5].year, 2022)
  check.equal(fixture.report().resultatrakning:columns()[2].year, 2022)
end)

-- ---- facts ----

check.test("facts are filtered", function()
  local ar = fixture.report()
  local function n(filter) return #ar:facts(filter) end
  check.equal(n { table = "balansrakning", state = "value" }, 6)
  check.equal(n { table = "balansrakning", year = 2022, state = "value" }, 3)
  check.equal(n { row = "arets_resultat" }, 2)
  check.equal(n { concept = "arets_resultat", year = 2023, variant = "utfall" }, 2)
  check.equal(n { variant = "prognos" }, 1)
  check.equal(n { item = "stod", row = "deltagare" }, 2)
  check.equal(n { state = "dash" }, 2)
  check.equal(n { table = "finns_inte" }, 0)
  check.equal(n(), n {})
  check.error("tabell", ar.facts, ar, { tabell = "balansrakning" })
  check.error("year", ar.facts, ar, { year = "2023" })
  check.error("table expected", ar.facts, ar, "balansrakning")
end)

check.test("a fact", function()
  local ar = fixture.report()
  local f = ar:facts({ table = "resultatrakning", row = "verksamhetens_kostnader", year = 2023 })[1]
  check.equal(f.text, "-800")
  check.equal(f.label, "Kostnader i prov")
  check.equal(f.concept, "verksamhetens_kostnader")
  check.equal(f.unit, "kr")
  check.equal(f.decimals, 0)
  check.equal(f.variant, "utfall")
  check.equal(f.line, 18)
  check.equal(f.col, 38)
  check.equal(f.place, "sida 5")
  check.same(f.places, { 5 })
  check.equal(f.in_text, false)
  check.equal(f.qualifier, nil)
  check.yes(f.value == kr(-800) and f.printed == kr(-800))
  check.equal(ar:facts({ table = "balansrakning" })[3].decimals, 1)
  check.equal(ar:facts({ table = "uppgifter" })[3].qualifier, "drygt")
  check.equal(ar:facts({ table = "uppgifter" })[1].in_text, true)
  check.contains(tostring(f), "report.yaml:18:38")
end)

-- ---- loading ----

check.test("what cannot be read is said with its place", function()
  local ar, why = medel.read_report(fixture.taxonomy, "medel: 1\nrakenskapsar: 2023\nbalansrakning: 5\n", "x.yaml")
  check.equal(ar, nil)
  check.contains(why, "x.yaml:3:16")
  ar, why = medel.load_report(fixture.taxonomy, "examples/finns-inte.yaml")
  check.equal(ar, nil)
  check.contains(why, "finns-inte.yaml")
  ar, why = medel.load_report(fixture.taxonomy, "examples")
  check.equal(ar, nil)
  check.contains(why, "examples")
  ar, why = medel.read_report(fixture.taxonomy, "forbund: ../../etc/passwd\nmedel: 1\nrakenskapsar: 2023\n", "x.yaml")
  check.equal(ar, nil)
  check.contains(why, "x.yaml:1:10")
  local t
  t, why = medel.read_taxonomy("medel_taxonomy: [", "t.yaml")
  check.equal(t, nil)
  check.contains(why, "t.yaml:")
end)

check.test("a taxonomy is a taxonomy", function()
  check.error("medel.taxonomy expected", medel.read_report, {}, "")
  check.error("medel.taxonomy expected", medel.load_report, fixture.report(), "")
end)
