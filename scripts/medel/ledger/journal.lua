-- journal.lua: tests of journal entries (ISA 240, punkt 33 a), each tied to the risk that it
-- is about: population, criterion, how many, and what it cannot see.
local medel = require "medel"

-- where: an expression; find: function(bok) that gives a filter, or a list of rows.  The
-- population is `of` (accounts), or all rows.
local tests = {
  { id = "helg", risk = "Poster görs när ingen annan ser dem", criterion = "Registrerad, eller daterad där det saknas, på en lördag, söndag eller helgdag",
    where = "holiday", blind = "Automatiska körningar; tid på dygnet finns inte i SIE" },
  { id = "efter_aret", risk = "Resultatet justeras när utfallet är känt", criterion = "Registrerad efter räkenskapsårets slut, på resultatkonton",
    of = "3..8", where = function(bok) return bok.slut and "registered > " .. bok.slut end, blind = "Program som inte skriver registreringsdatum" },
  { id = "sista_dagarna", risk = "Intäkter och kostnader flyttas mellan år", criterion = "Resultatkonton de fem sista dagarna av året",
    of = "3..8", where = function(bok) return bok.slut and "day > " .. medel.date(medel.day(bok.slut) - 5) end,
    blind = "Poster som bokförs på rätt dag men på fel år" },
  { id = "sent", risk = "Poster läggs in i efterhand", criterion = "Registrerad mer än 60 dagar efter sin dag, inte på årets sista dag",
    where = function(bok) return "late > 60" .. (bok.slut and " and not day = " .. bok.slut or "") end, blind = "Program som inte skriver registreringsdatum" },
  { id = "jamna", risk = "Belopp är uppskattade eller påhittade", criterion = "Kostnader som är hela antal av 10 000 kr",
    of = "4..7", where = "round 10000", blind = "Avtalade belopp är ofta jämna" },
  { id = "utan_text", risk = "Poster utan förklaring", criterion = "Varken raden eller verifikationen har en text", where = 'text = ""',
    blind = "Texter som inte säger något" },
  { id = "ord", risk = "Rättelser och omföringar döljer något", criterion = "Texten nämner rättelse, korrigering, ombokning, justering, makulering eller privat",
    where = "text ~ rättelse or text ~ korr or text ~ omboka or text ~ ombokn or text ~ justering or text ~ makul or text ~ privat",
    blind = "Rättelser med andra ord" },
  { id = "intakt_debet", risk = "Intäkter vänds tillbaka", criterion = "Debet på intäktskonton", of = "3", where = "amount > 0",
    blind = "Krediteringar som bokförs som kostnad" },
  { id = "bank_kostnad", risk = "Betalningar går förbi leverantörsreskontran", criterion = "Kostnad i en verifikation med bank och utan leverantörsskuld",
    of = "4..7", where = function(bok) return "with 19 and not with " .. (require("medel.kontoplan").usual(bok) == "bas" and "244" or "25") end,
    blind = "Löner och skatter betalas direkt utan att något är fel" },
  { id = "sallan_konto", risk = "Poster på konton som ingen följer", criterion = "Konton med högst två rader under året",
    find = function(bok)
      local names = {}
      for _, g in ipairs(bok:sums "account") do
        if g.count <= 2 and #names < 500 then names[#names + 1] = "=" .. g.key end
      end
      return #names > 0 and { account = table.concat(names, ",") } or {}
    end, blind = "Konton som används ofta" },
  { id = "sallan_signatur", risk = "Poster av någon som inte brukar bokföra", criterion = "Signaturer med högst fem verifikationer",
    find = function(bok)
      local names = {}
      for _, g in ipairs(bok:sums "sign") do
        if g.key ~= "" and g.vouchers <= 5 and #names < 100 and not g.key:find '"' then names[#names + 1] = ('sign = "%s"'):format(g.key) end
      end
      return #names > 0 and { where = table.concat(names, " or ") } or {}
    end, blind = "Program som inte skriver signaturer; delade inloggningar" },
  { id = "lika", risk = "Samma faktura bokförs två gånger", criterion = "Samma konto, belopp och text inom 14 dagar, i olika verifikationer", of = "4..7",
    find = function(bok)
      local rows = {}
      for _, group in ipairs((bok:repeats("account,amount,text", "4..7", 14))) do
        for _, rad in ipairs(group) do rows[#rows + 1] = rad end
      end
      return rows
    end, blind = "Fakturor med olika text" },
}

local journal = {}

local function population(bok, test)
  return test.of and bok:count(test.of) or bok.rader
end

-- The filter or the list of a test; nil where the books do not say what it needs.
local function found_by(bok, test)
  if test.find then return test.find(bok) end
  local where = test.where
  if type(where) == "function" then where = where(bok) end
  return where and { account = test.of, where = where } or nil
end

-- Calls f(row, amount, voucher) for each hit, in the order of the file.
local function each(bok, found, f)
  if found.account or found.where then
    for rad, _, belopp, _, ver in bok:rows(found) do f(rad, belopp, ver) end
    return
  end
  table.sort(found)
  for _, rad in ipairs(found) do
    local r = bok:row(rad)
    f(rad, r.belopp:ore(), r.ver)
  end
end

local function one(bok, test)
  local found = found_by(bok, test)
  if not found then error(("the test %s needs the year of the books (#RAR)"):format(test.id), 0) end
  local rows = {}
  each(bok, found, function(rad)
    local r = bok:row(rad)
    rows[#rows + 1] = { datum = r.datum, registrerad = r.verifikation.registrerad, ver = r.verifikation.namn, sign = r.sign, konto = r.konto,
                        namn = r.kontonamn, text = bok:text(rad), belopp = r.belopp:ore(), rad = r.line }
  end)
  return { name = "journal", title = "Journalposter: " .. test.id, facts = { { "test", nil, test.id }, { "risk", "Risk", test.risk },
      { "criterion", "Kriterium", test.criterion }, { "where", "Villkor", not test.find and found.where or nil }, { "population", "Population",
        (test.of and "konto " .. test.of or "alla rader") .. ", " .. medel.count(population(bok, test)):text() .. " rader" },
      { "count", "Träffar", #rows }, { "blind", "Ser inte", test.blind } },
    columns = { { "datum", "Datum", "text" }, { "registrerad", "Registrerad", "text" }, { "ver", "Verifikation", "text" }, { "sign", "Signatur", "text" },
      { "konto", "Konto", "text" }, { "namn", "Namn", "text" }, { "text", "Text", "text" }, { "belopp", "Belopp", "amount" }, { "rad", "Rad", "count" } },
    rows = rows }
end

-- All tests as a table, or the rows of one.
function journal.journal(bok, args)
  local wanted = args.journal[1]
  local rows, ids = {}, {}
  for _, test in ipairs(tests) do
    ids[#ids + 1] = test.id
    if test.id == wanted then return one(bok, test) end
  end
  if wanted then error(("there is no test '%s': %s"):format(wanted, table.concat(ids, ", ")), 0) end
  for _, test in ipairs(tests) do
    local found, last, traffar, antal, sum = found_by(bok, test), nil, 0, 0, 0
    each(bok, found or {}, function(_, belopp, ver)
      traffar, sum = traffar + 1, sum + math.abs(belopp)
      if ver ~= last then last, antal = ver, antal + 1 end
    end)
    rows[#rows + 1] = { test = test.id, risk = test.risk, kriterium = test.criterion, population = population(bok, test), traffar = found and traffar or nil,
                        verifikationer = found and antal or nil, belopp = found and sum or nil, ser_inte = test.blind }
  end
  return { name = "journal", title = "Tester av journalposter (ISA 240)", columns = { { "test", "Test", "text" }, { "risk", "Risk", "text" },
      { "kriterium", "Kriterium", "text", detail = true }, { "population", "Av rader", "count" }, { "traffar", "Träffar", "count" },
      { "verifikationer", "Verifikationer", "count" }, { "belopp", "Utan tecken", "amount" }, { "ser_inte", "Ser inte", "text", detail = true } }, rows = rows,
    notes = { "En träff är något att fråga om, inget fel. --journal TEST säger kriteriet, vad testet inte ser, och listar raderna." } }
end

return journal
