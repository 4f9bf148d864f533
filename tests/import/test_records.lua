-- test_records.lua FOLDER: insatser, goals and indicators whose figures do not hold together are left to a person;
-- what their labels say is read as it stands, and audit says what is wrong with it.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()
local folder = assert(...)

local tables = [[

5. Driftredovisning
tkr Utfall 2023 Budget 2023 Avvikelse 2023
Medlemsbidrag 4 100 4 100 0
Bron -1 200 -1 300 100
Individinriktade insatser -1 200 -1 300 100
Administration -893 -850 -43
Resultat 2 007 1 950 57
]]

local path = folder .. "/r.txt"
local function import(body, other)
  assert(medel.write_file(path, "Årsredovisning 2023\n\n" .. body .. "\n" .. (other or tables), true))
  local m = read.import(taxonomy, read.document(path), {})
  check.equal(m.wrong, nil)
  local whole = require("medel.import.yaml").make(m, { inline = true }) .. require("medel.import.text").write(m)
  return assert(medel.read_report(taxonomy, whole, "r")), m
end

-- An insats whose follow-up says this.
local function insats(body)
  local ar, m = import("1.1. Uppföljning av individinriktade insatser\n\nBron\nInsatsägare Xby kommun.\n\n" .. body)
  return ar.insatser and ar.insatser.bron, m
end

local function stands(m, printed) check.contains(m.text, ": " .. printed .. ":") end

check.test("women and men that are not all", function()
  local ok = insats "Könsfördelning: 56 % kvinnor och 44 % män."
  check.equal(ok.kvinnor:text "%", "56 %")
  local r, m = insats "Könsfördelning: 56 % kvinnor och 34 % män."
  check.equal(r.kvinnor, nil)
  stands(m, "56 %")
  stands(m, "34 %")
end)

check.test("participants that are more than their parts", function()
  local r, m = insats "Resultatmål, utfall\n\n1. Arbeta med 30 individer totalt under året.\n13 individer, 6 kvinnor och 8 män; 4 vägledningar och 9 kartläggningar."
  check.equal(r.deltagare:text(), "13")
  check.equal(r.deltagare_mal:text(), "30")
  check.equal(r.kvinnor, nil)
  stands(m, "8")
end)

check.test("a share that is none of its figures", function()
  local goal = "Resultatmål, utfall\n\n2. 55 % av individerna har förbättrat sin förmåga till arbete.\n60 %% (%s), 4 arbete, 2 studier, 4 åter remittent."
  local r = insats(goal:gsub("%%s", "6/10"):gsub("%%%%", "%%"))
  check.equal(r.stegforflyttning_andel:text "%", "60 %")
  check.equal(#r.avslutsorsaker, 3)
  local bad, m = insats(goal:gsub("%%s", "6/11"):gsub("%%%%", "%%"))
  check.equal(bad.stegforflyttning_andel, nil)
  check.equal(bad.stegforflyttning, nil)
  stands(m, "60 %")
  -- causes that are fewer or more than those who left
  local few = insats(goal:gsub("%%s", "6/10"):gsub("%%%%", "%%"):gsub("4 åter", "5 åter"))
  check.equal(few.stegforflyttning:text(), "6")
  check.yes(not few.avslutsorsaker or #few.avslutsorsaker < 1)
end)

check.test("what was used of the budget", function()
  local r = insats "Resultatmål\n\n3. Budgetmål.\n92 %, 1 200 000 kr är förbrukat av helårsbudgeten 1 300 000 kr."
  check.equal(r.utfall:text "tkr", "1 200 tkr")
  check.equal(r.driftrad, "bron")
  local bad, m = insats "Resultatmål\n\n3. Budgetmål.\n82 %, 1 200 000 kr är förbrukat av helårsbudgeten 1 300 000 kr."
  check.equal(bad.forbrukning, nil)
  check.equal(bad.utfall, nil)
  stands(m, "82 %")
end)

check.test("a label is read as it stands, and audit says that the table has another", function()
  local r, m = insats "Antal deltagare 41 deltagare\nBudget 1 500 000 kr\nUtfall 1 200 000 kr"
  check.equal(r.budget:text "tkr", "1 500 tkr")
  local said = false
  for _, c in ipairs((medel.checks((assert(medel.read_report(taxonomy, require("medel.import.yaml").make(m, { inline = true })
    .. require("medel.import.text").write(m), "r")))))) do
    said = said or (c.outcome == "finding" and c.rule == "DRI-10")
  end
  check.yes(said, "DRI-10 finds it")
end)

check.test("two budgets: the one that the table has, or none", function()
  local r, m = insats "Budget 1 300 000 kr\n\nHöstens del hade en egen plan.\nBudget 700 000 kr"
  check.equal(r.budget:text "tkr", "1 300 tkr")
  stands(m, "700 000 kr")
  local none, open = insats "Budget 1 400 000 kr\n\nHöstens del hade en egen plan.\nBudget 700 000 kr"
  check.equal(none.budget, nil)
  stands(open, "1 400 000 kr")
end)

-- Sentences that name an insats, beside its row in the driftredovisning.
check.test("running text of an insats: what the words mean and the value confirms", function()
  local function said(body)
    local ar, m = import("Om förbundets insatser\n\n" .. body, tables:gsub("Individinriktade insatser.-\n", "Stegen -811 -800 -11\nIndividinriktade insatser -2 011 -2 100 89\n")
      :gsub("2 007 1 950", "1 196 1 150"):gsub("57\n$", "46\n"))
    return ar.insatser and ar.insatser.bron, m
  end
  local r = said "Insatsen Bron hade 34 deltagare, varav 20 kvinnor och 14 män. Kostnaden för Bron uppgick till 1 200 tkr."
  check.equal(r.deltagare:text(), "34")
  check.equal(r.kvinnor:text(), "20")
  check.equal(r.man:text(), "14")
  check.equal(r.driftrad, "bron")
  -- a cost of two digits that say something is no proof: it may be many things
  check.equal(r.utfall, nil)
  -- not all of them, another year, another name, a goal, a change: candidates
  for _, body in ipairs { "Insatsen Bron hade 34 deltagare, varav 20 kvinnor.", "Insatsen Bron hade 34 deltagare, varav 20 kvinnor och 15 män.",
                          "År 2022 hade Bron 34 deltagare, 20 kvinnor och 14 män.", "Bronsåldern hade 34 deltagare, 20 kvinnor och 14 män.",
                          "Målet för Bron var 34 deltagare, 20 kvinnor och 14 män.", "Bron och Administration fick 34 deltagare." } do
    local none, m = said(body)
    check.yes(not none or not none.deltagare, body)
    stands(m, "34")
  end
  local wrong, m = said "Kostnaden för Bron uppgick till 1 237 tkr."
  check.equal(wrong, nil)
  stands(m, "1 237 tkr")
end)

check.test("names that mean something to a YAML file or to a pattern", function()
  for _, name in ipairs { [[Bron [x] "a" # b]], "Bron %d+ (50 %)", "Å: [{x}] & *y", "- { Bron }", "true", "Bron]" } do
    local ar, m = import("1.1. Uppföljning av individinriktade insatser\n\n" .. name .. "\nInsatsägare X %s: #by.\n\n"
      .. "Personal:\n• (31 %) Samordnare, Xby.\n• -5 % Å [x].\nAntal deltagare 41 deltagare\nMåluppfyllelse ja: [nej]")
    check.yes(ar, m.text)
    for i = 1, ar.insatser and #ar.insatser or 0 do check.equal(ar.insatser[i].namn, name) end
    for _, f in ipairs(m.figures) do
      -- every figure can be put among the uppgifter of its insats
      local a = require("medel.import.placing").alone(m, f)
      check.yes(a.svar == "uppgift" or require("medel.import.tree").field(m.shape, a.plats), a.plats)
    end
  end
end)

-- ---- goals ----

local function goal(outcome)
  return import("Finansiella mål – Uppföljning och resultat\n\n85 % av deltagarna ska vara nöjda med stödet.\n\nMålet är uppfyllt\n\n" .. outcome)
end

check.test("a goal and its outcome", function()
  local ar = goal "92 % är nöjda."
  check.equal(ar.mal[1].mal:text "%", "85 %")
  check.equal(ar.mal[1].utfall:text "%", "92 %")
  check.equal(ar.mal[1].status, "uppnatt")
end)

check.test("an outcome of two groups, or of something else, is left", function()
  local ar, m = goal "92 % av de pågående och 94 % av de avslutade är nöjda."
  check.equal(ar.mal[1].utfall, nil)
  stands(m, "92 %")
  check.equal(goal("Av 12 tillfrågade är 92 % nöjda.").mal[1].utfall, nil)
  check.equal(goal("40 svar har kommit in.").mal[1].utfall, nil)
  check.equal(goal("90 % av personalen ska vara nöjda.").mal[1].utfall, nil)
end)

-- ---- indicators ----

local function matrix(numbers)
  return import("Resultat per indikator år 2023\nIndikator Svaranden Negativt Varken eller Positivt\n1. Deltagare känner stöd\nDeltagare pågående\nDeltagare avslut\n"
    .. numbers)
end

check.test("a matrix in the only order whose threes are a hundred", function()
  local down = matrix "5 %\n7 %\n12 %\n18 %\n83 %\n75 %"
  check.equal(down.indikatorer[1].positivt:text "%", "83 %")
  check.equal(down.indikatorer[2].varken:text "%", "18 %")
  local along = matrix "5 % 12 % 83 %\n7 % 18 % 75 %"
  check.equal(along.indikatorer[1].positivt:text "%", "83 %")
  check.equal(along.indikatorer[2].varken:text "%", "18 %")
end)

check.test("a matrix that is no hundred, or that lacks a figure", function()
  local ar, m = matrix "5 %\n7 %\n12 %\n18 %\n73 %\n75 %"
  check.equal(ar.indikatorer, nil)
  stands(m, "73 %")
  check.equal(matrix("5 %\n7 %\n12 %\n18 %\n83 %").indikatorer, nil)
  -- both orders hold: nothing says which
  check.equal(matrix("20 %\n30 %\n50 %\n40 %\n30 %\n30 %").indikatorer, nil)
end)

check.test("questions with more shares than years", function()
  local head = "Indikatorresultat\nAndel positiva svar\nDeltagare avslut\n2023 2022\n"
  local ar = import(head .. "1. Får du stöd som är till nytta? 83 % 87 %\n2. Är du med och bestämmer? 80 % 81 %")
  check.equal(#ar.indikatorer, 4)
  check.equal(ar.indikatorer[2].ar, 2022)
  local none, m = import(head .. "1. Får du stöd som är till nytta? 83 % 87 % 84 %\n2. Är du med och bestämmer? 80 % 81 % 82 %")
  check.equal(none.indikatorer, nil)
  stands(m, "84 %")
end)

if check.failed > 0 then os.exit(1) end
