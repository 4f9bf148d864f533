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
  local u = { paths = r.paths, seed = r.seed, years = r.years, data = { paths = r.paths, seed = r.seed, reserve_ore = r.reserve, ever_below = r.ever_below, years = r.years, inputs = lines },
              head = { "tkr", "5 %", "25 %", "50 %", "75 %", "95 %", "över riktlinjen", "under noll" }, rows = {} }
  for i, y in ipairs(r.years) do
    y.year = run.first + i - 1
    local row = { tostring(y.year) }
    for k, q in ipairs(y.quantiles) do row[k + 1] = tkr(q) end
    row[7], row[8] = percent_text(y.above, r.paths), percent_text(y.below, r.paths)
    u.rows[i] = row
  end
  u.sentences = {
    ("Eget kapital tar slut något år i %s av banorna."):format(percent_text(r.ever_below, r.paths)),
    ("Den reserv vid periodens början som räcker hela perioden med 95 procents säkerhet är %s."):format(medel.kr((r.reserve + 99) // 100):text()),
    "Draget ur " .. table.concat(lines, "; ") .. ".",
  }
  return u
end

return uncertainty
