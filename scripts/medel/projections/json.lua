-- json.lua: projections for another program.
local medel = require "medel"
local parts = require "medel.projections.parts"
local effects = require "medel.effects"
local answers = require "medel.answers"
local hindcast = require "medel.hindcast"
local assumptions = require "medel.projections.assumptions"
local compare = require "medel.projections.compare"
local consolidated = require "medel.projections.consolidated"
local quantity = require("medel.writers.json").quantity

local function finding(f)
  return { rule = f.rule, level = f.level, message = f.message }
end

local function year_of(run, year)
  local out = { year = year, projected = year >= run.first, figures = {}, blocks = {} }
  for _, f in ipairs(parts.figures) do
    local q = run.projection:figure(f[1], year)
    out.figures[f[1]] = q and quantity(q) or medel.null
  end
  for _, b in ipairs(run.projection:blocks()) do
    local q = run.projection:block(b.id, year)
    if q then out.blocks[#out.blocks + 1] = { id = b.id, label = b.label, group = b.group, income = b.income, value = quantity(q) } end
  end
  if run.audits[year] then
    out.findings = {}
    for i, f in ipairs(run.audits[year].findings) do out.findings[i] = finding(f) end
  end
  return out
end

local function plan_of(p)
  local out = { name = p.name, year = p.year, variant = p.variant, made = p.made or medel.null,
                superseded = p.superseded, figures = {}, findings = {} }
  for _, f in ipairs(p.figures) do out.figures[f[1]] = f[3] and quantity(f[3]) or medel.null end
  for i, f in ipairs(p.audit.findings) do out.findings[i] = finding(f) end
  return out
end

-- Eget kapital in the last year over two changes from the first year on, in per cent.
local function grid_of(run)
  local g = answers.grid(run, run.last)
  local out = { year = g.year, cost_changes = g.costs, contribution_changes = g.cuts, rows = {} }
  for i = 1, #g.costs do
    out.rows[i] = {}
    for k = 1, #g.cuts do out.rows[i][k] = g.rows[i][k] and quantity(g.rows[i][k]) or medel.null end
  end
  return out
end

-- Öre of each month of a projected year.
local function months_of(run)
  local out = {}
  for year = run.first, run.last do
    for m, month in ipairs(run.projection:months(year) or {}) do
      out[#out + 1] = { year = year, month = m, contributions_ore = month.medlemsbidrag, income_ore = month.ovriga_intakter, costs_ore = month.kostnader,
                        one_off_ore = month.engangskostnader, interest_ore = month.finansnetto, balance_ore = month.balans, cash_ore = month.kassa,
                        equity_ore = month.eget_kapital }
    end
  end
  return out
end

local function comparison_of(results, args)
  if #results < 2 then return medel.null end
  local reference = compare.against(results, args.against)
  local out = { against = reference.scenario.name, scenarios = {} }
  for i, one in ipairs(compare.of(results, reference)) do
    local list = { scenario = one.run.scenario.name, years = {}, by_decision = {} }
    local first, last = compare.years(results)
    for year = first, last do
      local entry = { year = year, differences = {} }
      for _, f in ipairs(one.figures) do
        local d = f.years[year] and f.years[year].difference
        entry.differences[f.id] = d and quantity(d) or medel.null
      end
      list.years[#list.years + 1] = entry
    end
    local split = compare.decisions(reference, one.run)
    for k, part in ipairs(split and split.parts or {}) do list.by_decision[k] = { title = part.title, effect = quantity(part.effect) } end
    out.scenarios[i] = list
  end
  local sum = consolidated.of(results)
  out.together = sum and consolidated.json(sum, quantity) or medel.null
  return out
end

local function participants_of(run)
  local out = {}
  for i, one in ipairs(parts.participants_of(run)) do
    out[i] = { id = one.id, label = one.label, cost_per_participant = quantity(one.each), years = {} }
    for k, year in ipairs(parts.years(run)) do out[i].years[k] = { year = year, participants = one.years[year], cost_per_participant = quantity(one.costs[year]) } end
  end
  return out
end

local function summary(s)
  return { n = s.n, mean = s.mean and quantity(s.mean) or medel.null, share = s.share and quantity(s.share) or medel.null }
end

local function score_of(run, h)
  local out = { base = run.base.fil, income_for_contributions = h.as_income and true or false, years = {}, methods = {}, horizons = {} }
  for i, y in ipairs(h.years) do
    out.years[i] = { year = y.year, result = quantity(y.result) }
    for _, m in ipairs(hindcast.methods) do
      local x = y[m.id]
      out.years[i][m.id] = x and { projected = quantity(x.guess), miss = quantity(x.miss) } or medel.null
    end
  end
  for i, m in ipairs(hindcast.methods) do
    out.methods[i] = summary(h.score[m.id])
    out.methods[i].id, out.methods[i].label = m.id, m.label
  end
  for i, far in ipairs(h.horizons) do
    out.horizons[i] = { years = far.years, utan_beslut = summary(far.utan_beslut), kand_tilldelning = summary(far.kand_tilldelning) }
  end
  return out
end

return function(results, args)
  local list = {}
  for i, run in ipairs(results) do
    local one = { scenario = run.scenario.name, file = run.scenario.file, line = run.scenario.line,
                  base = assumptions.base_name(run), assumptions = assumptions.data(run, quantity), summary = parts.summary(run), years = {}, decisions = {}, by_decision = {}, answers = {} }
    for _, year in ipairs(parts.years(run)) do one.years[#one.years + 1] = year_of(run, year) end
    for k, d in ipairs(run.scenario.decisions) do
      one.decisions[k] = { title = d.title, content = assumptions.content(run, d), by = d.by or medel.null, from = d.from, reason = d.reason or medel.null,
                           document = d.document or medel.null, line = d.line }
    end
    local split = effects.of(run, "eget_kapital", run.last)
    one.split = split.shared and "shapley" or "in_order"
    for k, x in ipairs(split.parts) do one.by_decision[k] = { title = x.title, effect = quantity(x.effect) } end
    for k, row in ipairs(parts.answers(run)) do
      one.answers[k] = { question = row[1], answer = row[2], method = row[3] }
    end
    one.sensitivity = {}
    for k, bar in ipairs(answers.tornado(run, "eget_kapital", run.last).bars) do
      one.sensitivity[k] = { input = bar.label, low = bar.low_text, high = bar.high_text, effect_low = quantity(bar.low),
                             effect_high = quantity(bar.high) }
    end
    one.grid = grid_of(run)
    one.participants = participants_of(run)
    one.months = months_of(run)
    one.members = {}
    for k, m in ipairs(parts.members(run)) do
      one.members[k] = { name = m.name, years = {} }
      for n, year in ipairs(parts.years(run)) do one.members[k].years[n] = { year = year, contribution = quantity(m.years[year]) } end
    end
    if run.uncertainty then one.uncertainty = run.uncertainty.data(quantity) end
    list[i] = one
  end
  local printed, scores, seen = {}, {}, {}
  for _, run in ipairs(results) do
    local h = not seen[run.base.fil] and parts.hindcast(run)
    if h then scores[#scores + 1] = score_of(run, h) end
    seen[run.base.fil] = true
  end
  for i, one in ipairs(results.printed) do
    printed[i] = { file = one.ar.fil, year = one.ar.rakenskapsar, plans = {} }
    for k, p in ipairs(one.list) do printed[i].plans[k] = plan_of(p) end
  end
  return medel.json { medel_projection = 1, scenarios = list, printed = printed, hindcast = scores,
    comparison = comparison_of(results, args or {}) } .. "\n"
end
