-- assumptions.lua: all that a projection rests on, as rows of texts and as data that it can be
-- computed from again.
local medel = require "medel"
local scenario = require "medel.scenario"
local diagnostics = require "medel.diagnostics"

local assumptions = {}

local function percent(q)
  local num, den = q:parts()
  if num * 100 % den == 0 then return (q:text "%0") end
  return (q:text(num * 1000 % den == 0 and "%1" or "%2"))
end

-- ---- a decision in words ----

local function label_of(run, id, income)
  for _, b in ipairs(run.projection:blocks()) do
    if b.id == id and b.income == (income or false) then return b.label end
  end
  return ({ individ = "individinriktade insatser", struktur = "strukturövergripande insatser", administration = "administration" })[id] or id
end

local function signed(q)
  if q:unit() ~= "share" then return (q:text "+kr") end
  return (q:parts() > 0 and "+" or "") .. percent(q)
end

local names = { medlemsbidrag = "medlemsbidraget", staten = "statens bidrag", region = "regionens bidrag", kommuner = "kommunernas bidrag",
                index = "index på kostnader", realisering = "realisering av kostnaderna", ranta = "ränta på likvida medel" }

-- A share changes what there is, an amount replaces it.
local function level(q)
  if q:unit() == "share" then return signed(q) end
  return "till " .. q:text "kr" .. " om året"
end

local function each(out, map, format)
  for _, id in ipairs(diagnostics.sorted(map)) do out[#out + 1] = format(id, map[id]) end
end

-- What a decision does, with its amounts: "coachingteamet upphör; 3 månader efter 2025-07".
function assumptions.content(run, d)
  local f, out = d.fields, {}
  for _, key in ipairs { "medlemsbidrag", "staten", "region", "kommuner" } do
    if f[key] then out[#out + 1] = names[key] .. " " .. level(f[key]) end
  end
  if f.kostnad and medel.is_quantity(f.kostnad) then
    out[#out + 1] = (f.kostnad:unit() == "share" and "alla kostnader " or "kostnaderna i allt, utan fördelning, ") .. level(f.kostnad)
  elseif f.kostnad then
    each(out, f.kostnad, function(id, q)
      local amount = type(q) == "table" and not medel.is_quantity(q) and (q[1] or q.belopp) or q
      return label_of(run, id) .. " " .. level(amount)
    end)
  end
  for _, id in ipairs(type(f.stop) == "table" and f.stop or { f.stop }) do out[#out + 1] = label_of(run, id) .. " upphör" end
  each(out, f.scale or {}, function(id, q) return label_of(run, id) .. " blir " .. percent(q) .. " av vad den var" end)
  each(out, f.add or {}, function(id, q) return label_of(run, id) .. " " .. signed(q) .. " om året" end)
  each(out, f.intakt or {}, function(id, q)
    local amount = type(q) == "table" and not medel.is_quantity(q) and (q[1] or q.belopp) or q
    return label_of(run, id, true) .. " " .. level(amount)
  end)
  if f.one_off then out[#out + 1] = "engångskostnad " .. f.one_off:text "kr" end
  each(out, f.balans or {}, function(id, q) return id:gsub("_", " ") .. (q:unit() == "share" and " " .. signed(q) or " till " .. q:text "kr") end)
  for _, key in ipairs { "index", "realisering", "ranta" } do
    if f[key] then out[#out + 1] = names[key] .. " " .. percent(f[key]) .. " från januari " .. d.year end
  end
  if f.antagen_budget then out[#out + 1] = "den budget för " .. d.year .. " som årsredovisningen trycker: tilldelning och kostnader" end
  if f.budget then
    local names, some = {}, {}
    for i, row in ipairs(f.budget.rows) do names[i] = row.name end
    for i = 1, math.min(#names, 6) do some[i] = names[i] end
    out[#out + 1] = ("%d %s månad för månad ur %s: %s%s"):format(#names, #names == 1 and "rad" or "rader", f.budget.file:match "[^/]+$", table.concat(some, ", "), #names > 6 and " …" or "")
  end
  local text = table.concat(out, "; ")
  if f.each_year then text = text .. "; igen varje januari" end
  if d.to_year then text = text .. "; till och med " .. ("%04d-%02d"):format(d.to_year, d.to_month) end
  if (d.delay or 0) > 0 then text = text .. ("; kostnaderna ändras %d %s senare"):format(d.delay, d.delay == 1 and "månad" or "månader") end
  if d.year > run.last then text = ("%s; efter %d, och utan verkan på de år som är beräknade"):format(text, run.last) end
  return text
end

-- ---- the rest ----

-- The base as it was named: without the way to where it lies.
function assumptions.base_name(run)
  local name = scenario.base_names[run.base] or run.base.fil
  local prefix = medel.data .. "/"
  if name:sub(1, #prefix) == prefix then name = name:sub(#prefix + 1) end
  return name:sub(1, 1) == "/" and name:match "[^/]+$" or name
end

-- "3 % 2024–2026, 2 % från 2027": what held in each year.
local function by_years(run, key, text)
  local out, from, last = {}, run.first, nil
  local function close(year)
    out[#out + 1] = from == year and ("%s %d"):format(last, year) or ("%s %d–%d"):format(last, from, year)
  end
  for year = run.first, run.last do
    local now = text(run.projection:assumed(year)[key])
    if last and now ~= last then
      close(year - 1)
      from = year
    end
    last = now
  end
  close(run.last)
  return table.concat(out, ", ")
end

local function given(run, key)
  return run.scenario.settings[key] ~= nil
end

local function stair(list)
  local out = {}
  for _, s in ipairs(list or {}) do
    out[#out + 1] = percent(s.andel) .. (s.till and " upp till " .. medel.ore(s.till):text "kr" or " däröver")
  end
  return table.concat(out, ", ")
end

-- Rows: what, how much, from where.
function assumptions.rows(run)
  local a, out = run.projection:assumed(run.first), {}
  local function add(...) out[#out + 1] = { ... } end
  local ar = run.base
  add("Basår", tostring(run.first - 1), assumptions.base_name(run))
  add("Index på kostnader", by_years(run, "index", percent), given(run, "index") and "antaget" or "inget antaget")
  add("Realisering av kostnaderna", by_years(run, "realisering", percent), given(run, "realisering") and "antagen" or "ingen antagen")
  add("Ränta på likvida medel", by_years(run, "ranta", percent), given(run, "ranta") and "antagen" or "basårets finansnetto av medelkassan")
  add("Parternas andelar", ("staten %s, region %s, kommuner %s"):format(percent(a.staten), percent(a.region), percent(a.kommuner)),
    "FinsamL 5 §: den som ger minst drar med sig de andra")
  add("Spärr för statens minskning", a.sparr and "högst " .. percent(a.sparr) .. " om året så länge eget kapital är inom riktlinjen" or "ingen",
    run.scenario.settings.sparr == false and "avstängd i scenariot" or a.sparr_kalla or "ingen gällde")
  local guided, from = a, run.first
  while from < run.last and not guided.riktlinje do from, guided = from + 1, run.projection:assumed(from + 1) end
  add("Riktlinje för eget kapital", guided.riktlinje and stair(guided.riktlinje) .. (from > run.first and (" från %d"):format(from) or "")
    or "ingen gällde " .. (run.first == run.last and run.first or ("%d–%d"):format(run.first, run.last)), guided.riktlinje_kalla or "riktlinje.eget_kapital")
  add("Fordringar, skulder och avsättningar", "som vid basårets slut om inget beslut ändrar dem", ar.fil:match "[^/]+$")
  if run.scenario.settings.replace then
    local parts = diagnostics.sorted(run.scenario.settings.replace)
    add("Egna funktioner i modellen", table.concat(parts, ", "), "scenariofilen; de kan inte räknas om ur det som skrivs ut")
  end
  return out
end

-- Rows of the decisions: from, title, content, by, reason, document.
function assumptions.decisions(run)
  local rows = {}
  for _, d in ipairs(run.scenario.decisions) do
    rows[#rows + 1] = { d.from, d.title, assumptions.content(run, d), d.by or "", d.reason or "", d.document or "" }
  end
  return rows
end

-- ---- as data ----

local base_figures = { "bidrag_staten", "bidrag_region", "bidrag_kommuner", "medlemsbidrag", "ovriga_intakter", "kostnader", "finansnetto",
                       "avskrivningar", "resultat", "eget_kapital", "riktlinje", "kassa", "fordringar", "kortfristiga_placeringar",
                       "anlaggningstillgangar", "avsattningar", "langfristiga_skulder", "kortfristiga_skulder" }

-- quantity: how json.lua writes one.
function assumptions.data(run, quantity)
  local p, null = run.projection, medel.null
  local function or_null(q) return q and quantity(q) or null end
  local out = { base = { name = assumptions.base_name(run), year = run.first - 1, figures = {}, costs = {}, incomes = {} }, years = {}, changes = {},
                replaced = run.scenario.settings.replace and diagnostics.sorted(run.scenario.settings.replace) or {} }
  for _, name in ipairs(base_figures) do out.base.figures[name] = or_null(p:figure(name, run.first - 1)) end
  for _, b in ipairs(p:blocks()) do
    local q = p:block(b.id, run.first - 1)
    if q then table.insert(b.income and out.base.incomes or out.base.costs, { id = b.id, group = b.group, value = quantity(q) }) end
  end
  for year = run.first, run.last do
    local a, steps = p:assumed(year), {}
    for i, s in ipairs(a.riktlinje or {}) do steps[i] = { upper_ore = s.till or null, rate = quantity(s.andel) } end
    out.years[#out.years + 1] = { year = year, index = quantity(a.index), realisation = quantity(a.realisering), interest = quantity(a.ranta),
      shares = { staten = quantity(a.staten), region = quantity(a.region), kommuner = quantity(a.kommuner) },
      largest_cut = or_null(a.sparr), guideline = steps }
  end
  for i, c in ipairs(run.changes) do
    out.changes[i] = { driver = c.driver, op = c.op, target = c.target or null, value = quantity(c.value), year = c.year, month = c.month,
                       delay = c.lag or 0, braked = c.braked and true or false, decision = c.decision, group = c.group or null }
  end
  return out
end

return assumptions
