-- plans.lua: the budgets and forecasts that a report prints, each as a report.
local medel = require "medel"

local plans = {}

-- { { name, year, variant, made, report, outcome } }: outcome is the report's view of that
-- year, for what it came to.
function plans.of(ar)
  local out = {}
  for i, p in ipairs(medel.plans(ar)) do
    local report = medel.plan(ar, i)
    out[i] = { name = report.scenario, year = p.year, variant = p.variant, made = p.made, superseded = p.superseded,
               report = report, outcome = ar:year(p.year) }
  end
  return out
end

-- Plans by number or a part of their name; all of them without any.
function plans.choose(ar, wanted)
  wanted = type(wanted) == "table" and wanted or { wanted }
  local list, out, names = plans.of(ar), {}, {}
  if #wanted == 0 then return list end
  for i, p in ipairs(list) do names[i] = p.name end
  for _, want in ipairs(wanted) do
    local n, found = math.tointeger(tonumber(want)), false
    for i, p in ipairs(list) do
      if n == i or not n and p.name:find(want:lower(), 1, true) then
        out[#out + 1], found = p, true
      end
    end
    if not found then
      error(("%s prints no '%s': %s"):format(ar.fil, want, #names > 0 and table.concat(names, ", ")
        or "no budget or forecast with a result"), 0)
    end
  end
  return out
end

local function riktlinje(parameters, p)
  local bidrag = p.report.medlemsbidrag
  -- a year before the guideline has none
  local ok, limit = pcall(function() return bidrag and parameters:at(p.report).riktlinje.eget_kapital(bidrag) end)
  return ok and limit or nil
end

-- What is shown of a plan: printed, or following from it.
function plans.figures(p, parameters)
  local r = p.report
  local bidrag, result, ek = r.medlemsbidrag, r.arets_resultat, r.eget_kapital
  local limit = riktlinje(parameters, p)
  local came_to = p.outcome.arets_resultat
  return {
    { "medlemsbidrag", "Medlemsbidrag", bidrag },
    { "kostnader_netto", "Kostnader efter övriga intäkter och finansnetto", bidrag and bidrag - result },
    { "resultat", "Årets resultat", result },
    { "eget_kapital", "Eget kapital", ek },
    { "riktlinje", "Riktlinje", limit },
    { "marginal", "Marginal till riktlinjen", limit and ek and limit - ek },
    { "andel", "Eget kapital, andel", ek and bidrag and ek / bidrag },
    { "utfall", "Utfall, årets resultat", came_to },
    { "miss", "Utfallet mot planen", came_to and came_to - result },
  }
end

-- Those of a report, all or some, with figures and what the rules say, for those who write:
-- { ar, list }.
function plans.audited(session, ar, wanted)
  local list = plans.choose(ar, wanted or {})
  for _, p in ipairs(list) do
    p.figures = plans.figures(p, session:parameters(ar))
    p.audit = session:audit(p.report)
  end
  return { ar = ar, list = list }
end

return plans
