-- parts.lua: what every form of a projection says, as texts and rows of texts.
local medel = require "medel"
local answers = require "medel.answers"
local scenario = require "medel.scenario"
local effects = require "medel.effects"
local hindcast = require "medel.hindcast"
local words = require "medel.writers.words"
local assumptions = require "medel.projections.assumptions"

local parts = {}

parts.figures = {
  { "medlemsbidrag", "Medlemsbidrag" }, { "ovriga_intakter", "Övriga intäkter" }, { "kostnader", "Kostnader" },
  { "finansnetto", "Finansnetto" }, { "resultat", "Årets resultat" }, { "eget_kapital", "Eget kapital" },
  { "riktlinje", "Riktlinje" }, { "marginal", "Marginal till riktlinjen" }, { "andel", "Eget kapital, andel" },
  { "kassa", "Kassa och bank" }, { "tillgangar", "Summa tillgångar" },
}

-- Amounts in whole tkr, shares in whole per cent: what a table has room for.
function parts.short(q)
  if not q then return "" end
  if q:unit() == "share" then return (q:text "%0") end
  return (q:text "tkr0":gsub(" tkr$", ""))
end

function parts.years(run)
  local out = {}
  for year = run.first - 1, run.last do out[#out + 1] = year end
  return out
end

-- Rows { label, text for each year }.
function parts.table(run, figures)
  local rows = {}
  for _, f in ipairs(figures or parts.figures) do
    local row, some = { f[2] }, false
    for _, year in ipairs(parts.years(run)) do
      local q = run.projection:figure(f[1], year)
      some = some or q ~= nil
      row[#row + 1] = parts.short(q)
    end
    if some then rows[#rows + 1] = row end -- no guideline was in force in any of the years
  end
  return rows
end

function parts.blocks(run)
  local rows = {}
  for _, b in ipairs(run.projection:blocks()) do
    local row, some = { b.label }, false
    for _, year in ipairs(parts.years(run)) do
      local q = run.projection:block(b.id, year)
      some = some or (q ~= nil and not q:is_zero())
      row[#row + 1] = parts.short(q)
    end
    if some then rows[#rows + 1] = row end
  end
  return rows
end

function parts.head(run)
  local out = { "tkr" }
  for _, year in ipairs(parts.years(run)) do out[#out + 1] = tostring(year) end
  return out
end

local function ore(n)
  return (medel.ore(n):text "kr")
end

-- The first projected year that the base year's own state does not hold over from.
local function told(run, years)
  local list, before = {}, false
  for _, year in ipairs(years) do
    if year < run.first then before = true else list[#list + 1] = year end
  end
  return list, before
end

local function of_months(run, add, stretches, what, key)
  for _, s in ipairs(stretches) do
    local year = s.year
    local ends = s.to and (" till och med %s"):format(s.to) or ""
    add("%s i %s%s; lägst %s i %s.", what, s.from, ends, ore(s.lowest), s.at)
    if key == "eget_kapital" and run.projection:figure(key, year):parts() >= 0 then
      add("Vid utgången av %d är eget kapital åter %s.", year, run.projection:figure(key, year):text())
    end
  end
end

-- Up to which contributions the guideline is confirmed, where some year has more; or nil.
local function unconfirmed(run)
  local ok, limit = pcall(function() return run.parameters:at(run.base).riktlinje.eget_kapital.confirmed_to end)
  for _, year in ipairs(ok and limit and parts.years(run) or {}) do
    local grants = run.projection:figure("medlemsbidrag", year)
    if grants and grants > limit then return limit end
  end
end

-- Leads over to the amount of the first of some years, which is not named again where no other is.
local function of_first(years, another)
  return #years == 1 and not another and ". Då" or (". Vid utgången av %d"):format(years[1])
end

-- The sentences that a reader should see first.
function parts.summary(run)
  local m, p, out = answers.milestones(run), run.projection, {}
  local function add(format, ...) out[#out + 1] = format:format(...) end
  local over, was = told(run, m.over)
  if #over > 0 then
    local year, since = over[1], was and ", och var det redan " .. run.first - 1 or ""
    add("Eget kapital är över riktlinjen vid utgången av %s%s%s är det %s mot %s.", parts.year_list(over), since,
      of_first(over, was), p:figure("eget_kapital", year):text(), p:figure("riktlinje", year):text())
  elseif was then
    add("Eget kapital var över riktlinjen %d (%s mot %s) men är det inte något år därefter.", run.first - 1, p:figure("eget_kapital", run.first - 1):text(),
      p:figure("riktlinje", run.first - 1):text())
  end
  local positive = {}
  for _, year in ipairs((told(run, m.within))) do
    if p:figure("eget_kapital", year):parts() >= 0 then positive[#positive + 1] = year end
  end
  if #positive > 0 then
    local year = positive[1]
    add("Eget kapital ryms inom riktlinjen vid utgången av %s%s är det %s, %s av medlemsbidraget; riktlinjen är %s.", parts.year_list(positive), of_first(positive),
      p:figure("eget_kapital", year):text(), p:figure("andel", year) and p:figure("andel", year):text "%0" or "–", p:figure("riktlinje", year):text())
  end
  local limit = (#over > 0 or was or #positive > 0) and unconfirmed(run)
  if limit then add("Riktlinjen är inte bekräftad för medlemsbidrag över %s; där är den härledd.", limit:text()) end
  of_months(run, add, m.no_equity, "Eget kapital tar slut", "eget_kapital")
  if #m.no_equity > 0 then
    add("Medlemmarna svarar för bristen enligt FinsamL 22 §.")
  else
    add("Eget kapital räcker till och med %d.", run.last)
  end
  of_months(run, add, m.no_cash, "Kassan tar slut", "kassa")
  if #m.no_cash == 0 and m.lowest_cash then add("Kassan är som lägst %s, i %s.", ore(m.lowest_cash.value), m.lowest_cash.at) end
  local braked = told(run, m.braked)
  if #braked > 0 then add("Spärren för statens minskning håller emot %s.", parts.year_list(braked)) end
  local way = answers.runway(run)
  if way then add("Med underskottet %d räcker eget kapital %s år till.", run.last, parts.decimal(way)) end
  for _, line in ipairs(parts.undistributed(run)) do add("%s", line) end
  local usual = answers.usual_of(run)
  if usual.conflict then add("%s", usual.conflict) end
  return out
end

-- What is cut or added in all without saying where: no insats has it.
function parts.undistributed(run)
  local out, some = {}, false
  for _, c in ipairs(run.changes) do
    some = some or c.driver == "kostnad" and (c.target == "ofordelat" or c.target == nil and c.op ~= "scale")
  end
  local q = some and run.projection:block("ofordelat", run.last)
  if q and not q:is_zero() then
    out[1] = ("Av ändringen av kostnaderna %d är %s inte fördelat på någon insats: beslutet säger inte vilken, och antalet deltagare ändras inte av det."):format(
      run.last, q:text "+kr")
  end
  return out
end

-- A plain number with two decimals.
function parts.decimal(q)
  local num, den = q:parts()
  local hundredths = (num * 100 + den // 2) // den
  return ("%d,%02d"):format(hundredths // 100, hundredths % 100)
end

local order = { "error", "deviation", "recommendation" }

-- What the rules say of each year: { year, found = { finding }, text }
function parts.verdict(run)
  local out = {}
  for year = run.first, run.last do
    local found, ids = {}, {}
    for _, level in ipairs(order) do
      for _, f in ipairs(run.audits[year].findings) do
        if f.level == level then
          found[#found + 1] = f
          ids[#ids + 1] = ("%s %s"):format(words.level[f.level], f.rule)
        end
      end
    end
    local text = #ids > 0 and table.concat(ids, ", ") or "ingen iakttagelse"
    local broken = words.broken(run.audits[year])
    if broken then text = ("%s; kunde inte köras: %s"):format(text, broken) end
    out[#out + 1] = { year = year, found = found, passed = #run.audits[year].passed, text = text }
  end
  return out
end

-- The years of a finding whose message is of the first of them.
function parts.years_of(f)
  if #f.years == 1 then return tostring(f.years[1]) end
  return ("%d; likadant %s"):format(f.years[1], parts.year_list({ table.unpack(f.years, 2) }))
end

-- ---- budgets and forecasts that the report prints ----

-- head, and rows { label, text for each plan }, without rows that no plan has.
function parts.plans(printed)
  local head, rows = { "tkr" }, {}
  for i, p in ipairs(printed.list) do head[i + 1] = p.name end
  for k, f in ipairs(printed.list[1] and printed.list[1].figures or {}) do
    local row, some = { f[2] }, false
    for i, p in ipairs(printed.list) do
      local q = p.figures[k][3]
      some = some or q ~= nil
      row[i + 1] = q and (f[1] == "miss" and (q:text "+tkr0":gsub(" tkr$", "")) or parts.short(q)) or "–"
    end
    if some then rows[#rows + 1] = row end
  end
  return head, rows
end

-- Sentences: what the rules find in each plan.
function parts.plan_findings(printed)
  local out = {}
  for _, p in ipairs(printed.list) do
    local none = true
    for _, level in ipairs(order) do
      for _, f in ipairs(p.audit.findings) do
        if f.level == level then
          out[#out + 1] = ("%s: %s %s: %s"):format(p.name, words.level[f.level], f.rule, f.message)
          none = false
        end
      end
    end
    if none then out[#out + 1] = ("%s: ingen iakttagelse; %s utan avvikelse"):format(p.name, words.count(#p.audit.passed, "regel", "regler")) end
  end
  return out
end

function parts.plan_title(printed)
  local name = printed.ar.forbund and printed.ar.forbund.namn or printed.ar.fil
  return ("Budget och prognos som årsredovisningen %d trycker, %s"):format(printed.ar.rakenskapsar, name)
end

parts.plan_note = "Eget kapital är det tryckta året före och det planerade resultatet. Medlemsbidrag som en prognos inte anger "
  .. "är budgetens. medel explain FIL -s NAMN visar var en uppgift står."

-- Every distinct finding once, with its years.
function parts.findings(run)
  local list, by_rule = {}, {}
  for _, v in ipairs(parts.verdict(run)) do
    for _, f in ipairs(v.found) do
      local entry = by_rule[f.rule]
      if not entry then
        entry = { rule = f.rule, level = f.level, title = f.title, years = {}, first = f }
        by_rule[f.rule], list[#list + 1] = entry, entry
      end
      if entry.years[#entry.years] ~= v.year then entry.years[#entry.years + 1] = v.year end
    end
  end
  return list
end

function parts.year_list(years)
  local out, i = {}, 1
  while i <= #years do
    local k = i
    while years[k + 1] == years[k] + 1 do k = k + 1 end
    out[#out + 1] = i == k and tostring(years[i]) or ("%d–%d"):format(years[i], years[k])
    i = k + 1
  end
  return table.concat(out, ", ")
end

function parts.decisions(run)
  return assumptions.decisions(run)
end

local function plain_tkr(n)
  return parts.short(medel.kr(n * 1000))
end

local function signed_tkr(n)
  return (n > 0 and "+" or "") .. plain_tkr(n)
end

-- Rows of whole tkr whose column adds up: from, each effect, to.
local function tkr_rows(from_label, from, list, to_label, to)
  local function tkr(q)
    local num, den = q:parts()
    return num, den * 100000
  end
  local function rounded(q)
    local num, den = tkr(q)
    return num >= 0 and (2 * num + den) // (2 * den) or -((2 * -num + den) // (2 * den))
  end
  local values = {}
  for i, x in ipairs(list) do values[i] = { tkr(x.effect) } end
  local whole = effects.apportion(values, rounded(to) - rounded(from))
  local rows = { { from_label, plain_tkr(rounded(from)) } }
  for i, x in ipairs(list) do rows[i + 1] = { x.title, signed_tkr(whole[i]) } end
  rows[#rows + 1] = { to_label, plain_tkr(rounded(to)) }
  return rows
end

-- Rows, and how the whole was split.
function parts.by_decision(run)
  local e = effects.of(run, "eget_kapital", run.last)
  return tkr_rows("Inget beslut", e.start, e.parts, ("Eget kapital %d"):format(run.last), e.final), effects.method(e)
end

-- What each member gives when the parts share as in the base year: { name, years = { [year] = quantity } };
-- members whose own row the base's note prints, and the state as one.
function parts.members(run)
  local printed, out, ar = {}, {}, run.base
  for _, f in ipairs(ar:facts { table = "not_intakter" }) do
    if f.year == run.first - 1 and f.state == "value" and not printed[f.row] then printed[f.row] = f.value end
  end
  local keys = { staten = "bidrag_staten", region = "bidrag_region", kommun = "bidrag_kommuner" }
  local seen = {}
  for m in medel.each(ar.forbund and ar.forbund.medlemmar) do
    local key = keys[m.part]
    local base = key and run.projection:figure(key, run.first - 1)
    local own = m.part == "staten" and base or m.not_rad and printed[m.not_rad]
    local name = m.part == "staten" and "Staten" or m.namn
    if own and base and not base:is_zero() and not seen[name] then
      seen[name] = true
      local one = { name = name, years = {} }
      for _, year in ipairs(parts.years(run)) do
        one.years[year] = (run.projection:figure(key, year) * (own / base)):rounded "kr"
      end
      out[#out + 1] = one
    end
  end
  return #out > 1 and out or {}
end

function parts.member_rows(run)
  local rows = {}
  for i, one in ipairs(parts.members(run)) do
    rows[i] = { one.name }
    for _, year in ipairs(parts.years(run)) do rows[i][#rows[i] + 1] = parts.short(one.years[year]) end
  end
  return rows
end

-- ---- prices ----

-- A price level is whole parts of this: as a product of shares its denominator outgrows any number in a few years.
local UNIT = 10000000

-- a * b / c to the nearest whole number.
local function share_of(a, b, c)
  local size = math.abs(a)
  local part = size // c * b + (2 * (size % c) * b + c) // (2 * c)
  return a < 0 and -part or part
end

-- By how much index has raised the price of the base year at the year's costs.
local function price_level(run, year)
  local level = UNIT
  for y = run.first, year do
    local num, den = run.projection:assumed(y).index:parts()
    level = level + share_of(level, num, den)
  end
  return level
end

local function at_base_prices(run, amount, year)
  return medel.ore(share_of(amount:ore(), UNIT, price_level(run, year)))
end

-- The same figures in the base year's prices, where index has changed them; nil where it has not.
function parts.real(run)
  local changed = false
  for year = run.first, run.last do changed = changed or not run.projection:assumed(year).index:is_zero() end
  if not changed then return nil end
  local rows = {}
  for _, f in ipairs { { "medlemsbidrag", "Medlemsbidrag" }, { "kostnader", "Kostnader" }, { "resultat", "Årets resultat" }, { "eget_kapital", "Eget kapital" } } do
    local row = { f[2] }
    for _, year in ipairs(parts.years(run)) do row[#row + 1] = parts.short(at_base_prices(run, run.projection:figure(f[1], year), year)) end
    rows[#rows + 1] = row
  end
  return rows
end

-- Cash at the end of each month: head, and a row for each month of the years.
function parts.months(run)
  local head, rows = { "tkr" }, {}
  for year = run.first, run.last do
    head[#head + 1] = tostring(year)
    for m, month in ipairs(run.projection:months(year) or {}) do
      rows[m] = rows[m] or { answers.month_names[m] }
      rows[m][#head] = parts.short(medel.ore(month.kassa))
    end
  end
  return head, rows
end

-- The lowest cash of each year and its month: rows for a terminal.
function parts.lowest_cash(run)
  local low, when = { "Lägsta kassa" }, { "i månad" }
  for _, year in ipairs(parts.years(run)) do
    local least, at
    for m, month in ipairs(year >= run.first and run.projection:months(year) or {}) do
      if not least or month.kassa < least then least, at = month.kassa, m end
    end
    low[#low + 1] = least and parts.short(medel.ore(least)) or ""
    when[#when + 1] = at and answers.month_names[at]:sub(1, 3) or ""
  end
  return { low, when }
end

-- How a scenario differs from the first, by decision; nil when they share no base or do
-- not differ.
function parts.difference(first, run)
  local year = math.min(first.last, run.last)
  local d = effects.difference(first, run, "eget_kapital", year)
  if not d then return nil end
  local list = {}
  for _, x in ipairs(d.parts) do
    if not x.effect:is_zero() then list[#list + 1] = x end
  end
  if #list == 0 or (d.to - d.from):is_zero() then return nil end
  return tkr_rows(first.scenario.name, d.from, list, run.scenario.name, d.to), year
end

function parts.answers(run)
  local rows = {}
  for _, q in ipairs(answers.usual_of(run)) do rows[#rows + 1] = { q.question, q.answer, q.method or "" } end
  for _, q in ipairs(run.sought or {}) do rows[#rows + 1] = { q.question, q.answer, q.method or "" } end
  for _, q in ipairs(answers.latest(run)) do
    rows[#rows + 1] = { ("Senaste månad för ”%s” utan att eget kapital tar slut ett år som det annars räcker"):format(q.decision.title),
                        q.month, "varje månad prövad" }
  end
  return rows
end

-- { id, label, each, years = { [year] = whole participants }, costs = { [year] = per participant } } of
-- each insats: what its cost is enough for when a participant costs as much as in the base year, and more
-- only by index.  A price is no volume: index alone changes no participants.
function parts.participants_of(run)
  local out, ar = {}, run.base
  for insats in medel.each(ar.insatser) do
    local id, n = insats.driftrad, insats.deltagare
    if type(n) == "table" then n = n[1] end
    local cost = id and run.projection:block(id, run.first - 1)
    if cost and medel.is_quantity(n) and n:unit() == "count" and not n:is_zero() and not cost:is_zero() then
      local one = { id = id, label = insats.namn or id, each = cost / n, years = {}, costs = {} }
      for _, year in ipairs(parts.years(run)) do
        local num, den = (at_base_prices(run, run.projection:block(id, year), year) / one.each):parts()
        one.years[year] = (2 * num + den) // (2 * den)
        one.costs[year] = medel.ore(share_of((one.each * medel.count(1)):rounded "kr2":ore(), price_level(run, year), UNIT)) / medel.count(1)
      end
      out[#out + 1] = one
    end
  end
  return out
end

-- Rows: insats, kronor per participant, participants by year.
function parts.participants(run)
  local rows = {}
  for i, one in ipairs(parts.participants_of(run)) do
    rows[i] = { one.label, (one.each:text():gsub("/.*", "")) }
    for _, year in ipairs(parts.years(run)) do rows[i][#rows[i] + 1] = medel.count(one.years[year]):text() end
  end
  return rows
end

-- ---- hindcast ----

-- The score of a run's base; nil when the report prints no earlier year.
function parts.hindcast(run)
  if run.hindcast == nil then run.hindcast = hindcast.of(run.base, run.parameters) or false end
  return run.hindcast or nil
end

local function signed(q)
  return (q:text "+tkr0":gsub(" tkr$", ""))
end

parts.hindcast_caption = "Träffsäkerhet: årets resultat ett år framåt, utfall minus beräknat"

-- head, and a row for each method that is scored: its misses by year, how many, their mean.
function parts.hindcast_table(h)
  local head, rows = { "tkr" }, {}
  for _, y in ipairs(h.years) do head[#head + 1] = tostring(y.year) end
  for _, text in ipairs { "antal år", "snitt utan tecken", "av medlemsbidraget" } do head[#head + 1] = text end
  for _, m in ipairs(hindcast.methods) do
    local row, s = { m.label }, h.score[m.id]
    for _, y in ipairs(h.years) do row[#row + 1] = y[m.id] and signed(y[m.id].miss) or "–" end
    row[#row + 1] = tostring(s.n)
    row[#row + 1] = s.mean and parts.short(s.mean) or s.n > 0 and "för få år" or "inte tryckt"
    row[#row + 1] = s.share and s.share:text "%1" or "–"
    rows[#rows + 1] = row
  end
  return head, rows
end

-- The same runs further on: eget kapital so many years after the last known one.
function parts.hindcast_horizons(h)
  local head, rows = { "Eget kapital, miss i snitt utan tecken, tkr" }, {}
  for _, far in ipairs(h.horizons) do head[#head + 1] = words.count(far.years, "år", "år") end
  for k = 1, 2 do
    local m = hindcast.methods[k]
    rows[k] = { m.label }
    for _, far in ipairs(h.horizons) do
      local s = far[m.id]
      rows[k][#rows[k] + 1] = s.mean and ("%s (n = %d)"):format(parts.short(s.mean), s.n) or ("n = %d"):format(s.n)
    end
  end
  return head, rows
end

-- What was scored, and what the figures can not say.
function parts.hindcast_notes(h)
  local same = true
  for _, y in ipairs(h.years) do
    same = same and y.utan_beslut and y.kand_tilldelning and y.utan_beslut.guess == y.kand_tilldelning.guess
  end
  local out = {
    ("Prövat är modellen utan beslut, och modellen med årens tilldelning som känd i förväg, körda från varje år %d–%d som "
      .. "årsredovisningen trycker; beslut om kostnader är inte kända och ingår inte."):format(h.first - 1, h.last - 1),
    ("Färre än %d år ger inget snitt och ingen andel."):format(hindcast.fewest),
  }
  if same then out[#out + 1] = "Tilldelningen var oförändrad under åren, så att de två ger samma." end
  if h.as_income then out[#out + 1] = "För år utan tryckt medlemsbidrag räknas verksamhetens intäkter som medlemsbidrag." end
  return out
end

return parts
