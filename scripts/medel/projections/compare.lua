-- compare.lua: scenarios beside one of them, year by year and figure by figure, and what the
-- decisions that differ do.
local effects = require "medel.effects"

local compare = {}

compare.figures = { { "medlemsbidrag", "Medlemsbidrag" }, { "kostnader", "Kostnader" }, { "resultat", "Årets resultat" },
                    { "eget_kapital", "Eget kapital" }, { "marginal", "Marginal till riktlinjen" }, { "kassa", "Kassa och bank" } }

-- The scenario that the others are compared with: --against, else the first.
function compare.against(results, wanted)
  if not wanted then return results[1], 1 end
  local n = math.tointeger(tonumber(wanted))
  for i, run in ipairs(results) do
    if i == n or not n and run.scenario.name:lower():find(wanted:lower(), 1, true) then return run, i end
  end
  error(("--against: no scenario '%s'"):format(wanted), 0)
end

function compare.years(results)
  local first, last = math.huge, -math.huge
  for _, run in ipairs(results) do first, last = math.min(first, run.first - 1), math.max(last, run.last) end
  return first, last
end

-- { run, figures = { { id, label, years = { [year] = { value, difference } } } } } of each but the chosen one.
function compare.of(results, reference)
  local out, first, last = {}, compare.years(results)
  for _, run in ipairs(results) do
    if run ~= reference then
      local one = { run = run, figures = {} }
      for i, f in ipairs(compare.figures) do
        local row = { id = f[1], label = f[2], years = {} }
        for year = first, last do
          local value, of = run.projection:figure(f[1], year), reference.projection:figure(f[1], year)
          if value then row.years[year] = { value = value, difference = of and value - of or nil } end
        end
        one.figures[i] = row
      end
      out[#out + 1] = one
    end
  end
  return out
end

-- Head, and rows of tkr: how much more than the chosen one, figure by figure.
function compare.rows(one, first, last, short)
  local head, rows = { "tkr" }, {}
  for year = first, last do head[#head + 1] = tostring(year) end
  for _, f in ipairs(one.figures) do
    local row, some = { f.label }, false
    for year = first, last do
      local d = f.years[year] and f.years[year].difference
      some = some or d ~= nil and not d:is_zero()
      row[#row + 1] = d and (d:is_zero() and "0" or (d:parts() > 0 and "+" or "") .. short(d)) or ""
    end
    if some then rows[#rows + 1] = row end
  end
  return head, rows
end

-- What the decisions that only one of them has do to a figure; nil without a common base.
function compare.decisions(reference, run)
  local year = math.min(reference.last, run.last)
  return effects.difference(reference, run, "eget_kapital", year), year
end

return compare
