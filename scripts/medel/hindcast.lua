-- hindcast.lua: the model scored on years that are known.
--
-- The model itself is run from each earlier year that the report prints (medel.past), and its
-- result and eget kapital stand beside what they came to; the förbund's own budget and
-- forecast are scored in the same way, where they are printed.
local medel = require "medel"

local hindcast = {}

-- How each method is known to the reader.  "Known allocation" is told the contributions of
-- the years it projects, as one who knew every decision about them would have been.
hindcast.methods = {
  { id = "utan_beslut", label = "Modellen utan beslut" },
  { id = "kand_tilldelning", label = "Modellen med känd tilldelning" },
  { id = "budget", label = "Förbundets budget" },
  { id = "prognos", label = "Förbundets prognos" },
}

-- With fewer years than this a mean says nothing, and is not given.
hindcast.fewest = 3

local function allocation(ar, year, as_income)
  local view = ar:year(year)
  if as_income then return view.verksamhetens_intakter end
  return view.medlemsbidrag
end

-- Eget kapital of a year: printed, or worked back from a year that has it.
local function equity(ar, year)
  local printed = ar:year(year).eget_kapital
  local past = not printed and medel.past(ar, year)
  return printed or past and past.eget_kapital or nil
end

local function project(past, parameters, first, last, changes)
  return (medel.project(past, parameters, { first = first, last = last, changes = changes, partial = true }))
end

-- The contributions of the years after 'from', as far as all of them are printed.
local function known(ar, from, as_income)
  local changes, last = {}, from
  for year = from + 1, ar.rakenskapsar do
    local a = allocation(ar, year, as_income)
    if not a then break end
    changes[#changes + 1] = { driver = "bidrag", op = "set", value = a, year = year, month = 1, file = ar.fil, line = 1,
                              decision = "känd tilldelning" }
    last = year
  end
  return changes, last
end

local function runs_from(ar, parameters, from)
  local past = medel.past(ar, from)
  if not past then return nil end
  local as_income = not allocation(ar, from)
  local changes, last = known(ar, from, as_income)
  return { from = from, as_income = as_income,
           utan_beslut = project(past, parameters, from + 1, ar.rakenskapsar),
           kand_tilldelning = last > from and project(past, parameters, from + 1, last, changes) or nil }
end

-- A share to the hundredth of a per cent: shares of different years have no small common
-- denominator.
local function rounded_share(miss, of)
  local num, den = (miss / of):abs():parts()
  return medel.number((num * 10000 + den // 2) // den) / 10000
end

-- Mean of the misses without sign, and of their shares of the contributions; with too few
-- only how many there are.
local function score(misses)
  local out = { n = #misses }
  if out.n < hindcast.fewest then return out end
  local sum, shares = medel.kr(0), medel.number(0)
  for _, m in ipairs(misses) do
    sum, shares = sum + m.miss:abs(), shares + rounded_share(m.miss, m.of)
  end
  out.mean, out.share = (sum / out.n):rounded "kr", shares / out.n
  return out
end

local function miss_of(figure, projection, year, now, of)
  local guess = projection and projection:figure(figure, year)
  return guess and now and of and of > medel.kr(0) and { year = year, guess = guess, miss = now - guess, of = of } or nil
end

-- What each method said of a year's result one year before, and how much it missed.
local function year_row(ar, year, run)
  local view = ar:year(year)
  local result, of = view.arets_resultat, allocation(ar, year, run.as_income)
  if not result then return nil end
  local row = { year = year, result = result }
  for _, id in ipairs { "utan_beslut", "kand_tilldelning" } do row[id] = miss_of("resultat", run[id], year, result, of) end
  for _, id in ipairs { "budget", "prognos" } do
    local plan = view[id]:precise "arets_resultat"
    row[id] = plan and of and { year = year, guess = plan, miss = result - plan, of = of } or nil
  end
  return row
end

-- Eget kapital so many years after the last known one.
local function horizon(ar, by_from, years)
  local out = { years = years }
  for _, id in ipairs { "utan_beslut", "kand_tilldelning" } do
    local list = {}
    for year = ar.rakenskapsar - 8, ar.rakenskapsar do
      local run = by_from[year - years]
      list[#list + 1] = run and miss_of("eget_kapital", run[id], year, equity(ar, year), allocation(ar, year, run.as_income))
    end
    out[id] = score(list)
  end
  return out
end

-- { years = { { year, result, utan_beslut = { guess, miss, of }, ... } }, score = { [method] = { n, mean, share } },
--   first, last, horizons = { { years, [method] } }, as_income }; nil when nothing is printed.
function hindcast.of(ar, parameters)
  local last, by_from, out = ar.rakenskapsar, {}, { years = {}, score = {}, horizons = {} }
  for from = last - 9, last - 1 do
    local run = runs_from(ar, parameters, from)
    by_from[from] = run
    out.years[#out.years + 1] = run and year_row(ar, from + 1, run)
    out.as_income = out.as_income or run and run.as_income
  end
  if #out.years == 0 then return nil end
  out.first, out.last = out.years[1].year, last
  for _, m in ipairs(hindcast.methods) do
    local list = {}
    for _, row in ipairs(out.years) do list[#list + 1] = row[m.id] end
    out.score[m.id] = score(list)
  end
  for years = 1, last - out.first + 1 do out.horizons[years] = horizon(ar, by_from, years) end
  return out
end

return hindcast
