-- host.lua: what medel.h's runtime does, over the same modules as the commands.  The C side
-- calls these functions and reads the tables that they return.
local medel = require "medel"
local files = require "medel.files"
local packs = require "medel.packs"
local workspace = require "medel.workspace"
local session = require "medel.session"
local words = require "medel.writers.words"

local host = {}

-- ---- files that the host gives from memory stand in folders below this name ----

local MEMORY = "memory:"
local memory = {}
files.mount(MEMORY, files.memory(memory))

-- The path of an input: in memory if it has a text.
local function path_of(name, text, folder)
  if not text then return name end
  local path = ("%s/%s/%s"):format(MEMORY, folder, name)
  memory[path] = text
  return path
end

-- ---- settings ----

-- What the calls of medel.h have set, as the options of a session; each audit has one of its
-- own beside them, and rule sets are kept until something changes.
local settings = { norms = {}, sets = {}, parameters = {} }
local rule_sets, read_settings = {}, {}

local function changed() rule_sets, read_settings = {}, {} end
host.changed = changed

function host.taxonomy(name, text)
  if name then
    local taxonomy, why = medel.read_taxonomy(text or files.need(name), name)
    if not taxonomy then error(why, 0) end
    settings.taxonomy = taxonomy
  else
    settings.taxonomy = workspace.taxonomy()
  end
  return settings.taxonomy
end

function host.parameters(name, _, text)
  local path = path_of(name, text, "parametrar")
  local read, why = medel.read_parameters(files.need(path), name)
  if not read then error(why, 0) end
  table.insert(settings.parameters, path)
  changed()
end

local function add_pack(id)
  packs.resolve { id }
  settings.packs = settings.packs or {}
  table.insert(settings.packs, id)
  changed()
end
host.pack = add_pack

function host.pack_files(id, files)
  if not id:find "^[%w_.-]+$" then error("the id of a pack is letters, digits and . _ -", 0) end
  local folder = ("%s/%s"):format(MEMORY, id)
  for name, text in pairs(files) do memory[folder .. "/" .. name] = text end
  if not files["pack.yaml"] then memory[folder .. "/pack.yaml"] = ("medel_pack: 1\nid: %q\n"):format(id) end
  add_pack(folder)
end

function host.norm(parameter, norm)
  settings.norms[parameter] = norm
  changed()
end

function host.set(parameter, value)
  settings.sets[parameter] = value
  changed()
end

function host.select(only, except)
  settings.only, settings.except = only and { only }, except and { except }
  changed()
end

-- ---- audits ----

local function path_in(input, folder)
  return input and path_of(input.name, input.text, folder) or nil
end

-- The session of one audit.
local function session_of(o)
  local options = { previous = o.previous, delar = o.delar, sektor = o.sektor, time_ms = o.time_ms, memory_mb = o.memory_mb, competing = o.norms,
    ledger = path_in(o.ledger, "huvudbok"), mapping = path_in(o.mapping, "mapping"), kontoplan = path_in(o.kontoplan, "kontoplan"),
    engagement = path_in(o.engagement, "granskning"), avsteg = path_in(o.avsteg, "avsteg") }
  if not o.beside then
    options.engagement, options.avsteg = options.engagement or false, options.avsteg or false
  end
  for key, value in pairs(settings) do options[key] = value end
  local asked = session.new(options)
  local kind = options.ledger and "ledger" or "report"
  rule_sets[kind], read_settings[kind] = rule_sets[kind] or {}, read_settings[kind] or {}
  if kind == "report" then asked.rule_sets = rule_sets[kind] end -- the limits of a ledger's follow its size
  asked.settings = read_settings[kind]
  return asked
end

-- What audits of a report compute with; a host may keep it as long as its runtime.
local lent = {}
function host.norms(ar)
  local parameters = session_of {}:parameters(ar)
  lent[parameters] = true
  return parameters
end

local function worth(q)
  return q and { q, q:text() } or nil
end

local function figure(f)
  return {
    name = words.name(f), printed = f.text, value = worth(f.value), file = f.file, line = f.line, col = f.col,
    place = f.place, places = f.places, table = f.table, row = f.row, column = f.column, concept = f.concept,
    year = f.year, variant = f.variant,
  }
end

local function finding(f)
  local out = { expected = worth(f.expected), difference = worth(f.difference), suggested = worth(f.suggested),
                evidence = {} }
  for _, key in ipairs { "rule", "level", "title", "ground", "pack", "recommendation", "message", "cause",
                         "fingerprint", "since", "left_out", "weight", "file", "line", "col", "place" } do
    out[key] = f[key]
  end
  for i, fact in ipairs(f.evidence or {}) do out.evidence[i] = figure(fact) end
  return out
end

local function outcome(rule, message, file)
  return { rule = rule and rule.id, level = rule and rule.level, title = rule and rule.title,
           ground = rule and rule.ground, pack = rule and rule.pack, message = message,
           file = file or rule and rule.file }
end

local function each(list, convert)
  local out = {}
  for i, item in ipairs(list) do out[i] = convert(item) end
  return out
end

function host.audit(ar, o)
  local asked = session_of(o)
  local w = asked:rule_set(ar)
  medel.log("info", ("%d rules in %d packs"):format(#w.rules, #w.packs))
  for _, b in ipairs(w.broken) do medel.log("warning", ("%s: %s"):format(b.file, b.error)) end
  local result = asked:audit(ar)
  workspace.show(result, o.level)
  return {
    json = require("medel.writers.json").all { result },
    finding = each(result.shown, finding), waived = each(result.waived, finding),
    passed = each(result.passed, outcome),
    not_applicable = each(result.not_applicable, function(n) return outcome(n.rule, n.missing) end),
    broken = each(result.broken, function(b) return outcome(b.rule or { id = b.id }, b.error, b.file) end),
  }
end

return host
