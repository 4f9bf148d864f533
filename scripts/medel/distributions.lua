-- distributions.lua: what a scenario may say that a figure is drawn from.
local medel = require "medel"

local distributions = {}

-- The number that a share, or a count of months, is.
function distributions.float(q)
  if not medel.is_quantity(q) then
    if math.type(q) == "integer" then return q end
    error("a distribution takes percent(...) or whole months, not " .. tostring(q), 0)
  end
  local num, den = q:parts()
  return num / den
end

-- What an input has been from year to year, as the report prints its years: costs in share of
-- the year before's for realisering, change of the contributions for medlemsbidrag.
local history = { realisering = { "verksamhetens_kostnader", 0 }, medlemsbidrag = { "medlemsbidrag", 1 } }

local function from_history(ar, name)
  local what = history[name]
  if not what then error("historik(report, \"realisering\" or \"medlemsbidrag\")", 0) end
  local values = {}
  for year = ar.rakenskapsar - 8, ar.rakenskapsar do
    local now, before = ar:year(year)[what[1]], ar:year(year - 1)[what[1]]
    if now and before and not before:is_zero() then values[#values + 1] = distributions.float(now / before) - what[2] end
  end
  if #values == 0 then error(("%s does not print %s of two years in a row"):format(ar.fil, what[1]), 0) end
  return { kind = "empirical", values = values }
end

-- normal(mean, sd), uniform(low, high), triangular(low, mode, high), empirical { ... }
function distributions.all()
  return {
    normal = function(mean, sd) return { kind = "normal", mean = distributions.float(mean), sd = distributions.float(sd) } end,
    uniform = function(low, high) return { kind = "uniform", low = distributions.float(low), high = distributions.float(high) } end,
    triangular = function(low, mode, high) return { kind = "triangular", low = distributions.float(low), mode = distributions.float(mode), high = distributions.float(high) } end,
    empirical = function(list)
      local values = {}
      for i, q in ipairs(list) do values[i] = distributions.float(q) end
      return { kind = "empirical", values = values }
    end,
    historik = from_history,
  }
end

return distributions
