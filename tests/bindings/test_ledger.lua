local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local kr = medel.kr

local source = [[
#FLAGGA 0
#PROGRAM "Prov" "1"
#FORMAT PC8
#GEN 20240301
#SIETYP 4
#ORGNR 222000-0000
#FNAMN "Förbundet Prov"
#RAR 0 20230101 20231231
#RAR -1 20220101 20221231
#KONTO 1930 "Bank"
#KONTO 2010 "Eget kapital"
#KONTO 3510 "Bidrag"
#KONTO 5010 "Löner"
#KONTO 50100 "Löner, längre nummer"
#OBJEKT 1 "10" "Kansli"
#OBJEKT 1 "20" "Insats"
#IB 0 1930 500.00
#IB 0 2010 -500.00
#UB 0 1930 650.00
#UB 0 2010 -500.00
#UB -1 1930 500.00
#RES 0 3510 -1000.00
#RES 0 5010 850.00
#PSALDO 0 202301 5010 {} 300.00
#PSALDO 0 202301 5010 {1 "10"} 100.00
#PBUDGET 0 202301 5010 {} 310.00
#VER A 1 20230115 "Bidrag från staten" 20230117 "EHM"
{
#TRANS 1930 {} 1000.00
#TRANS 3510 {} -1000.00
}
#VER A 3 20230131 "Lön januari"
{
#TRANS 5010 {1 "10"} 100.00 "" "Kansliet"
#TRANS 5010 {1 "20"} 200.50
#TRANS 1930 {} -300.50
}
#VER B X1 20230228 "Lön februari"
{
#TRANS 5010 {1 "20"} 499.50 20230227
#TRANS 50100 {} 50
#BTRANS 5010 {} 1.00 "" "" "" "KALLE"
#TRANS 1930 {} -549.50
}
#VER A 3 20230301 "Tom"
{
}
]]

local function ledger(text)
  local bok, why = medel.read_ledger(text or source, "prov.se")
  if not bok then error(why, 2) end
  return bok
end

local function collected(...)
  local out = {}
  for a, b, c, d, e, f, g, h in ... do out[#out + 1] = table.concat({ tostring(a), tostring(b), tostring(c), tostring(d), tostring(e),
    tostring(f), tostring(g), tostring(h) }, " ") end
  return out
end

-- ---- reading ----

check.test("what the file says of itself", function()
  local bok = ledger()
  check.equal(bok.foretag, "Förbundet Prov")
  check.equal(bok.orgnr, "222000-0000")
  check.equal(bok.rakenskapsar, 2023)
  check.equal(bok.start, "2023-01-01")
  check.equal(bok.slut, "2023-12-31")
  check.equal(bok.skapad, "2024-03-01")
  check.equal(bok.omfattning, nil)
  check.equal(bok.typ, "4E")
  check.equal(bok.teckenkodning, "UTF-8")
  check.equal(bok.verifikationer, 4)
  check.equal(bok.rader, 8)
  check.equal(bok.rattelser, 1)
  check.equal(bok.konton, 5)
  check.equal(bok.kontrollsumma, nil)
  check.error("unknown field of a ledger 'saldo'", function() return bok.saldo end)
  check.error("cannot be changed", function() bok.start = "" end)
end)

check.test("what cannot be read is nil and why", function()
  local bok, why = medel.ledger "finns/inte.se"
  check.equal(bok, nil)
  check.contains(why, "finns/inte.se")
  bok, why = medel.read_ledger("<html>", "sida.se")
  check.equal(bok, nil)
  check.contains(why, "HTML")
  check.error("unknown option 'kodning'", medel.read_ledger, "", "x", { kodning = "x" })
  check.error("unknown encoding 'ebcdic'", medel.read_ledger, "", "x", { encoding = "ebcdic" })
  check.equal((medel.read_ledger(source, "x", { strict = true })), nil)
end)

check.test("an error in the progress function is the caller's", function()
  local path = os.tmpname()
  local file = io.open(path, "wb")
  file:write(source, ("#KONTO 9999 \"x\"\n"):rep(200000))
  file:close()
  local calls = 0
  check.yes(medel.ledger(path, { progress = function(done, total)
    calls = calls + 1
    check.yes(done <= total)
  end }))
  check.yes(calls > 0)
  check.error("nej", medel.ledger, path, { progress = function() error("nej") end })
  os.remove(path)
end)

check.test("deviations are listed", function()
  local bok = ledger(source:gsub("850.00", "850,00"))
  local list = bok:deviations()
  local found
  for _, d in ipairs(list) do if d.severity == "error" then found = d end end
  check.equal(found.label, "RES")
  check.equal(found.line, 23)
  check.equal(bok.fel, 1)
end)

-- ---- walks ----

check.test("rows are numbers and an account", function()
  local bok = ledger()
  local list = collected(bok:rows())
  check.equal(#list, 8)
  check.equal(list[1], "1 1930 100000 19372 1 nil nil nil")
  check.equal(list[6], "6 5010 49950 " .. medel.day "2023-02-27" .. " 3 nil nil nil")
  check.same(collected(bok:rows { account = "=5010", period = "2023-01" }),
    { "3 5010 10000 19388 2 nil nil nil", "4 5010 20050 19388 2 nil nil nil" })
end)

check.test("filters", function()
  local bok = ledger()
  local function n(filter) return bok:count(filter) end
  check.equal(n(), 8)
  check.equal(n "5010", 4)
  check.equal(n "=5010", 3)
  check.equal(n "30..39,50", 5)
  check.equal(n { account = "1,2" }, 3)
  check.equal(n { period = "2023" }, 8)
  check.equal(n { period = "2023-02" }, 3)
  check.equal(n { period = "2023-01-15..2023-01" }, 5)
  check.equal(n { series = "B" }, 3)
  check.equal(n { series = "C" }, 0)
  check.equal(n { object = "1:20" }, 2)
  check.equal(n { object = { "1", "20" } }, 2)
  check.equal(n { object = "1" }, 3)
  check.equal(n { amount = { min = kr(500) } }, 3)
  check.equal(n { amount = { min = kr(300), max = kr("300,50") } }, 1)
  check.equal(n { side = "kredit" }, 3)
  check.equal(n { side = "kredit", amount = { min = kr(500) } }, 2)
  check.equal(n { side = "debet", amount = { max = kr(100) } }, 2)
  check.equal(n { text = "LÖN" }, 6)
  check.equal(n { text = "kansliet" }, 1)
  check.equal(n { kind = "struken" }, 1)
  check.error("unknown filter 'konto'", n, { konto = "19" })
  check.error("filter 'period'", n, { period = "jan" })
  check.error("filter 'period'", n, { period = "2023-03..2023-01" })
  check.error("filter 'amount'", n, { amount = { min = 5 } })
  check.error("filter 'side'", n, { side = "plus" })
  check.error("filter 'kind'", n, { kind = "alla" })
  check.error("filter 'object'", n, { object = 1 })
  check.error("filter 'series'", n, { series = {} })
end)

check.test("vouchers", function()
  local bok = ledger()
  check.same(collected(bok:vouchers()), { "1 A 1 19372 2 0 19374 100000", "2 A 3 19388 3 0 nil 30050",
    "3 B X1 19416 3 0 nil 54950", "4 A 3 19417 0 0 nil 0" })
  check.same(collected(bok:vouchers { account = "5" }), { "2 A 3 19388 3 0 nil 30050", "3 B X1 19416 3 0 nil 54950" })
end)

check.test("series, gaps and duplicates", function()
  local bok = ledger()
  check.same(collected(bok:series()), { "A 3 1 3 1 1 nil nil", "B 1 nil nil nil nil nil nil" })
  local gap = bok:gaps("A")[1]
  check.equal(("%d %d %d"):format(gap.fran, gap.till, gap.efter), "2 2 1")
  check.same(bok:duplicates "A", { 2, 4 })
  check.same(bok:gaps "B", {})
  check.error("no series 'C'", bok.gaps, bok, "C")
end)

check.test("accounts, objects, balances, period balances", function()
  local bok = ledger()
  check.same(collected(bok:accounts "5"), { "5010 Löner true nil true nil nil nil", "50100 Löner, längre nummer true nil true nil nil nil" })
  check.equal(bok:account_name "1930", "Bank")
  check.equal(bok:account_name "4711", nil)
  check.equal(collected(bok:objects())[1], "1 10 Kansli true Kostnadsställe nil nil nil")
  check.same(collected(bok:balances()), { "1930 50000 15000 65000 nil nil nil nil", "2010 -50000 0 -50000 nil nil nil nil",
    "3510 nil -100000 nil -100000 nil nil nil", "5010 nil 80000 nil 85000 nil nil nil", "50100 nil 5000 nil nil nil nil nil" })
  check.equal(collected(bok:balances(-1))[1], "1930 nil nil 50000 nil nil nil nil")
  check.same(collected(bok:period_balances()), { "0 2023-01 5010 nil 30000 nil nil nil", "0 2023-01 5010 1:10 10000 nil nil nil" })
  check.equal(collected(bok:period_balances "pbudget")[1], "0 2023-01 5010 nil 31000 nil nil nil")
  check.error("0 is the year of the file", bok.balances, bok, 1)
end)

check.test("a walk over rows makes nothing", function()
  local rows = {}
  for i = 1, 3000 do rows[i] = ("#VER A %d 20230501 \"\"\n{\n#TRANS 1930 {} 1\n#TRANS 3510 {} -1\n}\n"):format(i + 10) end
  local bok = ledger(source .. table.concat(rows))
  for _ in bok:rows() do end
  collectgarbage() collectgarbage() collectgarbage "stop"
  local sum, walk = 0, bok:rows()
  local before = collectgarbage "count"
  for _, _, belopp in walk do sum = sum + belopp end
  local grown = collectgarbage "count" - before
  collectgarbage "restart"
  check.equal(sum, 0)
  check.yes(grown < 1, ("it made %.1f KiB"):format(grown))
end)

check.test("an iterator outlives the name of its ledger", function()
  local walk = ledger():rows()
  collectgarbage() collectgarbage()
  local n = 0
  for _ in walk do n = n + 1 end
  check.equal(n, 8)
  check.equal(walk(), nil)
end)

-- ---- sums ----

check.test("sums, balances and what is stated", function()
  local bok = ledger()
  check.equal(bok:sum("5"):ore(), 85000)
  check.equal(bok:sum { account = "5", period = "2023-01" }:ore(), 30050)
  check.equal(bok:ib("1930"):ore(), 50000)
  check.equal(bok:ub("1930"):ore(), 65000)
  check.equal(bok:ub("1930", -1):ore(), 50000)
  check.equal(bok:res("5010"):ore(), 85000)
  check.equal(bok:ib "5010", nil)
  check.equal(bok:ib(""):ore(), 0)
  check.equal(bok:result("3"):ore(), -100000)
  check.equal(bok:balance("19"):ore(), 65000)
  check.equal(bok:balance("19", "2023-01-31"):ore(), 119950)
end)

check.test("grouped sums", function()
  local bok, out = ledger(), {}
  for i, g in ipairs(bok:sums("month", "5")) do out[i] = ("%s %d %d"):format(g.key, g.sum:ore(), g.count) end
  check.same(out, { "2023-01 30050 2", "2023-02 54950 2" })
  out = {}
  for i, g in ipairs(bok:sums("account:1")) do out[i] = g.key .. " " .. g.sum:ore() end
  check.same(out, { "1 15000", "3 -100000", "5 85000" })
  out = {}
  for i, g in ipairs(bok:sums("object:1", "5")) do out[i] = ("%s %d"):format(g.key, g.sum:ore()) end
  check.same(out, { "10 10000", "20 70000", " 5000" })
  out = {}
  for i, g in ipairs(bok:sums { "series", "month" }) do out[i] = ("%s %s %d %d"):format(g.key, g.key2, g.debet, g.vouchers) end
  check.same(out, { "A 2023-01 130050 2", "B 2023-02 54950 1" })
  check.error("group by account", bok.sums, bok, "konto")
  check.error("group by account", bok.sums, bok, "object")
end)

check.test("every month of the year", function()
  local months = ledger():months "5"
  check.equal(#months, 12)
  check.equal(months[1].sum:ore(), 30050)
  check.equal(months[3].key, "2023-03")
  check.equal(months[3].sum:ore(), 0)
  check.equal(months[3].count, 0)
end)

check.test("a quantity finds its rows again", function()
  local bok = ledger()
  local tree = (bok:sum "=5010" + bok:ib "1930"):derivation()
  check.equal(tree.op, "+")
  check.equal(tree.left.op, "ledger")
  local entry = tree.left.entry
  check.equal(entry.label, "Konto 5010 Löner, bokfört 2023 (3 rader)")
  check.equal(entry.line, 34)
  check.equal(#collected(entry:rows()), 3)
  check.equal(tree.right.entry.label, "Konto 1930 Bank, ingående balans 2023")
  check.equal(tree.right.entry.line, 17)
  local month = bok:sums("month", "5")[2].sum:derivation().entry
  check.equal(#collected(month:rows()), 2)
  check.equal(month.label, "Konto 5, bokfört från 2023-02-01 till 2023-02-28 (2 rader)")
end)

-- ---- entries ----

check.test("a voucher and a row as objects", function()
  local bok = ledger()
  local v = bok:voucher(1)
  check.equal(v.namn, "A 1")
  check.equal(v.serie, "A")
  check.equal(v.nummer, "1")
  check.equal(v.datum, "2023-01-15")
  check.equal(v.registrerad, "2023-01-17")
  check.equal(v.sign, "EHM")
  check.equal(v.text, "Bidrag från staten")
  check.equal(v.antal, 2)
  check.equal(v.belopp:ore(), 100000)
  check.yes(v.summa:is_zero())
  check.equal(v.line, 27)
  check.equal(v.file, "prov.se")
  check.equal(v.table, "huvudbok")
  check.equal(v.state, "ledger")
  check.equal(tostring(v), "Verifikation A 1 2023-01-15: Bidrag från staten")
  check.equal(#collected(v:rows()), 2)
  check.equal(bok:voucher("B", "X1").namn, "B X1")
  check.equal(bok:voucher("B", "2"), nil)
  check.equal(bok:voucher(3).strukna, 1)
  local r = bok:row(3)
  check.equal(r.konto, "5010")
  check.equal(r.kontonamn, "Löner")
  check.equal(r.objekt, "1:10")
  check.equal(r.text, "Kansliet")
  check.equal(bok:row(4).text, "Lön januari")
  check.equal(r.verifikation.namn, "A 3")
  check.equal(r.belopp:ore(), 10000)
  check.equal(bok:row(9).slag, "struken")
  check.equal(bok:row(9).sign, "KALLE")
  check.equal(bok:text(4), "Lön januari")
  check.error("no voucher number 5", bok.voucher, bok, 5)
  check.error("no row number 10", bok.row, bok, 10)
  check.error("unknown field of an entry 'kontot'", function() return r.kontot end)
end)

-- ---- in rules ----

local function run(body, bok, options)
  local runner = medel.runner { parameters = fixture.parameters, memory_mb = options and options.memory_mb }
  local rule, why = runner:load("prov.lua", ([[return rule { id = "PROV-01", title = "Prov", ground = "Prov", level = "note",
  needs = { "huvudbok" }, check = function(ar, p) local bok = ar.huvudbok %s end }]]):format(body))
  if not rule then error(why, 2) end
  return runner:run(fixture.report(), { ledger = bok })[1]
end

check.test("a rule that needs a ledger", function()
  local o = run("error('ska inte köras')", nil)
  check.equal(o.outcome, "not_applicable")
  check.equal(o.missing, "ingen huvudbok är given")
  check.equal(run("assert(bok.rader == 8)", ledger()).outcome, "passed")
end)

check.test("last year's report, a sample and the sector hang on it, too", function()
  local runner = medel.runner { parameters = fixture.parameters }
  local function load(id, body, needs)
    assert(runner:load("prov.lua", ([[return rule { id = "PROV-%s", title = "Prov", ground = "Prov", level = "note",
    needs = { %s }, check = function(ar, p) %s end }]]):format(id, needs or "", body)))
  end
  load("01", "assert(ar.forra.rakenskapsar == 2022 and ar.forra.forra == nil and ar.forra.huvudbok == nil)", '"forra"')
  load("02", "assert(#ar.sektor == 2 and ar.sektor[2].rakenskapsar == 2022 and ar.sektor[1].sektor == nil)", '"sektor"')
  load("03", "assert(#ar.urval == 2 and ar.urval[2].line == ar.huvudbok:row(5).line)", '"urval"')
  load("04", "table.insert(ar.sektor, 1) ar.urval[1] = nil", '"urval"')
  load("05", "assert(#ar.sektor == 2 and #ar.urval == 2)", '"urval"')
  load("06", [[return finding("{a}", { a = ar.forra.balansrakning.eget_kapital }, { at = ar.forra.balansrakning })]], '"forra"')
  local ar, other = fixture.report(), assert(medel.read_report(fixture.taxonomy,
    "medel: 1\nrakenskapsar: 2022\nbalansrakning:\n  enhet: kr\n  kolumner: [2022]\n  rader: { eget_kapital: [5] }\n", "annat.yaml"))
  local outcomes = runner:run(ar, { ledger = ledger(), forra = other, sektor = { other, other }, urval = { 1, 5 } })
  for i = 1, 5 do check.equal(outcomes[i].outcome .. (outcomes[i].error or ""), "passed") end
  check.equal(outcomes[6].findings[1].file, "annat.yaml")
  outcomes = runner:run(ar, {})
  check.equal(outcomes[1].missing, "förra årets rapport är inte given")
  check.equal(outcomes[2].missing, "inga rapporter från andra förbund är givna")
  check.equal(outcomes[3].missing, "ingen huvudbok är given")
  check.equal(runner:run(ar, { ledger = ledger() })[3].missing, "inget urval är draget")
  check.error("no row number 99", runner.run, runner, ar, { ledger = ledger(), urval = { 99 } })
  check.error("urval must be a list", runner.run, runner, ar, { urval = 3 })
  check.error("sektor: a report is expected, not number", runner.run, runner, ar, { sektor = { 3 } })
  local _, why = runner:load("prov.lua", [[return rule { id = "PROV-09", title = "Prov", ground = "Prov", level = "note",
    check = function(ar, p, bok) end }]])
  check.equal(why:match "'check' is function%(ar, p%): what the report is held against is ar.huvudbok" ~= nil, true)
end)

check.test("the books hang on the report of a rule, of its own year, and nowhere else", function()
  check.equal(run("assert(bok.rader == 8 and ar.avstamning == nil and ar.forra == nil and ar.urval == nil and ar.sektor == nil)", ledger()).outcome, "passed")
  check.equal(run("assert(ar.foregaende.huvudbok == nil and ar.budget.huvudbok == nil and ar:year(2020).huvudbok == nil)", ledger()).outcome, "passed")
  check.equal(fixture.report().huvudbok, nil)
  local runner = medel.runner { parameters = fixture.parameters }
  assert(runner:load("prov.lua", [[return rule { id = "PROV-01", title = "Prov", ground = "Prov", level = "note",
    check = function(ar) if ar.huvudbok then return finding("{n} rader", { n = ar.huvudbok.rader }) end end }]]))
  local ar = fixture.report() -- the same report with books, without, and with others
  check.equal(runner:run(ar, { ledger = ledger() })[1].findings[1].message, "8 rader")
  check.equal(runner:run(ar)[1].outcome, "passed")
  check.equal(runner:run(ar, { ledger = ledger() })[1].outcome, "finding")
end)

check.test("evidence is what a finding's values come from", function()
  local f = run([[
    local a, b = bok:sum "=5010", bok:sum "3"
    local unused = bok:sum "19"
    return finding("{a} mot {b}", { a = a, d = a + b, b = b })]], ledger()).findings[1]
  check.equal(f.message, "800 kr mot −1 000 kr")
  check.equal(f.file, "prov.se")
  check.equal(f.line, 34)
  check.equal(f.table, "huvudbok")
  check.equal(#f.evidence, 2)
  check.equal(f.evidence[1].label, "Konto 5010 Löner, bokfört 2023 (3 rader)")
  check.equal(f.evidence[2].row, "3")
  check.equal(#collected(f.evidence[1]:rows()), 3)
  check.equal(f.values.d:derivation().left.entry.row, "=5010")
end)

check.test("a finding at a voucher, with others listed, beside facts", function()
  local f = run([[
    return finding("{v} {r}: {x}", { v = bok:voucher(2), r = bok:row(6), x = ar.arets_resultat },
      { at = bok:voucher(3), evidence = { bok:voucher(1), bok:sum "3" } })]], ledger()).findings[1]
  check.contains(f.message, "A 3 B X1: ")
  check.equal(f.line, 38)
  local labels = {}
  for i, e in ipairs(f.evidence) do labels[i] = e.state == "ledger" and (e.item or e.row) or e.row end
  check.same(labels, { "arets_resultat", "B X1", "A 1", "3", "A 3", "B X1" })
end)

check.test("a rule can neither change a ledger nor fill the state with one", function()
  check.equal(run("bok.start = ''", ledger()).outcome, "broken")
  local rows = {}
  for i = 1, 20000 do rows[i] = ("#VER C %d 20230501 \"%s\"\n{\n#TRANS 1930 {} 1\n#TRANS 3510 {} -1\n}\n"):format(i, ("x"):rep(200)) end
  local bok = ledger(source .. table.concat(rows))
  check.equal(run("local n = 0 for _, _, b in bok:rows() do n = n + b end assert(n == 0)", bok, { memory_mb = 1 }).outcome, "passed")
  local o = run("local all = {} for rad in bok:rows() do all[rad] = bok:row(rad) end", bok, { memory_mb = 1 })
  check.equal(o.outcome, "broken")
  check.contains(o.error, "memory")
end)

check.test("days", function()
  check.equal(medel.day "1970-01-01", 0)
  check.equal(medel.date(19372), "2023-01-15")
  check.equal(medel.weekday "2023-01-15", 7)
  check.equal(medel.weekday "1969-12-31", 3)
  for date, name in pairs { ["2023-01-01"] = "nyårsdagen", ["2023-01-06"] = "trettondedag jul", ["2023-04-07"] = "långfredagen",
    ["2023-04-09"] = "påskdagen", ["2023-04-10"] = "annandag påsk", ["2023-05-01"] = "första maj",
    ["2023-05-18"] = "Kristi himmelsfärdsdag", ["2023-05-28"] = "pingstdagen", ["2023-06-06"] = "nationaldagen",
    ["2023-06-24"] = "midsommardagen", ["2023-11-04"] = "alla helgons dag", ["2023-12-25"] = "juldagen",
    ["2023-12-26"] = "annandag jul", ["2000-04-23"] = "påskdagen", ["2038-04-25"] = "påskdagen",
    ["2024-06-22"] = "midsommardagen", ["2020-10-31"] = "alla helgons dag", ["2004-05-31"] = "annandag pingst" } do
    check.equal(medel.holiday(date), name)
  end
  for _, date in ipairs { "2023-01-02", "2023-04-06", "2023-06-23", "2023-12-24", "2004-06-06", "2023-05-29" } do
    check.equal(medel.holiday(date), nil)
  end
  check.error("a day is a number or a text", medel.date, "igår")
  check.equal(medel.ore(150):text(), "1,50 kr")
end)

-- ---- what a rule may try ----

check.test("hostile rules end as broken rules", function()
  local bok = ledger()
  for _, body in ipairs {
    "bok:rows { account = ('1,'):rep(100000) }", "bok:rows { text = ('x'):rep(1000000) }", "bok:rows(5)", "bok.rows()", "bok.rows(ar)",
    "bok:sum { account = {} }", "bok:sum { account = '9-1' }", "bok:sum { object = { 1, 2 } }",
    "bok:voucher(0)", "bok:voucher(-1)", "bok:voucher(2^53 | 0)", "bok:row(1.5)", "bok:row('x')", "bok:voucher({})", "bok:voucher('A')",
    "bok:sums({})", "bok:sums({ 'month', 'month', 'month' })", "bok:sums('account:x')", "bok:sums('account:99')", "bok:months(bok)",
    "bok:ib({})", "bok:ib('1', 5)", "bok:balance('1', 'igår')", "bok:balance('1', 1e300)", "bok:series(1).x = 1", "bok:gaps()",
    "bok:row(1).belopp = 5", "bok:row(1):rows(1)()()", "date(2^62)", "day('2023-02-30')", "holiday({})", "weekday(1e9)", "ore(1.5)", "ore('x')",
    "return finding('x', nil, { evidence = 5 })", "return finding('{x}', { x = bok })",
    "for i = 1, 1e9 do bok:sum { account = '5' } end",
  } do
    local ok, o = pcall(run, body, bok)
    check.yes(not ok or o.outcome == "broken", "not broken: " .. body)
  end
end)

check.test("strange evidence is left out", function()
  local f = run([[
    local many = {}
    for i = 1, 1000 do many[i] = bok:row(i % 8 + 1) end
    return finding("x", { a = bok:voucher(1) }, { evidence = many })]], ledger()).findings[1]
  check.equal(#f.evidence, 8)
  f = run("return finding('x', nil, { evidence = { 1, 'x', true, {}, ar, bok, bok:row(1), finding } })", ledger()).findings[1]
  check.equal(#f.evidence, 1)
  f = run("return finding('x', nil, { at = bok })", ledger()).findings[1]
  check.equal(f.file .. f.line, "prov.se1")
end)

check.test("what a rule found outlives its runner and the name of its ledger", function()
  local f = run("return finding('{a}', { a = bok:sum '5', v = bok:voucher(1) }, { at = bok:row(1) })", ledger()).findings[1]
  collectgarbage() collectgarbage()
  local labels = {}
  for i, e in ipairs(f.evidence) do labels[i] = e.label end
  check.same(labels, { "Verifikation A 1, konto 1930 2023-01-15: Bidrag från staten", "Konto 5, bokfört 2023 (4 rader)" })
  check.equal(#collected(f.evidence[2]:rows()), 4)
  check.equal(f.values.a:derivation().entry.line, 34)
end)
