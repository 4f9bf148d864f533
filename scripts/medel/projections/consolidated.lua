-- consolidated.lua: several förbund as if they were one: what is added up, what the guideline would
-- be, which members they share, and what cannot be eliminated.
local medel = require "medel"
local parts = require "medel.projections.parts"
local scenario = require "medel.scenario"

local consolidated = {}

local added = { { "medlemsbidrag", "Medlemsbidrag" }, { "kostnader", "Kostnader" }, { "resultat", "Årets resultat" }, { "eget_kapital", "Eget kapital" },
                { "kassa", "Kassa och bank" } }

local function forbund_of(run)
  local f = run.base.forbund
  return f and (f.org_nr or f.namn) or run.base.fil, f and f.namn or run.base.fil
end

-- The first scenario of each förbund.
local function chosen(results)
  local runs, names, seen = {}, {}, {}
  for _, run in ipairs(results) do
    local key, name = forbund_of(run)
    if not seen[key] then runs[#runs + 1], names[#names + 1], seen[key] = run, ("%s (%s)"):format(name, run.scenario.name), true end
  end
  return runs, names
end

local function sum_of(runs, id, year)
  local sum
  for k, run in ipairs(runs) do
    local value = run.projection:figure(id, year)
    if not value then return nil end
    sum = k == 1 and value or sum + value
  end
  return sum
end

-- The stair that all of them are measured by in a year; nil where they are not by the same.
local function stair_of(runs, year)
  local first = runs[1]
  local ok, stair = pcall(function()
    return first.parameters:at(year < first.first and first.base or scenario.report(first, year)).riktlinje.eget_kapital
  end)
  if not ok then return nil end
  for _, run in ipairs(runs) do
    local own, limit = run.projection:figure("medlemsbidrag", year), run.projection:figure("riktlinje", year)
    if not own or not limit or stair(own):ore() ~= limit:ore() then return nil end
  end
  return stair
end

local function add_guideline(out)
  local limit, margin = { id = "riktlinje", label = "Riktlinje för summan", years = {} }, { id = "marginal", label = "Marginal till den", years = {} }
  for year = out.first, out.last do
    local stair, sum, equity = stair_of(out.runs, year), sum_of(out.runs, "medlemsbidrag", year), sum_of(out.runs, "eget_kapital", year)
    if stair and sum and equity then
      limit.years[year] = stair(sum)
      margin.years[year] = limit.years[year] - equity
      out.confirmed_to = stair.confirmed_to and (sum - stair.confirmed_to):parts() > 0 and stair.confirmed_to or out.confirmed_to
    end
  end
  if next(limit.years) then table.move({ limit, margin }, 1, 2, #out.figures + 1, out.figures) end
end

-- Members of more than one of them, with what they give in all.
local function shared_members(out)
  local by_name, list = {}, {}
  for _, run in ipairs(out.runs) do
    for _, member in ipairs(parts.members(run)) do
      local one = by_name[member.name] or { name = member.name, of = 0, years = {} }
      by_name[member.name] = one
      one.of = one.of + 1
      for year = out.first, out.last do
        one.years[year] = one.of == 1 and member.years[year] or one.years[year] and member.years[year] and one.years[year] + member.years[year]
      end
      if one.of == 2 then list[#list + 1] = one end
    end
  end
  return list
end

local function notes_of(out)
  local list = { "Raderna är adderade år för år, som om förbunden hade en gemensam redovisning. Ingenting är eliminerat: av rapporterna framgår inte vad förbunden "
    .. "köper av varandra, vad de är skyldiga varandra eller vilka kostnader de delar. Finns sådant är intäkter, kostnader, fordringar och skulder här för stora; "
    .. "resultatet och eget kapital påverkas inte." }
  if #out.members > 0 then
    local said = {}
    for i, m in ipairs(out.members) do said[i] = ("%s (%s %d)"):format(m.name, m.years[out.last]:text "kr", out.last) end
    list[#list + 1] = ("Medlemmar i mer än ett av dem, med det de ger sammanlagt: %s."):format(table.concat(said, ", "))
  end
  if #out.figures > #added then
    local own = sum_of(out.runs, "riktlinje", out.last)
    list[#list + 1] = ("Riktlinjen är räknad på de sammanlagda bidragen, som för ett enda förbund. Så länge de är skilda åt gäller vars och ens egen; de är tillsammans %s %d.%s"):format(
      own:text "kr", out.last, out.confirmed_to and (" Trappan är inte bekräftad för bidrag över %s."):format(out.confirmed_to:text "kr") or "")
  else
    list[#list + 1] = "Någon gemensam riktlinje är inte räknad: förbunden mäts inte mot samma trappa."
  end
  return list
end

-- The first scenario of each förbund, in the years that all of them have: { runs, names, first, last,
-- figures = { { id, label, years } }, members, notes }; nil of one förbund only.
function consolidated.of(results)
  local runs, names = chosen(results)
  if #runs < 2 then return nil end
  local out = { runs = runs, names = names, figures = {}, first = -math.huge, last = math.huge }
  for _, run in ipairs(runs) do out.first, out.last = math.max(out.first, run.first - 1), math.min(out.last, run.last) end
  if out.first > out.last then return nil end
  for _, f in ipairs(added) do
    local row = { id = f[1], label = f[2], years = {} }
    for year = out.first, out.last do row.years[year] = sum_of(runs, f[1], year) end
    out.figures[#out.figures + 1] = row
  end
  add_guideline(out)
  out.members = shared_members(out)
  out.notes = notes_of(out)
  return out
end

-- Title, head, and rows of tkr.
function consolidated.rows(sum)
  local head, rows = { "tkr" }, {}
  for year = sum.first, sum.last do head[#head + 1] = tostring(year) end
  for _, f in ipairs(sum.figures) do
    local row = { f.label }
    for year = sum.first, sum.last do row[#row + 1] = parts.short(f.years[year]) end
    if next(f.years) then rows[#rows + 1] = row end
  end
  return "Sammanlagt, utan elimineringar: " .. table.concat(sum.names, ", "), head, rows
end

-- quantity: how json.lua writes an exact value
function consolidated.json(sum, quantity)
  local out = { scenarios = {}, years = {}, shared_members = {}, notes = sum.notes }
  for i, run in ipairs(sum.runs) do out.scenarios[i] = run.scenario.name end
  local function by_year(values)
    local list = {}
    for year = sum.first, sum.last do list[#list + 1] = { year = year, amount = values[year] and quantity(values[year]) or medel.null } end
    return list
  end
  for year = sum.first, sum.last do
    local entry = { year = year, figures = {} }
    for _, f in ipairs(sum.figures) do entry.figures[f.id] = f.years[year] and quantity(f.years[year]) or medel.null end
    out.years[#out.years + 1] = entry
  end
  for i, m in ipairs(sum.members) do out.shared_members[i] = { name = m.name, years = by_year(m.years) } end
  return out
end

return consolidated
