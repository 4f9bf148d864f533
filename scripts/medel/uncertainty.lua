-- uncertainty.lua: how sure a projection is: Monte Carlo around its planned path.
--
-- The only place with floating point: distributions and their quantiles, never statements.
local medel = require "medel"
local distributions = require "medel.distributions"
local parts = require "medel.projections.parts"

local uncertainty = {}

local inputs = { medlemsbidrag = "allocation", realisering = "realisation", forsening = "timing", index = "index" }
local order = { "medlemsbidrag", "realisering", "forsening", "index" }

-- What is drawn unless the scenario says otherwise.
local usual = {
  medlemsbidrag = { kind = "normal", mean = 0, sd = 0.02 },
  realisering = { kind = "triangular", low = 0.9, mode = 1, high = 1.05 },
  forsening = { kind = "triangular", low = 0, mode = 1, high = 6, once = true },
  index = { kind = "normal", mean = 0, sd = 0.01 },
}

local function percent_text(count, of)
  return ("%.1f %%"):format(100 * count / of):gsub("%.", ",") .. ""
end

local function tkr(n)
  return parts.short(medel.kr(n // 100))
end

local labels = { medlemsbidrag = "medlemsbidraget", realisering = "realisering av kostnaderna", forsening = "försening av beslut", index = "index" }

local function said(name, d)
  local months = name == "forsening"
  local function pc(x)
    if months then return ("%g"):format(x):gsub("%.", ",") .. "" end
    return (("%g %%"):format(100 * x):gsub("%.", ","):gsub("%-", "−"))
  end
  local unit = name == "forsening" and " månader" or ""
  name = labels[name]
  if d.kind == "normal" then return ("%s: normal, medel %s, standardavvikelse %s%s"):format(name, pc(d.mean), pc(d.sd), unit) end
  if d.kind == "uniform" then return ("%s: likformig %s till %s%s"):format(name, pc(d.low), pc(d.high), unit) end
  if d.kind == "triangular" then return ("%s: triangel %s, %s, %s%s"):format(name, pc(d.low), pc(d.mode), pc(d.high), unit) end
  return ("%s: empirisk, %d värden"):format(name, #d.values)
end

-- A bar on the terminal, only for runs that take long.
local function progress(start)
  return function(done, total)
    if not medel.isatty(2) or os.clock() - start < 1 then return end
    local full = 30 * done // total
    io.stderr:write("\r[", ("#"):rep(full), ("."):rep(30 - full), "] ", 100 * done // total, " %", done >= total and "\n" or "")
  end
end

function uncertainty.run(run, paths, seed, threads)
  local m = {}
  local chosen, lines = run.scenario.settings.osakerhet or {}, {}
  for key in pairs(chosen) do
    if not inputs[key] and key ~= "korrelation" then
      error(("%s:%d: osakerhet has no '%s': medlemsbidrag, realisering, forsening, index, korrelation"):format(
        run.scenario.file, run.scenario.line, tostring(key)), 0)
    end
  end
  for i, name in ipairs(order) do
    local d = chosen[name] or usual[name]
    m[inputs[name]] = d
    lines[i] = said(name, d)
  end
  if chosen.korrelation then
    local c, at = {}, {}
    for i, name in ipairs(order) do
      at[name], c[i] = i, {}
      for k = 1, #order do c[i][k] = i == k and 1 or 0 end
    end
    for _, pair in ipairs(chosen.korrelation) do
      local a, b = at[pair[1]], at[pair[2]]
      if not a or not b then error(("%s:%d: korrelation is { {\"realisering\", \"index\", percent(30)} }"):format(run.scenario.file, run.scenario.line), 0) end
      c[a][b], c[b][a] = distributions.float(pair[3]), distributions.float(pair[3])
    end
    m.correlation = c
  end
  local r, why = medel.montecarlo(run.projection, m, { paths = paths, seed = seed, threads = threads or 1 }, progress(os.clock()))
  if not r then error(("%s:%d: scenario '%s': %s"):format(run.scenario.file, run.scenario.line, run.scenario.name, why), 0) end
  local last = r.years[#r.years]
  local u = { paths = r.paths, seed = r.seed, years = r.years, inputs = lines, reserve = r.reserve, ever_below = r.ever_below,
              head = { "tkr", "5 %", "25 %", "50 %", "75 %", "95 %", "inom riktlinjen", "under noll", "planens läge" }, rows = {} }
  for i, y in ipairs(r.years) do
    y.year = run.first + i - 1
    local row = { tostring(y.year) }
    for k, q in ipairs(y.quantiles) do row[k + 1] = tkr(q) end
    row[7], row[8] = percent_text(r.paths - y.above - y.below, r.paths), percent_text(y.below, r.paths)
    row[9] = ("%d:e percentilen"):format((100 * y.upto_planned + r.paths // 2) // r.paths)
    u.rows[i] = row
  end
  local last_year = run.last
  u.sentences = {
    ("Vid utgången av %d är eget kapital inom riktlinjen i %s av banorna, över den i %s och under noll i %s."):format(last_year,
      percent_text(r.paths - last.above - last.below, r.paths), percent_text(last.above, r.paths), percent_text(last.below, r.paths)),
    ("Sannolikheten att eget kapital är slut vid utgången av något år till och med %d är %s, om antagandena här håller."):format(last_year,
      percent_text(r.ever_below, r.paths)),
    ("Planen ger %s %d. I %s av banorna blir det så mycket eller mindre; i hälften mellan %s och %s tkr."):format(
      run.projection:figure("eget_kapital", last_year):text(), last_year, percent_text(last.upto_planned, r.paths), tkr(last.quantiles[2]), tkr(last.quantiles[4])),
    ("Den reserv vid periodens början som räcker hela perioden med 95 procents säkerhet är %s."):format(medel.kr((r.reserve + 99) // 100):text()),
    ("Draget i %s banor med frö %d ur %s."):format(medel.count(r.paths):text(), r.seed, table.concat(lines, "; ")),
    "Alla kostnader, även engångskostnader och egna funktioners, rör sig med det som dras, också i tiden. Övriga intäkter och räntesatsen är som planerade på varje bana.",
  }
  -- quantity: how json.lua writes an exact value
  function u.data(quantity)
    local function amount(n) return quantity(medel.ore(n)) end
    local function share(n) return quantity(medel.number(n) / r.paths) end
    local out = { paths = r.paths, seed = r.seed, inputs = lines, sentences = u.sentences, reserve = amount(r.reserve), ever_below = share(r.ever_below), years = {} }
    for i, y in ipairs(r.years) do
      local quantiles = {}
      for k, name in ipairs { "p5", "p25", "p50", "p75", "p95" } do quantiles[name] = amount(y.quantiles[k]) end
      out.years[i] = { year = y.year, quantiles = quantiles, within_guideline = share(r.paths - y.above - y.below), above_guideline = share(y.above), below_zero = share(y.below),
                       up_to_planned = share(y.upto_planned) }
    end
    return out
  end
  return u
end

return uncertainty
