-- schema.lua: the report format as JSON Schema, for editors.
local spec = {
  name = "schema",
  summary = "Print the report format as JSON Schema, for editors.",
  description = "JSON Schema (2020-12) of a report file, from the taxonomy. With the YAML "
    .. "language server a report is completed and checked while it is typed: put "
    .. "'# yaml-language-server: $schema=medel.schema.json' on its first line.",
  options = {
    { flags = "--of", target = "of", value = "KIND", choices = { "arsredovisning", "granskning", "avsteg", "mall", "pack", "test" },
      default = "arsredovisning", doc = "Of which kind of file." },
    { flags = "-o --output", target = "output", value = "FILE", doc = "Write to a file." },
  },
  exit = { { "0", "printed" }, { "2", "could not run" } },
  examples = { { "medel schema -o medel.schema.json", "For the editor." } },
}

local function ref(name)
  return { ["$ref"] = "#/$defs/" .. name }
end

-- A figure as core/base/figure.c reads it, so that an editor marks "1 0O0".  What is no text in
-- YAML (5222000) is a number there.
local number = "[0-9]+(?:[ .\\u00a0\\u2009\\u202f][0-9]{3})*(?:,[0-9]+)?"
local dash = "[-\\u2212\\u2013\\u2011\\u2014]"
local before = "(?:[Cc](?:irka|a\\.?|:a)|[Uu]ngefär|[Oo]mkring|[Rr]unt|[Dd]rygt|[Kk]nappt|[Nn]ästan|[Nn]ärmare|[Uu]ppemot"
  .. "|[Mm]inst|[Ll]ägst|[ÖÖö]ver|[Uu]nder|[Hh]ögst|[Mm]ax(?:imalt)?|(?:[Mm]er|[Ff]ler|[Hh]ögre|[Ss]törre|[Mm]indre|[Ff]ärre|[Ll]ägre) än)"
local unit = "(?:\\s*(?:%|:\\s*" .. dash .. "|kr/deltagare|kronor|(?:[TtKkMm]|[Mm][Nn]|[Mm]ilj)?\\.?(?:[Kk][Rr]|[Ss][Ee][Kk])\\.?|procent(?:enheter)?|(?:av |/)[0-9]+(?:,[0-9]+)?)"
  .. "|\\s+[A-Za-zÅÄÖåäöéü][^0-9]*)"
local figure_pattern = "^\\s*(?:" .. dash .. "|~|_|(?:" .. before .. "\\s+)?[(]?\\s*(?:" .. dash .. "|[+])?\\s*" .. number
  .. "(?:\\s*%?\\s*" .. dash .. "\\s*" .. number .. ")?\\s*" .. dash .. "?" .. unit .. "?[)]?)?\\s*$"

local place = ref "place"
local place_definition = { anyOf = { { type = "integer", minimum = 1 },
                          { type = "array", items = { anyOf = { { type = "integer" }, { type = "array" } } } } } }
local scalar = ref "printed"
local text = ref "text"

local function object(properties, required)
  return { type = "object", properties = properties, required = required, additionalProperties = false }
end

local function with_place(value)
  return { anyOf = { value, object({ text = { type = "string" }, rad = place }, { "text" }) } }
end

local MAX_COLUMNS = 16

-- A row has as many cells as its table has columns.
local function counted()
  local out = {}
  for n = 1, MAX_COLUMNS do
    local cells = { minItems = n, maxItems = n }
    out[n] = {
      ["if"] = { properties = { kolumner = cells } },
      ["then"] = { properties = { rader = { additionalProperties = {
        ["if"] = { type = "array" }, ["then"] = cells, ["else"] = { properties = { tal = cells } } } } } },
    }
  end
  return { allOf = out }
end

-- Where no file of the förbund adds rows, a row that the taxonomy lacks says what it is under.
local function own_rows_of(t)
  local known = {}
  for _, row in ipairs(t.rows) do known[row.id] = true end
  return { properties = { rader = { properties = known, additionalProperties = ref "own_row" } } }
end

local function own_rows(tables)
  local properties, notes = {}, {}
  for _, t in ipairs(tables) do
    local strict = own_rows_of(t)
    if t.note then
      notes[#notes + 1] = { ["if"] = { properties = { slag = { const = t.note } }, required = { "slag" } }, ["then"] = strict }
    else
      properties[t.id] = strict
    end
  end
  properties.noter = { additionalProperties = { allOf = notes } }
  local nothing_added = { type = "object", ["not"] = { required = { "rader" } } }
  return { ["if"] = { properties = { forbund = nothing_added } }, ["then"] = { properties = properties } }
end

local function definitions()
  local money = { enum = { "kr", "tkr", "mnkr" } }
  local cells = { type = "array", items = scalar }
  return {
    place = place_definition,
    counted = counted(),
    own_row = { type = "object", anyOf = { { required = { "under" } },
      { required = { "vikt" }, properties = { vikt = { enum = { 0, "0" } } } } } },
    printed = { anyOf = { { type = { "number", "null" } }, { type = "string", pattern = figure_pattern } } },
    text = with_place { type = { "string", "number" } },
    figure = { anyOf = { scalar, object({ tal = scalar, rad = place, text = { type = "string" },
      noggrannhet = money }, { "tal" }) } },
    row = { anyOf = { cells, object({
      tal = cells, text = { type = "string" }, ["not"] = { type = { "string", "integer" } },
      rad = place, under = { type = "string" }, vikt = { enum = { 1, 0, -1 } },
      typ = { enum = { "andel", "antal" } }, kommentar = { type = "string" }, noggrannhet = money,
    }, { "tal" }) } },
  }
end

local function figure(doc)
  return { description = doc, anyOf = { ref "figure", { type = "array", items = ref "figure" } } }
end

local function describe(f)
  return f.law and ("%s (%s)"):format(f.label, f.law) or f.label
end

local field

local function fields_of(f)
  local properties, required = {}, {}
  for _, child in ipairs(f.fields or {}) do
    properties[child.name] = field(child)
    if child.required then required[#required + 1] = child.name end
  end
  return object(properties, #required > 0 and required or nil)
end

local simple = {
  word = { type = "string", pattern = "^[A-Za-z0-9_.-]+$" },
  concept = { type = "string", pattern = "^[a-z0-9_]+([.][a-z0-9_]+){0,2}$" },
  flag = { type = "boolean" },
  date = { type = "string", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
  year = { type = "integer", minimum = 1990, maximum = 2100 },
  org_number = { type = "string", pattern = "^[0-9]{6}" .. dash .. "[0-9]{4}$" },
}

function field(f)
  local out
  if f.type == "record" then
    out = fields_of(f)
    if f.name == "forbund" then out = { anyOf = { out, { type = "string" } } } end
  elseif f.type == "records" then
    out = { type = "object", additionalProperties = fields_of(f) }
  elseif f.type == "list" then
    out = { type = "array", items = fields_of(f) }
  elseif f.type == "text" then
    out = { anyOf = { text } }
  elseif f.type == "sections" then
    out = { type = "array", items = ref "section" }
  elseif f.type == "texts" then
    out = { type = "array", items = text }
  elseif f.type == "choice" then
    out = { enum = f.values }
  elseif f.type == "line" then
    out = { anyOf = { place } }
  elseif f.type == "own_rows" then
    out = { type = "object", additionalProperties = { type = "object", additionalProperties =
      object({ under = { type = "string" }, text = { type = "string" }, vikt = { enum = { 1, 0, -1 } },
               typ = { enum = { "andel", "antal" } } }) } }
  elseif simple[f.type] then
    out = {}
    for key, value in pairs(simple[f.type]) do out[key] = value end
  else
    return figure(describe(f))
  end
  out.description = describe(f)
  return out
end

local function row_schema(label)
  return { description = label, anyOf = { ref "row" } }
end

local function table_schema(t, extra)
  local rows = {}
  for _, row in ipairs(t.rows) do rows[row.id] = row_schema(row.label) end
  local columns
  if t.by_year then
    columns = { anyOf = { { type = "integer" }, { type = "string", pattern = "^[0-9]{4}( (budget|prognos|utfall))?$" } } }
  else
    local ids = {}
    for i, c in ipairs(t.columns) do ids[i] = c.id end
    columns = { enum = ids }
  end
  local properties = {
    rubrik = { type = "string" }, rad = place, enhet = { enum = { "kr", "tkr", "mnkr" } },
    tryckt_enhet = text,
    kolumner = { type = "array", items = columns, minItems = 1 },
    tryckta_kolumner = { type = "array", items = { type = { "string", "integer" } } },
    kolumnrad = place, kostnader = { enum = { "positiva", "negativa" } },
    kommentar = { type = "string" },
    rader = { type = "object", properties = rows, additionalProperties = row_schema("Egen rad (under: ...)") },
  }
  for key, value in pairs(extra or {}) do properties[key] = value end
  local out = object(properties, { "enhet", "kolumner", "rader" })
  out.description = t.law and ("%s (%s)"):format(t.label, t.law) or t.label
  out.allOf = { ref "counted" }
  return out
end

-- What a report's sections are called.
local function sections(d)
  local names = { "noter" }
  for _, list in ipairs { d.tables, d.fields } do
    for _, one in ipairs(list) do
      if not one.note then names[#names + 1] = one.id or one.name end
    end
  end
  return { enum = names }
end

local function schema()
  local medel = require "medel"
  local d = medel.describe_taxonomy(require("medel.workspace").taxonomy())
  local properties = { medel = { enum = { 1, "1" }, description = "Version of the format" } }
  local notes = {}
  for _, t in ipairs(d.tables) do
    if t.note then
      notes[#notes + 1] = table_schema(t, { slag = { const = t.note } })
    else
      properties[t.id] = table_schema(t)
    end
  end
  properties.noter = { type = "object", description = "Noter, under sitt nummer",
                       additionalProperties = { anyOf = notes } }
  for _, f in ipairs(d.fields) do properties[f.name] = field(f) end
  local out = object(properties, { "medel", "rakenskapsar" })
  out["$defs"] = definitions()
  out["$defs"].section = sections(d)
  out.allOf = { own_rows(d.tables) }
  out["$schema"] = "https://json-schema.org/draft/2020-12/schema"
  out.title = "medel: årsredovisning för ett samordningsförbund"
  return medel.json(out) .. "\n"
end

-- Of a file whose form is described in Lua (shape.lua).
local function schema_of(kind)
  local module = ({ mall = "medel.granskning.template", pack = "medel.packs", test = "medel.testing" })[kind]
  local out = require("medel.shape").schema(module and require(module).form or require("medel.granskning.form")[kind])
  out["$schema"] = "https://json-schema.org/draft/2020-12/schema"
  out.title = "medel: " .. kind
  return require("medel").json(out) .. "\n"
end

function spec.run(args)
  local text = args.of == "arsredovisning" and schema() or schema_of(args.of)
  if not args.output then
    io.stdout:write(text)
    return 0
  end
  return require("medel.output").replace(args.output, text, "medel schema")
end

return spec
