-- new.lua: a template for a report, from the taxonomy.
local spec = {
  name = "new",
  summary = "Write a commented template for a report.",
  description = "Print a report file for a förbund and a year with every table and its usual "
    .. "rows. Fill in what the årsredovisning prints and delete the rest.",
  arguments = { { name = "NAME", doc = "The förbund's name; with --scenario the report to begin from." },
                { name = "YEAR", args = "?", doc = "Financial year; with --scenario the last projected one." } },
  options = { { flags = "--scenario", target = "scenario", doc = "Not a report but a scenario file on one, with its blocks." },
              { flags = "--delar", target = "delar", value = "DATE",
                doc = "A delårsrapport until that day: 2024-08-31." },
              { flags = "--granskning", target = "granskning",
                doc = "Not a report but a granskning.yaml for it: the revisor's own part." },
              { flags = "-o --output", target = "output", value = "FILE",
                doc = "Write to a new file; an existing one is never touched." } },
  exit = { { "0", "written" }, { "2", "could not run" } },
  examples = { { 'medel new "Samordningsförbundet Exempel" 2024 --delar 2024-08-31', "Begin a delårsrapport." },
    { "medel new --scenario 2023.yaml 2028 -o beslut.yaml", "Begin a scenario." },
    { 'medel new "Samordningsförbundet Exempel" 2024 -o 2024.yaml', "Begin a report." } },
}

local unfilled = "_" -- not typed yet: it counts as nothing, and nothing is said of it

local function rows(t, ncolumns, indent, out)
  local widest = 0
  for _, row in ipairs(t.rows) do widest = math.max(widest, #row.id) end
  for _, row in ipairs(t.rows) do
    local cells = {}
    for i = 1, ncolumns do cells[i] = unfilled end
    out[#out + 1] = ("%s%s:%s { tal: [%s] }   # %s\n"):format(indent, row.id,
      (" "):rep(widest - #row.id), table.concat(cells, ", "), row.label)
  end
end

local function statement(t, year, indent, out)
  local columns
  if t.by_year then
    columns = { tostring(year), tostring(year - 1) }
    if t.id:find "^oversikt" or t.id == "finansierad_verksamhet" then
      columns = {}
      for i = 0, 4 do columns[#columns + 1] = tostring(year - i) end
    elseif t.id == "balanskravsutredning" then
      columns = { tostring(year) }
    end
  elseif t.id == "driftredovisning" then
    columns = { "intakt", "kostnad", "netto", "budget", "avvikelse", "fg_intakt", "fg_kostnad", "fg_netto" }
  else
    columns = { "utfall", "budget", "avvikelse", "fg_utfall" }
  end
  out[#out + 1] = ("%senhet: kr\n%skolumner: [%s]\n"):format(indent, indent, table.concat(columns, ", "))
  out[#out + 1] = ("%srader:\n"):format(indent)
  rows(t, #columns, indent .. "  ", out)
end

-- What a template has no cells for: everything but the tables.
local function sections(d)
  local typed = { noter = true }
  for _, t in ipairs(d.tables) do typed[t.id] = true end
  return require("medel.untyped").sections(d, typed)
end

local function template(name, year)
  local medel = require "medel"
  local d = medel.describe_taxonomy(require("medel.workspace").taxonomy())
  local out = { ([[
# %s, årsredovisning %d.
# Skriv av siffrorna som de är tryckta, även de som ser fel ut.  _ är en cell som inte är
# inskriven än: den räknas inte.  Ta bort rader och tabeller som inte finns i tryck.  Ett tryckt
# streck skrivs –, en tom cell ~.  `rad: 1135` efter en rad säger var den står i dokumentet.
# docs/format.md beskriver allt.
medel: 1
forbund:
  namn: "%s"
  # org_nr: 222000-0000
  # medlemmar:
  #   - { namn: Försäkringskassan, part: staten }
  #   - { namn: Regionen, part: region, not_rad: bidrag_region }
  #   - { namn: Kommunen, part: kommun, not_rad: kommunen }   # fran: och till: för den som kom till eller lämnade
  # bildat: %d-01-01      # dag då förbundet bildades; likvidation: dag från vilken det avvecklas
rakenskapsar: %d
dokument: { plats: sida }   # vad rad: räknar, rad eller sida
# Det som inte är inskrivet än.  Ta bort namnet när delen är inskriven, eller när trycket saknar
# den: då sägs det vad som saknas.
ej_inskrivet: [%s]
]]):format(name, year, (name:gsub("[\\\"]", "\\%0")), year, year, table.concat(sections(d), ", ")) }
  for _, t in ipairs(d.tables) do
    if not t.note then
      out[#out + 1] = ("\n# ---- %s (%s) ----\n%s:\n"):format(t.label, t.law or t.part, t.id)
      statement(t, year, "  ", out)
    end
  end
  out[#out + 1] = "\n# ---- Noter, under sitt tryckta nummer ----\nnoter:\n"
  local number = 2
  for _, t in ipairs(d.tables) do
    if t.note and t.note ~= "ovrig" then
      out[#out + 1] = ("  %d:\n    slag: %s   # %s\n"):format(number, t.note, t.label)
      statement(t, year, "    ", out)
      number = number + 1
    end
  end
  out[#out + 1] = "\n# ---- Övrigt; fälten står i docs/falt.md ----\n"
  for _, f in ipairs(d.fields) do
    if f.name ~= "forbund" and f.name ~= "rakenskapsar" and f.name ~= "dokument" and f.name ~= "ej_inskrivet" then
      out[#out + 1] = ("# %s: %s%s\n"):format(f.name, f.label, f.law and " (" .. f.law .. ")" or "")
    end
  end
  return table.concat(out)
end

-- What a delårsrapport prints: each row of the period, of the same one last year, forecast, budget.
local function interim(name, year, last)
  local medel = require "medel"
  local d, quoted = medel.describe_taxonomy(require("medel.workspace").taxonomy()), name:gsub("[\\\"]", "\\%0")
  local by_id, out = {}, { ([[
# %s, delårsrapport till och med %s.
# Skriv av siffrorna som de är tryckta.  Ta bort rader, kolumner och tabeller som inte finns i
# tryck.  medel audit prövar den som delårsrapport; medel audit --delar jämför den med årsredovisningen.
medel: 1
forbund:
  namn: "%s"
rakenskapsar: %d
dokument: { slag: delarsrapport, fran: %d-01-01, till: %s, plats: sida }

# forvaltningsberattelse:
#   vasentliga_handelser: Händelser av väsentlig betydelse under perioden
#   samlad_bedomning: Bedömning av god ekonomisk hushållning
#   forvantad_utveckling: Förväntad utveckling och kommentar till prognosen
# styrning: { delarsrapport_kravs: true }   # om förbundsordningen kräver delårsrapport
]]):format(name, last, quoted, year, year, last) }
  for _, t in ipairs(d.tables) do by_id[t.id] = t end
  local function add(id, columns, printed)
    local t = by_id[id]
    out[#out + 1] = ("\n# ---- %s ----\n%s:\n  enhet: kr\n  kolumner: [%s]\n"):format(t.label, id, table.concat(columns, ", "))
    if printed then out[#out + 1] = ("  tryckta_kolumner: [%s]\n"):format(table.concat(printed, ", ")) end
    out[#out + 1] = "  rader:\n"
    rows(t, #columns, "    ", out)
  end
  local now, before, to = tostring(year), tostring(year - 1), last:sub(5)
  add("resultatrakning", { now, before, now .. " prognos", now .. " budget" },
    { ('"%s-01-01 – %s"'):format(now, last), ('"%s-01-01 – %s"'):format(before, before .. to), '"Prognos ' .. now .. '"', '"Budget ' .. now .. '"' })
  add("balansrakning", { now, before }, { ('"%s"'):format(last), ('"%s-12-31"'):format(before) })
  add("driftredovisning", { "intakt", "kostnad", "netto", "budget", "prognos" })
  return table.concat(out)
end

local function is_day_of(year, text)
  local day = text:match "^%d%d%d%d%-%d%d%-%d%d$" and text
  return day ~= nil and day:sub(1, 4) == tostring(year) and pcall(require("medel").day, day)
end

-- A scenario on a report: assumptions to fill in, its blocks, and decisions of each kind as comments.
local function scenario_on(path, last)
  local medel, asked = require "medel", require("medel.session").new {}
  local ar = asked:load(path)
  local first = ar.rakenskapsar + 1
  local p, why = medel.project(ar, require("medel.workspace").parameters(), { first = first, last = first, changes = {} })
  if not p then error(why, 0) end
  local out = { ([[
# Ett scenario på %s.  docs/projection.md beskriver allt som ett beslut kan säga.
#   medel project FIL   år för år, riktlinjen, likviditeten, vad varje beslut gör
medel_scenario: 1
scenarios:
  - scenario: Beslutat
    base: %s
    years: [%d, %d]
    index: 0 %%              # på kostnader, varje januari
    # realisering: 100 %%    # utfall av planerade kostnader
    # ranta: 0 %%            # annars basårets egen
    # Ta bort # framför det som gäller.  En andel ändrar det som är, ett belopp ersätter det.
    decisions:
      # - { title: Halverad tilldelning, by: medlemmarna, from: %d-01, medlemsbidrag: -50 %% }
      # - { title: Staten minskar, by: Försäkringskassan, from: %d-01, staten: -10 %% }
      # - { title: Budgeten, by: styrelsen, from: %d-01, budget: budget.csv }   # rad;%d-01;%d-02;…
      # - { title: Flytt, by: styrelsen, from: %d-06, one_off: 100 000 kr }
]]):format(path:match "[^/]+$", path, first, last or first + 4, first, first, first, first, first, first) }
  for _, b in ipairs(p:blocks()) do
    local q = p:block(b.id, first - 1)
    if q and not b.income and b.id ~= "ofordelat" and not q:is_zero() then
      local title = b.label:gsub('[{}:,#"]', "")
      out[#out + 1] = ("      # - { title: %s upphör, by: styrelsen, from: %d-07, delay: 3, stop: %s }   # %s %d\n"):format(title, first, b.id, q:text "kr", first - 1)
    end
  end
  return table.concat(out)
end

local function new_scenario(args)
  local ok, text = pcall(scenario_on, args.NAME, args.YEAR and math.tointeger(tonumber(args.YEAR)))
  if not ok then
    require("medel.terminal").complain_of("new", text)
    return 2
  end
  if not args.output then
    io.stdout:write(text)
    return 0
  end
  return require("medel.output").create(args.output, text, "medel new")
end

function spec.run(args)
  if args.scenario then return new_scenario(args) end
  if not args.YEAR then
    require("medel.terminal").complain "medel new: which YEAR?\n"
    return 2
  end
  local year = math.tointeger(tonumber(args.YEAR))
  if not year or year < 1990 or year > 2100 then
    require("medel.terminal").complain(("medel new: '%s' is no year from 1990 to 2100\n"):format(args.YEAR))
    return 2
  end
  if not require("medel").is_line(args.NAME) then
    require("medel.terminal").complain("medel new: the name must be one line of UTF-8 without control characters\n")
    return 2
  end
  if args.delar and not is_day_of(year, args.delar) then
    require("medel.terminal").complain(("medel new: '%s' is no day of %d, as %d-08-31\n"):format(args.delar, year, year))
    return 2
  end
  local text = args.granskning and require "medel.granskning.skeleton"(year .. ".yaml") or args.delar and interim(args.NAME, year, args.delar) or template(args.NAME, year)
  if not args.output then
    io.stdout:write(text)
    return 0
  end
  return require("medel.output").create(args.output, text, "medel new")
end

return spec
