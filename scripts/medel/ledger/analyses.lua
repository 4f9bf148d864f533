-- analyses.lua: what a revisor does daily with books, as views (views.lua says what a view
-- is).  Each says its population, its criterion, how many, and what it cannot see.
local medel = require "medel"
local tables = require "medel.tables"

local analyses = {}

local function grouped(n)
  return (medel.count(n):text())
end

local function kr(n)
  return (medel.ore(n):text())
end

local function whole(text, flag)
  local n = math.tointeger(tonumber(text))
  if not n or n < 0 then error(("%s takes whole numbers, not '%s'"):format(flag, text), 0) end
  return n
end

-- "1000,10 000": öre, rising.
local function amounts(text, flag)
  local list = {}
  for part in text:gsub("(%d) (%d%d%d)", "%1%2"):gsub("(%d) (%d%d%d)", "%1%2"):gmatch "[^,%s]+" do
    list[#list + 1] = whole(part, flag) * 100
  end
  table.sort(list)
  return list
end

-- The filter of --of and --where together, and how it reads.
function analyses.filter(bok, args, usual)
  local accounts = args.of or usual
  if accounts then require "medel.ledger.must_name"(bok, accounts) end
  local words = {}
  if accounts then words[1] = "konto " .. accounts end
  if args.where then words[#words + 1] = args.where end
  return { account = accounts, where = args.where }, #words > 0 and table.concat(words, ", ") or "alla rader"
end

local function share(n, of)
  if of == 0 then return "" end
  return ("%d,%d %%"):format(n * 1000 // of // 10, n * 1000 // of % 10)
end

local row_columns = { { "datum", "Datum", "text" }, { "ver", "Verifikation", "text" }, { "konto", "Konto", "text" },
                      { "namn", "Namn", "text" }, { "objekt", "Objekt", "text" }, { "text", "Text", "text" },
                      { "belopp", "Belopp", "amount" }, { "rad", "Rad", "count" } }

local function row_of(bok, rad)
  local r = bok:row(rad)
  return { datum = r.datum, ver = r.verifikation.namn, konto = r.konto, namn = r.kontonamn, objekt = r.objekt, text = bok:text(rad),
           belopp = r.belopp:ore(), rad = r.line }
end

-- ---- rows by an expression, or with a text ----

local function list_rows(bok, filter, title, facts)
  local rows, sum, size = tables.list(row_columns), 0, 0
  for rad, _, belopp in bok:rows(filter) do
    rows[#rows + 1] = row_of(bok, rad)
    sum, size = sum + belopp, size + math.abs(belopp)
  end
  facts[#facts + 1] = { "count", "Antal", #rows }
  facts[#facts + 1] = { "of", "Av", bok.rader }
  facts[#facts + 1] = { "size", nil, size }
  facts[#facts + 1] = { nil, "Utan tecken", kr(size) }
  return { name = "rows", title = title, facts = facts, columns = row_columns, rows = rows,
           total = { datum = "Summa", belopp = sum } }
end

function analyses.rows(bok, args)
  local filter = analyses.filter(bok, args)
  filter.where = args.where and ("(%s) and (%s)"):format(args.where, args.rows) or args.rows
  return list_rows(bok, filter, "Rader", { { "where", "Villkor", filter.where } })
end

function analyses.search(bok, args)
  local filter, what = analyses.filter(bok, args)
  filter.text = args.search
  return list_rows(bok, filter, ("Rader med ”%s”"):format(args.search), { { "text", nil, args.search }, { "population", "Bland", what } })
end

-- ---- strata ----

local usual_strata = "1000,5000,10000,25000,50000,100000,250000,500000,1000000"

function analyses.strata(bok, args)
  local filter, what = analyses.filter(bok, args)
  local bounds = amounts(args.strata[1] or usual_strata, "--strata")
  local rows, n, size = {}, 0, 0
  local list = bok:strata(bounds, filter)
  for _, s in ipairs(list) do n, size = n + s.count, size + s.debet - s.kredit end
  for _, s in ipairs(list) do
    rows[#rows + 1] = { fran = s.fran, till = s.till, antal = s.count, andel = share(s.count, n), debet = s.debet, kredit = -s.kredit,
                        storlek = s.debet - s.kredit, andel_belopp = share(s.debet - s.kredit, size) }
  end
  return { name = "strata", title = "Rader efter storlek", facts = { { "population", "Population", what }, { "count", "Antal", n } },
    columns = { { "fran", "Från", "amount" }, { "till", "Till", "amount" }, { "antal", "Rader", "count" }, { "andel", "Andel", "text" },
      { "debet", "Debet", "amount" }, { "kredit", "Kredit", "amount" }, { "storlek", "Utan tecken", "amount" },
      { "andel_belopp", "Andel", "text" } }, rows = rows,
    total = { antal = n, storlek = size }, notes = { "En rad hör till klassen om beloppet utan tecken är minst ”från” och mindre än ”till”." } }
end

-- ---- ages ----

-- Accounts of receivables and payables in the plan that the books seem to follow.
local function ledgers_of(bok, kind)
  local bas = require("medel.kontoplan").usual(bok) == "bas"
  if kind == "fordringar" then return bas and "151" or "151" end
  return bas and "244" or "251"
end

function analyses.ageing(bok, args)
  local kind = args.ageing
  if kind ~= "fordringar" and kind ~= "skulder" then error("--ageing takes fordringar or skulder, with --of ACCOUNTS for others than the usual ones", 0) end
  local filter, what = analyses.filter(bok, args, args.of or ledgers_of(bok, kind))
  local day = args.day or bok.slut or bok.sista
  if not day then error("--ageing needs --day YYYY-MM-DD, since the file does not say its year", 0) end
  local bounds = {}
  for part in (args.ages or "30,60,90"):gmatch "[^,%s]+" do bounds[#bounds + 1] = whole(part, "--ages") end
  local columns = { { "konto", "Konto", "text" }, { "namn", "Namn", "text" }, { "objekt", "Objekt", "text" }, { "ingaende", "Ingående", "amount" } }
  for i = 0, #bounds do
    local from, to = bounds[i] or 0, bounds[i + 1]
    columns[#columns + 1] = { "d" .. from, to and ("%d–%d dagar"):format(from, to - 1) or ("%d dagar och äldre"):format(from), "amount" }
  end
  for _, c in ipairs { { "omatchat", "Omatchat", "amount" }, { "saldo", "Saldo", "amount" }, { "poster", "Öppna", "count" }, { "aldst", "Äldst", "text" } } do
    columns[#columns + 1] = c
  end
  local rows, total = {}, { konto = "Summa", ingaende = 0, omatchat = 0, saldo = 0, poster = 0 }
  local dimension = args.dimension or (kind == "fordringar" and "8" or "9")
  for _, o in ipairs(bok:ageing(kind, filter, day, bounds, dimension)) do
    local row = { konto = o.konto, namn = o.objektnamn or o.namn, objekt = o.objekt, ingaende = o.ingaende, omatchat = o.omatchat,
                  saldo = o.saldo, poster = o.poster, aldst = o.aldst }
    for i, amount in ipairs(o.aldrar) do row["d" .. (bounds[i - 1] or 0)] = amount end
    for _, c in ipairs(columns) do
      if c[3] == "amount" then total[c[1]] = (total[c[1]] or 0) + row[c[1]] end
    end
    total.poster = total.poster + o.poster
    rows[#rows + 1] = row
  end
  return { name = "ageing", title = kind == "fordringar" and "Fordringar efter ålder" or "Skulder efter ålder",
    facts = { { "population", "Population", what }, { "day", "Vid slutet av", day } }, columns = columns, rows = rows, total = total,
    notes = { "En betalning tar bort den äldsta öppna posten med samma belopp, annars de äldsta i tur och ordning. Den ingående balansens ålder "
      .. "syns inte i filen. Förfallodagar finns inte i SIE: åldern räknas från bokföringsdagen." } }
end

-- ---- alike ----

function analyses.duplicates(bok, args)
  local filter, what = analyses.filter(bok, args)
  local days = args.days and whole(args.days, "--days") or -1
  local groups, tested = bok:repeats(args.duplicates, filter, days)
  local columns = table.move(row_columns, 1, #row_columns, 2, { { "grupp", "Grupp", "count" } })
  local rows = tables.list(columns)
  for i, group in ipairs(groups) do
    for _, rad in ipairs(group) do
      local row = row_of(bok, rad)
      row.grupp = i
      rows[#rows + 1] = row
    end
  end
  return { name = "duplicates", title = "Lika rader", facts = { { "alike", "Lika i", args.duplicates }, { "days", "Inom dagar", days >= 0 and days or nil },
      { "population", "Population", what }, { "tested", "Prövade", tested }, { "groups", "Grupper", #groups } }, columns = columns, rows = rows,
    notes = { "Rader i samma verifikation räknas inte som lika. Återkommande betalningar är lika utan att något är fel." } }
end

-- ---- gaps ----

function analyses.gaps(bok)
  local rows, n = {}, 0
  for serie, antal, forsta, sista, saknas, dubbla in bok:series() do
    for _, g in ipairs(saknas and saknas > 0 and bok:gaps(serie) or {}) do
      local before = bok:voucher(g.efter)
      rows[#rows + 1] = { serie = serie, fran = tostring(g.fran), till = tostring(g.till), antal = g.till - g.fran + 1, efter = before.namn, datum = before.datum, slag = "saknas" }
      n = n + g.till - g.fran + 1
    end
    for _, ver in ipairs(dubbla and dubbla > 0 and bok:duplicates(serie) or {}) do
      local v = bok:voucher(ver)
      rows[#rows + 1] = { serie = serie, fran = tostring(v.nummer), antal = 1, efter = v.namn, datum = v.datum, slag = "används flera gånger", rad = v.line }
    end
    if not saknas then rows[#rows + 1] = { serie = serie, antal = antal, slag = "har inga nummer" } end
    local _ = forsta, sista
  end
  return { name = "gaps", title = "Verifikationsnummer som saknas eller är dubbla", facts = { { "missing", "Saknade nummer", n },
      { "vouchers", "Verifikationer", bok.verifikationer } },
    columns = { { "serie", "Serie", "text" }, { "slag", "Vad", "text" }, { "fran", "Från", "text" }, { "till", "Till", "text" }, { "antal", "Antal", "count" },
      { "efter", "Verifikation före", "text" }, { "datum", "Datum", "text" } }, rows = rows,
    notes = { "Nummer före en series första och efter dess sista syns inte." } }
end

-- ---- digits ----

local kinds = { first = "Första siffran", first_two = "De två första siffrorna", second_order = "Skillnaderna mellan belopp i storleksordning" }

-- 12345678 of 1e-9 as "0,0123".
local function parts(n)
  return ("0,%05d"):format((n + 5000) // 10000)
end

function analyses.benford(bok, args)
  local kind = args.benford[1] or "first"
  if not kinds[kind] then error("--benford takes first, first_two or second_order", 0) end
  local filter, what = analyses.filter(bok, args)
  local b = bok:benford(kind, filter)
  local facts = { { "kind", nil, kind }, { nil, "Vad", kinds[kind] }, { "population", "Population", what }, { "n", "Antal", b.n },
                  { "without", "Utan siffrorna", b.utan }, { "least", "Minst", b.minst } }
  local columns = { { "siffra", "Siffra", "text" }, { "antal", "Antal", "count" }, { "andel", "Andel", "text" }, { "vantat", "Väntat", "text" },
                    { "avvikelse", "Skillnad", "text" } }
  local rows, notes = {}, {}
  if not b.mad then
    notes[1] = ("%s belopp är färre än de %s som behövs för att fördelningen ska säga något. Ingen slutsats dras."):format(grouped(b.n), grouped(b.minst))
    return { name = "benford", title = "Benfords lag", facts = facts, columns = columns, rows = rows, notes = notes, refused = true }
  end
  facts[#facts + 1] = { "mad", nil, b.mad }
  facts[#facts + 1] = { nil, "Medelavvikelse (MAD)", ("%s; gränsen för avvikelse är %s"):format(parts(b.mad), parts(b.grans)) }
  facts[#facts + 1] = { "conformity", "Följer lagen", b.foljer }
  for _, d in ipairs(b.siffror) do
    local is = d.count * 1000000000 // b.n
    rows[#rows + 1] = { siffra = tostring(d.siffra), antal = d.count, andel = parts(is), vantat = parts(d.vantat),
                        avvikelse = (is < d.vantat and "−" or "+") .. parts(math.abs(is - d.vantat)) }
  end
  notes[1] = "Belopp som är satta (hyror, avtal, avgifter) följer inte lagen utan att något är fel. Gränserna är Nigrinis (2012)."
  return { name = "benford", title = "Benfords lag", facts = facts, columns = columns, rows = rows, notes = notes }
end

-- ---- round amounts ----

function analyses.round(bok, args)
  local filter, what = analyses.filter(bok, args, args.of or "4..7")
  local n, size = 0, 0
  for _, _, belopp in bok:rows(filter) do n, size = n + 1, size + math.abs(belopp) end
  local rows = {}
  for _, unit in ipairs { 100, 1000, 5000, 10000, 50000, 100000 } do
    local condition = ("round %d"):format(unit)
    local f = { account = filter.account, where = args.where and ("(%s) and %s"):format(args.where, condition) or condition }
    local antal, belopp = 0, 0
    for _, _, b in bok:rows(f) do antal, belopp = antal + 1, belopp + math.abs(b) end
    rows[#rows + 1] = { jamnt = unit * 100, antal = antal, andel = share(antal, n), belopp = belopp, andel_belopp = share(belopp, size) }
  end
  return { name = "round", title = "Jämna belopp", facts = { { "population", "Population", what }, { "count", "Antal", n }, { "size", nil, size },
      { nil, "Utan tecken", kr(size) } }, columns = { { "jamnt", "Hela antal av", "amount" }, { "antal", "Rader", "count" }, { "andel", "Andel", "text" },
      { "belopp", "Belopp", "amount" }, { "andel_belopp", "Andel", "text" } }, rows = rows,
    notes = { "Varje klass innehåller dem under sig. medel ledger FIL --rows \"round 10000\" listar raderna." } }
end

-- ---- two years, or two files ----

local function another(file, args)
  return require("medel.session").new({ ledger = file, mapping = args.mapping, encoding = args.encoding }):ledger()
end

-- Closing balances and results of a year by account; what the file does not state of year 0 its rows say.
local function closings(bok, year)
  local out, stated = {}, false
  for konto, _, _, ub, res in bok:balances(year) do
    stated = stated or ub ~= nil or res ~= nil
    out[konto] = ub or res
  end
  if stated or year < 0 then return out, stated end
  for konto, ib, summa in bok:balances() do out[konto] = (ib or 0) + summa end
  return out, true
end

function analyses.compare(bok, args)
  local other = args.compare[1] and another(args.compare[1], args)
  local now = closings(bok, 0)
  local before, there = closings(other or bok, other and 0 or -1)
  if not there then error("the file states no balances of the year before: name its file with --compare FILE", 0) end
  local names, list, rows = {}, {}, {}
  for _, b in ipairs { other or bok, bok } do
    for konto, namn in b:accounts(args.of) do
      if names[konto] == nil then list[#list + 1] = konto end
      names[konto] = namn
    end
  end
  table.sort(list)
  local total = { konto = "Summa", nu = 0, fore = 0, skillnad = 0 }
  for _, konto in ipairs(list) do
    local a, b = now[konto] or 0, before[konto] or 0
    if a ~= 0 or b ~= 0 then
      local d = a - b
      rows[#rows + 1] = { konto = konto, namn = names[konto], nu = a, fore = b, skillnad = d,
                          procent = b ~= 0 and ("%s%d,%d %%"):format((d < 0) ~= (b < 0) and d ~= 0 and "−" or "+",
                            math.abs(d) * 1000 // math.abs(b) // 10, math.abs(d) * 1000 // math.abs(b) % 10) or "" }
      total.nu, total.fore, total.skillnad = total.nu + a, total.fore + b, total.skillnad + d
    end
  end
  local of_other = other and (other.rakenskapsar > 0 and tostring(other.rakenskapsar) or other.fil:match "[^/]+$")
  local year = bok.rakenskapsar > 0 and bok.rakenskapsar
  return { name = "compare", title = "Konto för konto mot " .. (of_other or tostring(year and year - 1 or "året före")),
    facts = { { "file", "Fil", bok.fil:match "[^/]+$" }, { "other", "Mot", other and other.fil:match "[^/]+$" or "föregående år i samma fil" } },
    columns = { { "konto", "Konto", "text" }, { "namn", "Namn", "text" }, { "nu", year and tostring(year) or "Nu", "amount" },
      { "fore", of_other or tostring(year and year - 1 or "Före"), "amount" }, { "skillnad", "Skillnad", "amount" }, { "procent", "Procent", "text" } },
    rows = rows, total = total, notes = { "Balanskonton är utgående saldon, resultatkonton årets resultat; procent är av beloppet före." } }
end

-- ---- month by month, beside last year ----

local function months_of(bok, accounts)
  local out, order = {}, {}
  for _, g in ipairs(bok:sums({ "account", "month" }, accounts)) do
    out[g.key] = out[g.key] or {}
    out[g.key][g.key2:sub(6, 7)] = g.debet + g.kredit
  end
  for konto in pairs(out) do order[#order + 1] = konto end
  return out, order
end

-- Last year's months where the file states them (#PSALDO −1).
local function stated_months(bok, wanted)
  local out = {}
  for year, period, konto, objekt, belopp in bok:period_balances() do
    if year == -1 and not objekt and wanted[konto] then
      out[konto] = out[konto] or {}
      out[konto][period:sub(6, 7)] = (out[konto][period:sub(6, 7)] or 0) + belopp
    end
  end
  return out
end

function analyses.profile(bok, args)
  local accounts = args.profile[1] or args.of or "3..8"
  require "medel.ledger.must_name"(bok, accounts)
  local other = args.beside and another(args.beside, args)
  local now, list = months_of(bok, accounts)
  local wanted, names = {}, {}
  for konto, namn in bok:accounts(accounts) do wanted[konto], names[konto] = true, namn end
  local before = other and months_of(other, accounts) or stated_months(bok, wanted)
  for konto in pairs(before) do
    if not now[konto] then list[#list + 1] = konto end
  end
  for konto, namn in (other or bok):accounts(accounts) do names[konto] = names[konto] or namn end
  table.sort(list)
  local rows, total, any = {}, { konto = "Summa", nu = 0, fore = 0, skillnad = 0 }, next(before) ~= nil
  for _, konto in ipairs(list) do
    for m = 1, 12 do
      local key = ("%02d"):format(m)
      local a, b = now[konto] and now[konto][key] or 0, before[konto] and before[konto][key] or 0
      if a ~= 0 or b ~= 0 then
        rows[#rows + 1] = { konto = konto, namn = names[konto], manad = key, nu = a, fore = any and b or nil, skillnad = any and a - b or nil }
        total.nu, total.fore, total.skillnad = total.nu + a, total.fore + b, total.skillnad + a - b
      end
    end
  end
  if not any then total.fore, total.skillnad = nil, nil end
  return { name = "profile", title = "Månad för månad", facts = { { "population", "Population", "konto " .. accounts },
      { "beside", "Mot", other and other.fil:match "[^/]+$" or any and "föregående års periodsaldon i filen" or nil } },
    columns = { { "konto", "Konto", "text" }, { "namn", "Namn", "text" }, { "manad", "Månad", "text" }, { "nu", "I år", "amount" },
      { "fore", "Året före", "amount" }, { "skillnad", "Skillnad", "amount" } }, rows = rows, total = total,
    notes = not any and { "Året före finns inte i filen (#PSALDO −1): ange dess fil med --beside FILE." } or nil }
end

for name, view in pairs(require "medel.ledger.journal") do analyses[name] = view end

return analyses
