-- schema.lua: the report format as JSON Schema, for editors.
local spec = {
  name = "schema",
  summary = "Print the report format as JSON Schema, for editors.",
  description = "JSON Schema (2020-12) of a report file, from the taxonomy. With the YAML "
    .. "language server a report is completed and checked while it is typed: put "
    .. "'# yaml-language-server: $schema=medel.schema.json' on its first line.",
  options = { { flags = "-o --output", target = "output", value = "FILE", doc = "Write to a file." } },
  exit = { { "0", "printed" }, { "2", "could not run" } },
  examples = { { "medel schema -o medel.schema.json", "For the editor." } },
}

local function ref(name)
  return { ["$ref"] = "#/$defs/" .. name }
end

local place = ref "place"
local place_definition = { anyOf = { { type = "integer", minimum = 1 },
                          { type = "array", items = { anyOf = { { type = "integer" }, { type = "array" } } } } } }
local scalar = { type = { "string", "number", "null" } }
local text = ref "text"

local function object(properties, required)
  return { type = "object", properties = properties, required = required, additionalProperties = false }
end

local function with_place(value)
  return { anyOf = { value, object({ text = { type = "string" }, rad = place }, { "text" }) } }
end

local function definitions()
  local money = { enum = { "kr", "tkr", "mnkr" } }
  local cells = { type = "array", items = scalar }
  return {
    place = place_definition,
    text = with_place { type = { "string", "number" } },
    figure = { anyOf = { scalar, object({ tal = scalar, rad = place, text = { type = "string" },
      noggrannhet = money }, { "tal" }) } },
    row = { anyOf = { cells, object({
      tal = cells, text = { type = "string" }, ["not"] = { type = { "string", "integer" } },
      rad = place, under = { type = "string" }, vikt = { enum = { 1, -1 } },
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
  org_number = { type = "string", pattern = "^[0-9]{6}-[0-9]{4}$" },
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
  elseif f.type == "texts" then
    out = { type = "array", items = text }
  elseif f.type == "choice" then
    out = { enum = f.values }
  elseif f.type == "line" then
    out = { anyOf = { place } }
  elseif f.type == "own_rows" then
    out = { type = "object", additionalProperties = { type = "object", additionalProperties =
      object({ under = { type = "string" }, text = { type = "string" }, vikt = { enum = { 1, -1 } },
               typ = { enum = { "andel", "antal" } } }, { "under" }) } }
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
  return out
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
  out["$schema"] = "https://json-schema.org/draft/2020-12/schema"
  out.title = "medel: årsredovisning för ett samordningsförbund"
  return medel.json(out) .. "\n"
end

function spec.run(args)
  local text = schema()
  if not args.output then
    io.stdout:write(text)
    return 0
  end
  return require("medel.output").replace(args.output, text, "medel schema")
end

return spec
