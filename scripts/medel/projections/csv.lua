-- csv.lua: every figure of every scenario and year, in kronor, one on a line.
local medel = require "medel"
local parts = require "medel.projections.parts"
local answers = require "medel.answers"
local hindcast = require "medel.hindcast"
local effects = require "medel.effects"
local assumptions = require "medel.projections.assumptions"
local compare = require "medel.projections.compare"
local consolidated = require "medel.projections.consolidated"
local csv = require "medel.csv"
local cell = csv.text

-- A decimal number with a point: kronor, or a share.
local function plain(q)
  local num, den = q:parts()
  if q:unit() == "share" then return csv.decimal(num * 1000000 // den, 6) end
  return csv.decimal(num // den, 2)
end

local out, dialect

local function line(name, year, kind, id, label, value)
  if value == nil then return end
  out[#out + 1] = csv.line({ cell(name), csv.whole(year), cell(kind), cell(id), cell(label),
    math.type(value) and csv.whole(value) or type(value) == "string" and cell(value) or plain(value) }, dialect)
end

local function grid(run, name)
  local g = answers.grid(run, run.last)
  for i, cost in ipairs(g.costs) do
    for k, cut in ipairs(g.cuts) do
      line(name, g.year, "rutnat", ("kostnad%+d_medlemsbidrag%+d"):format(cost, cut),
        ("Eget kapital, kostnader %+d %%, medlemsbidrag %+d %%"):format(cost, cut):gsub("%-", "−") .. "", g.rows[i][k])
    end
  end
end

-- What it rests on: each as a text, with where it comes from as its label's end.
local function of_assumptions(run, name)
  for i, row in ipairs(assumptions.rows(run)) do
    line(name, run.first, "antagande", tostring(i), row[3] ~= "" and row[1] .. ": " .. row[3] or row[1], row[2])
  end
  for _, d in ipairs(run.scenario.decisions) do
    line(name, d.year, "beslutat", d.from, d.title .. (d.by and ", " .. d.by or ""), assumptions.content(run, d))
  end
end

local function of_months(run, name)
  for year = run.first, run.last do
    for m, month in ipairs(run.projection:months(year) or {}) do
      for _, f in ipairs { { "kassa", "Kassa" }, { "eget_kapital", "Eget kapital" } } do
        line(name, year, "manad", ("%s_%02d"):format(f[1], m), ("%s, %s"):format(f[2], answers.month_names[m]), medel.ore(month[f[1]]))
      end
    end
  end
end

local function of_uncertainty(u, name)
  local function share(n) return medel.number(n) / u.paths end
  for _, y in ipairs(u.years) do
    for k, percent in ipairs { 5, 25, 50, 75, 95 } do
      line(name, y.year, "osakerhet", "p" .. percent, ("Eget kapital, %d %% av banorna är lägre"):format(percent), medel.ore(y.quantiles[k]))
    end
    line(name, y.year, "osakerhet", "inom_riktlinjen", "Andel banor inom riktlinjen", share(u.paths - y.above - y.below))
    line(name, y.year, "osakerhet", "under_noll", "Andel banor under noll", share(y.below))
    line(name, y.year, "osakerhet", "hogst_planen", "Andel banor som högst når planen", share(y.upto_planned))
  end
  for i, text in ipairs(u.inputs) do line(name, u.years[1].year, "osakerhet", "draget_" .. i, "Fördelning", text) end
  line(name, u.years[1].year, "osakerhet", "banor", "Banor, frö " .. u.seed, u.paths)
end

local function of_comparison(results, args)
  local reference = compare.against(results, args.against)
  for _, one in ipairs(compare.of(results, reference)) do
    for _, f in ipairs(one.figures) do
      local first, last = compare.years(results)
      for year = first, last do
        local value = f.years[year]
        if value and value.difference then
          line(one.run.scenario.name, year, "jamforelse", f.id, ("%s, skillnad mot %s"):format(f.label, reference.scenario.name), value.difference)
        end
      end
    end
  end
  local sum = consolidated.of(results)
  for _, f in ipairs(sum and sum.figures or {}) do
    for year = sum.first, sum.last do line("tillsammans", year, "tillsammans", f.id, f.label .. ", summa av " .. table.concat(sum.names, ", "), f.years[year]) end
  end
end

local function of_run(run)
  local name, p = run.scenario.name, run.projection
  of_assumptions(run, name)
  for _, year in ipairs(parts.years(run)) do
    for _, f in ipairs(parts.figures) do line(name, year, "uppgift", f[1], f[2], p:figure(f[1], year)) end
    for _, b in ipairs(p:blocks()) do
      line(name, year, b.income and "intakt" or "kostnad", b.id, b.label, p:block(b.id, year))
    end
    for _, one in ipairs(parts.participants_of(run)) do
      line(name, year, "deltagare", one.id, one.label, one.years[year])
      line(name, year, "deltagare", one.id .. "_kronor_var", one.label .. ", kronor per deltagare", medel.ore((one.costs[year] * medel.count(1)):rounded "kr":ore()))
    end
    for i, one in ipairs(parts.members(run)) do line(name, year, "medlem", tostring(i), one.name, one.years[year]) end
  end
  for i, x in ipairs(effects.of(run, "eget_kapital", run.last).parts) do
    line(name, run.last, "beslut", tostring(i), x.title, x.effect)
  end
  for i, bar in ipairs(answers.tornado(run, "eget_kapital", run.last).bars) do
    line(name, run.last, "kanslighet", i .. "_lagt", ("%s: %s"):format(bar.label, bar.low_text), bar.low)
    line(name, run.last, "kanslighet", i .. "_hogt", ("%s: %s"):format(bar.label, bar.high_text), bar.high)
  end
  grid(run, name)
  of_months(run, name)
  if run.uncertainty then of_uncertainty(run.uncertainty, name) end
end

local function of_hindcast(run, h)
  for _, y in ipairs(h.years) do
    line(run.base.fil, y.year, "traffsakerhet", "utfall", "Årets resultat", y.result)
    for _, m in ipairs(hindcast.methods) do
      if y[m.id] then line(run.base.fil, y.year, "traffsakerhet", m.id, m.label .. ", miss", y[m.id].miss) end
    end
  end
end

return function(results, args)
  local seen = {}
  out, dialect = {}, args
  for _, run in ipairs(results) do of_run(run) end
  if #results > 1 then of_comparison(results, args or {}) end
  for _, printed in ipairs(results.printed) do
    for _, p in ipairs(printed.list) do
      for _, f in ipairs(p.figures) do line(p.name, p.year, p.variant, f[1], f[2], f[3] or nil) end
    end
  end
  for _, run in ipairs(results) do
    local h = not seen[run.base.fil] and parts.hindcast(run)
    if h then of_hindcast(run, h) end
    seen[run.base.fil] = true
  end
  return csv.file({ "scenario", "ar", "slag", "uppgift", "benamning", "varde" }, out, args)
end
