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

local function forbund_of(run)
  local f = run.base.forbund
  return f and (f.org_nr or f.namn) or run.base.fil, f and f.namn or run.base.fil
end

-- The first scenario of each förbund added up, in the years that all of them have: { names,
-- first, last, figures = { { id, label, years } } }; nil of one förbund only.
function compare.together(results)
  local runs, seen, names = {}, {}, {}
  for _, run in ipairs(results) do
    local key, name = forbund_of(run)
    if not seen[key] then runs[#runs + 1], names[#names + 1], seen[key] = run, ("%s (%s)"):format(name, run.scenario.name), true end
  end
  if #runs < 2 then return nil end
  local out = { runs = runs, names = names, figures = {}, first = -math.huge, last = math.huge }
  for _, run in ipairs(runs) do out.first, out.last = math.max(out.first, run.first - 1), math.min(out.last, run.last) end
  for _, f in ipairs(compare.figures) do
    local row = { id = f[1], label = f[2], years = {} }
    for year = out.first, out.last do
      local sum
      for k, run in ipairs(runs) do
        local value = run.projection:figure(f[1], year)
        sum = value and (k == 1 and value or sum and sum + value) or nil
      end
      row.years[year] = sum
    end
    -- One förbund's margin says nothing of another's.
    if f[1] ~= "marginal" then out.figures[#out.figures + 1] = row end
  end
  return out
end

compare.together_note = "Summan drar inte av vad förbunden köper av varandra."

-- Title, head, and rows of tkr of together().
function compare.together_rows(sum, short)
  local head, rows = { "tkr" }, {}
  for year = sum.first, sum.last do head[#head + 1] = tostring(year) end
  for _, f in ipairs(sum.figures) do
    local row, some = { f.label }, false
    for year = sum.first, sum.last do
      local v = f.years[year]
      some = some or v ~= nil
      row[#row + 1] = v and short(v) or ""
    end
    if some then rows[#rows + 1] = row end
  end
  return "Tillsammans: " .. table.concat(sum.names, ", "), head, rows
end

-- What the decisions that only one of them has do to a figure; nil without a common base.
function compare.decisions(reference, run)
  local year = math.min(reference.last, run.last)
  return effects.difference(reference, run, "eget_kapital", year), year
end

return compare
