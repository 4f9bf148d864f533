-- views.lua: what `medel ledger` can show, as tables that scripts/medel/ledger/ writes in
-- each form.  A view is { name, title, facts = { { key, label, value } }, columns = { { key,
-- label, kind } }, rows, total, notes }; amounts are whole öre.
local medel = require "medel"
local must_name = require "medel.ledger.must_name"

local views = {}

-- The classes of BAS, and of Kommun-Bas where they differ.
local classes = { ["1"] = "Tillgångar", ["2"] = "Eget kapital och skulder", ["3"] = "Intäkter", ["4"] = "Varor, material och köpta tjänster",
                  ["5"] = "Övriga externa kostnader", ["6"] = "Övriga externa kostnader", ["7"] = "Personal och avskrivningar",
                  ["8"] = "Finansiella poster och resultat", ["9"] = "Internredovisning" }
local municipal = { ["4"] = "Material, bidrag och köpt verksamhet", ["5"] = "Personal", ["6"] = "Lokaler och övriga kostnader",
                    ["7"] = "Övriga kostnader och avskrivningar" }

local function class_name(class, bok)
  if class == "" then return "Utan siffra" end
  local names = require("medel.kontoplan").usual(bok) == "kommun-bas" and municipal or classes
  return class .. " " .. (names[class] or classes[class] or "")
end

-- Closing balances as the file states them; where it states none, what the rows come to.
local function closing(bok)
  for _, _, _, ub, res in bok:balances() do
    if ub or res then return function(_, _, closed, result) return closed or result end, "Utgående eller resultat" end
  end
  return function(ib, summa) return (ib or 0) + summa end, "Utgående eller resultat, uträknat"
end

local function nonzero(n)
  return n and n ~= 0
end

-- ---- overview ----

local function encoding_words(bok, given)
  if given then return bok.teckenkodning .. " (angiven)" end
  if bok.teckenkodning == "ASCII" then return "ASCII (inget tecken behövde avgöras)" end
  local says = bok.format and ("; filen säger " .. bok.format) or ""
  return ("%s (avgjord av tecknen i filen%s)"):format(bok.teckenkodning, says)
end

local function size_words(n)
  if n < 10000 then return n .. " byte" end
  if n < 10000000 then return ("%d kB"):format((n + 500) // 1000) end
  return ("%d MB"):format((n + 500000) // 1000000)
end

-- 12 345
local function grouped(n)
  return (medel.count(n):text())
end
views.grouped = grouped

local function counted(n, one, many)
  return grouped(n) .. " " .. (n == 1 and one or many)
end

local function deviation_words(bok)
  local notes = 0
  for _, d in ipairs(bok:deviations()) do notes = notes + (d.severity == "note" and d.count or 0) end
  if bok.fel + bok.varningar + notes == 0 then return "inga" end
  return ("%s fel, %s, %s"):format(grouped(bok.fel), counted(bok.varningar, "varning", "varningar"),
    counted(notes, "notering", "noteringar"))
end

local function series_words(bok)
  local parts = {}
  for serie, antal, forsta, sista in bok:series() do
    parts[#parts + 1] = ("%s %s%s"):format(serie == "" and "(utan serie)" or serie, grouped(antal),
      forsta and (" (%d–%d)"):format(forsta, sista) or "")
    if #parts == 12 then
      parts[#parts + 1] = "…"
      break
    end
  end
  return table.concat(parts, ", ")
end

-- Balances by account class.
local function class_rows(bok)
  local by, order, close = {}, {}, closing(bok)
  for konto, ib, summa, ub, res in bok:balances() do
    local class = konto:match "^%d" or ""
    local c = by[class]
    if not c then
      c = { konto = class_name(class, bok), konton = 0, ib = 0, summa = 0, ut = 0 }
      by[class], order[#order + 1] = c, class
    end
    c.konton = c.konton + 1
    c.ib, c.summa, c.ut = c.ib + (ib or 0), c.summa + summa, c.ut + (close(ib, summa, ub, res) or 0)
  end
  table.sort(order, function(a, b) return (a == "" and "~" or a) < (b == "" and "~" or b) end)
  for i, class in ipairs(order) do order[i] = by[class] end
  return order
end

function views.overview(bok, args)
  local sie = not args.mapping -- a table of values has no type, and its encoding is the mapping's to say
  local facts = {
    { "company", "Företag", bok.foretag }, { "organisation_number", "Organisationsnummer", bok.orgnr },
    { "start", nil, bok.start }, { "end", nil, bok.slut },
    { nil, "Räkenskapsår", bok.start and bok.slut and bok.start .. " – " .. bok.slut },
    { "type", "SIE-typ", sie and bok.typ or nil }, { "program", "Program", bok.program and (bok.program .. " " .. (bok.programversion or "")) },
    { "created", "Skapad", bok.skapad }, { "extent", "Omfattar till", bok.omfattning },
    { "encoding", nil, sie and bok.teckenkodning or nil }, { nil, "Teckenkodning", sie and encoding_words(bok, args.encoding) or nil },
    { "bytes", nil, bok.bytes }, { "lines", nil, bok.filrader },
    { nil, "Storlek", ("%s, %s rader"):format(size_words(bok.bytes), grouped(bok.filrader)) },
    { "accounts", "Konton", bok.konton }, { "vouchers", "Verifikationer", bok.verifikationer },
    { "transactions", "Transaktionsrader", bok.rader }, { "corrections", "Rättelserader", bok.rattelser },
    { nil, "Serier", bok.verifikationer > 0 and series_words(bok) or nil },
    { "checksum", "Kontrollsumma", bok.kontrollsumma }, { "errors", nil, bok.fel }, { "warnings", nil, bok.varningar },
    { nil, "Avvikelser", deviation_words(bok) },
  }
  local notes, all = {}, bok:deviations()
  local said = {}
  for _, d in ipairs(all) do
    local kind = d.code .. " " .. d.label
    if d.severity ~= "note" and #notes < 10 and not said[kind] then
      said[kind] = true
      notes[#notes + 1] = ("%s%s%s"):format(d.line > 0 and ("rad %d: "):format(d.line) or "", d.text,
        d.count > 1 and (" (%s gånger)"):format(grouped(d.count)) or "")
    end
  end
  return { name = "overview", title = "Huvudbok", facts = facts, columns = {
      { "konto", "Kontoklass", "text" }, { "konton", "Konton", "count" }, { "ib", "Ingående", "amount" },
      { "summa", "Bokfört", "amount" }, { "ut", select(2, closing(bok)), "amount" } },
    rows = class_rows(bok), notes = notes, deviations = all }
end

-- ---- balances ----

function views.balance(bok, args)
  local accounts, close, heading = args.balance and args.balance[1] or nil, closing(bok)
  if accounts then must_name(bok, accounts) end
  local rows, total, names, wanted = {}, { konto = "Summa", ib = 0, summa = 0, ut = 0 }, {}, {}
  for konto, namn in bok:accounts(accounts) do names[konto], wanted[konto] = namn, true end
  for konto, ib, summa, ub, res in bok:balances() do
    local ut = close(ib, summa, ub, res)
    if wanted[konto] and (nonzero(ib) or nonzero(ut) or nonzero(summa)) then
      rows[#rows + 1] = { konto = konto, namn = names[konto], ib = ib, summa = summa, ut = ut }
      total.ib, total.summa, total.ut = total.ib + (ib or 0), total.summa + summa, total.ut + (ut or 0)
    end
  end
  return { name = "balance", title = "Saldon" .. (accounts and " för konto " .. accounts or ""), columns = {
      { "konto", "Konto", "text" }, { "namn", "Namn", "text" }, { "ib", "Ingående", "amount" },
      { "summa", "Bokfört", "amount" }, { "ut", heading, "amount" } }, rows = rows, total = total }
end

-- ---- an account ----

function views.account(bok, args)
  local konto = args.account
  local ib = bok:ib("=" .. konto)
  local namn, there = bok:account_name(konto), false
  for k in bok:accounts("=" .. konto) do there = there or k == konto end
  if not there then error(("there is no account '%s'"):format(konto), 0) end
  local saldo = ib and ib:ore() or 0
  local rows, debet, kredit = {}, 0, 0
  if ib then rows[1] = { datum = bok.start, text = "Ingående balans", saldo = saldo } end
  for rad, _, belopp, _, ver in bok:rows { account = "=" .. konto } do
    local v = bok:voucher(ver)
    saldo = saldo + belopp
    if belopp < 0 then kredit = kredit - belopp else debet = debet + belopp end
    rows[#rows + 1] = { datum = bok:row(rad).datum, ver = v.namn, text = bok:text(rad), debet = belopp > 0 and belopp or nil,
                        kredit = belopp < 0 and -belopp or nil, saldo = saldo, rad = bok:row(rad).line }
  end
  local ub = bok:ub("=" .. konto) or bok:res("=" .. konto)
  local notes = {}
  if ub and ub:ore() ~= saldo then
    notes[1] = ("Filen anger %s; skillnaden är %s."):format(ub:text(), (ub - medel.ore(saldo)):text())
  end
  return { name = "account", title = ("Konto %s %s"):format(konto, namn or "(inte i kontoplanen)"), columns = {
      { "datum", "Datum", "text" }, { "ver", "Verifikation", "text" }, { "text", "Text", "text" },
      { "debet", "Debet", "amount" }, { "kredit", "Kredit", "amount" }, { "saldo", "Saldo", "amount" }, { "rad", "Rad", "count" } },
    rows = rows, total = { datum = "Summa", debet = debet, kredit = kredit, saldo = saldo }, notes = notes }
end

-- ---- a voucher ----

function views.voucher(bok, args)
  local serie, nummer = args.voucher[1], args.voucher[2]
  local v = bok:voucher(serie, nummer)
  if not v then error(("there is no voucher '%s %s'"):format(serie, nummer), 0) end
  local rows, debet, kredit = {}, 0, 0
  for rad, konto, belopp in v:rows() do
    local r = bok:row(rad)
    if belopp < 0 then kredit = kredit - belopp else debet = debet + belopp end
    rows[#rows + 1] = { konto = konto, namn = r.kontonamn, objekt = r.objekt, text = bok:text(rad), debet = belopp > 0 and belopp or nil,
                        kredit = belopp < 0 and -belopp or nil, rad = r.line }
  end
  local facts = { { "voucher", "Verifikation", v.namn }, { "date", "Datum", v.datum }, { "text", "Text", v.text },
                  { "registered", "Registrerad", v.registrerad }, { "sign", "Signatur", v.sign ~= "" and v.sign or nil },
                  { "line", "Rad i filen", v.line } }
  local notes = {}
  if not v.summa:is_zero() then notes[1] = ("Verifikationen balanserar inte: %s."):format(v.summa:text()) end
  if v.strukna > 0 then notes[#notes + 1] = counted(v.strukna, "rad", "rader") .. " är rättelser och räknas inte." end
  return { name = "voucher", title = "Verifikation " .. v.namn, facts = facts, columns = {
      { "konto", "Konto", "text" }, { "namn", "Namn", "text" }, { "objekt", "Objekt", "text" }, { "text", "Text", "text" },
      { "debet", "Debet", "amount" }, { "kredit", "Kredit", "amount" }, { "rad", "Rad", "count" } },
    rows = rows, total = { konto = "Summa", debet = debet, kredit = kredit }, notes = notes }
end

-- ---- months ----

function views.months(bok, args)
  local accounts = args.months[1]
  local rows, total = {}, { manad = "Summa", rader = 0 }
  if accounts then must_name(bok, accounts) end
  local function series(label, filter, sign)
    for i, m in ipairs(bok:months(filter)) do
      rows[i] = rows[i] or { manad = m.key }
      rows[i][label] = sign * m.sum:ore()
      rows[i].rader = (rows[i].rader or 0) + m.count
      total[label], total.rader = (total[label] or 0) + rows[i][label], total.rader + m.count
    end
  end
  if accounts then
    series("belopp", accounts, 1)
    return { name = "months", title = "Konto " .. accounts .. " månad för månad", chart = "belopp", columns = {
        { "manad", "Månad", "text" }, { "belopp", "Bokfört", "amount" }, { "rader", "Rader", "count" } }, rows = rows, total = total }
  end
  local income, costs = {}, {}
  for konto, _, _, _, resultat in bok:accounts() do
    if resultat and konto:sub(1, 2) ~= "89" then
      local list = konto:sub(1, 1) == "3" and income or costs
      list[#list + 1] = "=" .. konto
    end
  end
  if #income > 0 then series("intakter", table.concat(income, ","), -1) end
  if #costs > 0 then series("kostnader", table.concat(costs, ","), 1) end
  for _, row in ipairs(rows) do
    row.intakter, row.kostnader = row.intakter or 0, row.kostnader or 0
  end
  return { name = "months", title = "Intäkter och kostnader månad för månad", chart = { "intakter", "kostnader" }, columns = {
      { "manad", "Månad", "text" }, { "intakter", "Intäkter", "amount" }, { "kostnader", "Kostnader", "amount" },
      { "rader", "Rader", "count" } }, rows = rows, total = total,
    notes = { "Kostnader är alla resultatkonton utom 3 (intäkter) och 89 (årets resultat). Staplarna är intäkter (▲) och kostnader (▼)." } }
end

-- ---- objects ----

function views.object(bok, args)
  local dimension = args.object[1]
  local names, dims, order = {}, {}, {}
  for dim, objekt, namn, _, dimnamn in bok:objects() do
    names[dim .. ":" .. objekt] = namn
    if not dims[dim] then dims[dim], order[#order + 1] = dimnamn, dim end
  end
  dimension = dimension or order[1]
  if not dimension then error("the file has no objects", 0) end
  if not dims[dimension] then
    error(("there is no dimension '%s': %s"):format(dimension, table.concat(order, ", ")), 0)
  end
  local rows, total = {}, { objekt = "Summa", debet = 0, kredit = 0, summa = 0, rader = 0 }
  for _, g in ipairs(bok:sums("object:" .. dimension)) do
    rows[#rows + 1] = { objekt = g.key == "" and "(utan objekt)" or g.key, namn = names[dimension .. ":" .. g.key], debet = g.debet,
                        kredit = -g.kredit, summa = g.sum:ore(), rader = g.count }
    total.debet, total.kredit = total.debet + g.debet, total.kredit - g.kredit
    total.summa, total.rader = total.summa + g.sum:ore(), total.rader + g.count
  end
  return { name = "object", title = ("Dimension %s %s"):format(dimension, dims[dimension]), columns = {
      { "objekt", "Objekt", "text" }, { "namn", "Namn", "text" }, { "debet", "Debet", "amount" }, { "kredit", "Kredit", "amount" },
      { "summa", "Netto", "amount" }, { "rader", "Rader", "count" } }, rows = rows, total = total }
end

-- ---- a sample ----

local function whole(text, flag)
  local n = math.tointeger(tonumber(text))
  if not n or n < 0 then error(("%s takes a whole number"):format(flag), 0) end
  return n
end

function views.sample(bok, args)
  local filter, what = require("medel.ledger.analyses").filter(bok, args, args.of or "4..7")
  local n, seed = whole(args.sample, "--sample"), whole(args.seed, "--seed")
  if n < 1 then error("--sample takes 1 or more", 0) end
  local s = require("medel.ledger.sample").draw(bok, filter, n, seed)
  if not s then error(("there are no rows: %s"):format(what), 0) end
  local rows, drawn = {}, 0
  for i, d in ipairs(s.drawn) do
    local r = bok:row(d.row)
    drawn = drawn + d.size
    rows[i] = { datum = r.datum, ver = r.verifikation.namn, konto = d.account, namn = r.kontonamn, text = bok:text(d.row),
                belopp = d.amount, skal = d.whole and "över intervallet" or "dragen", rad = r.line }
  end
  return { name = "sample", title = "Urval av " .. what, facts = {
      { "seed", nil, seed }, { nil, "Frö", tostring(seed) }, { "interval", nil, s.interval }, { nil, "Intervall", medel.ore(s.interval):text() },
      { "start", nil, s.start }, { nil, "Start", medel.ore(s.start):text() }, { "population", nil, s.population },
      { nil, "Population", ("%s rader, %s utan tecken"):format(grouped(s.rows), medel.ore(s.population):text()) },
      { "population_rows", nil, s.rows }, { nil, "Urval", ("%d rader, %s"):format(#rows, medel.ore(drawn):text()) } },
    columns = { { "datum", "Datum", "text" }, { "ver", "Verifikation", "text" }, { "konto", "Konto", "text" }, { "namn", "Namn", "text" },
      { "text", "Text", "text" }, { "belopp", "Belopp", "amount" }, { "skal", "Varför", "text" }, { "rad", "Rad", "count" } }, rows = rows }
end

return views
