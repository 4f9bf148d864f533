-- options.lua: the options of every command that audits, described once, and the session that
-- a command's arguments ask for.
local options = {}

options.session = {
  { flags = "--pack", target = "packs", value = "PACK", many = true,
    doc = "Only these packs of rules (nationell, kpmg, a folder); usually nationell and kpmg. A förbund's own pack comes besides." },
  { flags = "--rules", target = "rules", value = "FOLDER", many = true,
    doc = "Rules of your own besides the packs, and where packs are looked for first." },
  { flags = "--only", target = "only", value = "IDS", many = true,
    doc = "Only these rules or groups: EKA-01,SUM." },
  { flags = "--except", target = "except", value = "IDS", many = true,
    doc = "Not these rules or groups." },
  { flags = "--norm", target = "norm", value = "PARAMETER=NORM", many = true,
    doc = "Choose a competing norm: riktlinje.eget_kapital=rak_20." },
  { flags = "--set", target = "set", value = "PARAMETER=VALUE", many = true,
    doc = "Another value for a what-if: prognos.storsta_miss=3%." },
  { flags = "--parameters", target = "parameters", value = "FILE", many = true,
    doc = "Dated parameters of your own; they replace those of the same name." },
  { flags = "-s --scenario", target = "scenario", value = "NAME", many = true,
    doc = "Of a scenario file only this scenario, by number or a part of its name. Of a report the "
      .. "budget or forecast that it prints, \"budget 2024\", instead of its outcome." },
  { flags = "--previous", target = "previous", value = "FILE",
    doc = "Last year's report: comparatives, what is new, what remains, earlier recommendations." },
  { flags = "--delar", target = "delar", value = "FILE",
    doc = "The year's delårsrapport: its forecast, budget and opening balance are compared." },
  { flags = "--sektor", target = "sektor", value = "FILE", many = true,
    doc = "A report of another förbund, for rules that compare with the sector." },
  { flags = "--ledger", target = "ledger", value = "FILE",
    doc = "The bookkeeping of the year, a SIE file: the rules over it run, too." },
  { flags = "--kontoplan", target = "kontoplan", value = "FILE",
    doc = "Which accounts make which rows; else the förbund's own, Kommun-Bas or BAS." },
  { flags = "--mapping", target = "mapping", value = "FILE",
    doc = "The ledger is a CSV file, with these columns." },
  { flags = "--engagement", target = "engagement", value = "FILE",
    doc = "The revisor's decisions; granskning.yaml beside the report unless given." },
  { flags = "--avsteg", target = "avsteg", value = "FILE",
    doc = "What the förbund has decided to do otherwise; avsteg.yaml beside the report unless given." },
  { flags = "--time-limit", target = "time_limit", value = "MS", default = "2000",
    doc = "Milliseconds that one rule may take on one report." },
  { flags = "--memory-limit", target = "memory_limit", value = "MIB", default = "64",
    doc = "MiB that the rules may use." },
}

-- How text is printed.
options.printing = {
  { flags = "--colour --color", target = "colour", value = "WHEN",
    choices = { "auto", "always", "never" }, default = "auto", doc = "Colour in text output." },
  { flags = "--width", target = "width", value = "COLUMNS",
    doc = "How wide text may be; usually the window's width, else 80." },
}

-- Those of the block by name ("--pack"), for a command that has a use for some of them.
function options.some(...)
  local out = {}
  for _, name in ipairs { ... } do
    for _, o in ipairs(options.session) do
      if o.flags:match "%S+$" == name then out[#out + 1] = o end
    end
  end
  return out
end

-- A command's own options, then these.
function options.with(own, shared)
  return table.move(shared or options.session, 1, #(shared or options.session), #own + 1, own)
end

-- A whole number from 'least' to 'most' that an option was given.
function options.whole(text, flag, least, most)
  local n = math.tointeger(tonumber(text))
  if not n or n < least or n > most then error(("%s takes a whole number from %d to %d"):format(flag, least, most), 0) end
  return n
end

local function pairs_of(list, flag, what, pattern)
  local out = {}
  for _, text in ipairs(list or {}) do
    local id, value = text:match(pattern)
    if not id then error(("%s takes PARAMETER=%s, not '%s'"):format(flag, what, text), 0) end
    out[id] = value
  end
  return out
end

local function some(list)
  return list and #list > 0 and list or nil
end

-- What medel.session.new is given, from a command's arguments; 'more' has the last word.
function options.of(args, more)
  local o = {
    packs = some(args.packs), rules = args.rules, only = some(args.only), except = some(args.except),
    norms = pairs_of(args.norm, "--norm", "NORM", "^([%w_.]+)=([%w_]+)$"),
    sets = pairs_of(args.set, "--set", "VALUE", "^([%w_.]+)=(.+)$"), parameters = args.parameters,
    scenario = args.scenario, previous = args.previous, delar = args.delar, sektor = some(args.sektor), ledger = args.ledger, kontoplan = args.kontoplan,
    mapping = args.mapping, engagement = args.engagement, avsteg = args.avsteg,
    time_ms = args.time_limit and options.whole(args.time_limit, "--time-limit", 1, 1000000),
    memory_mb = args.memory_limit and options.whole(args.memory_limit, "--memory-limit", 1, 65536),
    progress = args.ledger and require("medel.progress").bar(args.ledger) or nil,
  }
  for key, value in pairs(more or {}) do o[key] = value end
  for _, flag in ipairs { "kontoplan", "mapping" } do
    if args[flag] and not o.ledger then error(("--%s says how a ledger is read: it needs --ledger FILE"):format(flag), 0) end
  end
  return o
end

function options.open(args, more)
  return require("medel.session").new(options.of(args, more))
end

return options
