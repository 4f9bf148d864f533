-- shape.lua: what a YAML mapping may hold, described once: the description reads and refuses a
-- file, makes its JSON Schema and its page in the docs.
--
-- A shape is { kind, doc, required, ... }.  Kinds:
--   text                    one text; `pattern` and `like` (an example) narrow it
--   date                    YYYY-MM-DD, a day that exists
--   amount                  kronor: "100 000 kr"
--   year                    four digits
--   choice                  one of `of`
--   list                    of `of`
--   map                     of `keys`: { { name, shape }, ... } in the order of the docs
--   named                   any name, each with `of`
--   any                     what somebody else describes
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"

local shape = {}

function shape.text(doc, more)
  local s = { kind = "text", doc = doc }
  for k, v in pairs(more or {}) do s[k] = v end
  return s
end

function shape.needed(doc, more)
  local s = shape.text(doc, more)
  s.required = true
  return s
end

function shape.date(doc, required) return { kind = "date", doc = doc, required = required } end
function shape.amount_of(doc) return { kind = "amount", doc = doc } end
function shape.choice(doc, of, required) return { kind = "choice", doc = doc, of = of, required = required } end
function shape.list(doc, of, required) return { kind = "list", doc = doc, of = of or { kind = "text" }, required = required } end
function shape.named(doc, of) return { kind = "named", doc = doc, of = of or { kind = "text" } } end
function shape.map(keys, doc) return { kind = "map", keys = keys, doc = doc } end

-- The first key of a file of ours.
function shape.version(name) return { name, shape.needed("1", { pattern = "^1$", like = "1" }) } end

local checks = {}

-- A text must be such; an empty key is no text.
local function text_of(doc, map, key, what)
  local value = map[key]
  if type(value) == "string" then return value end
  doc:wrong(map, key, "%s must be a text", what)
  return nil
end

function checks.text(doc, map, key, s, what)
  local text = text_of(doc, map, key, what)
  if text and s.pattern and not text:find(s.pattern) then
    doc:wrong(map, key, "%s is '%s': such as %s is expected", what, text, s.like)
  end
end

function checks.date(doc, map, key, _, what)
  local text = text_of(doc, map, key, what)
  if text and not (text:find "^%d%d%d%d%-%d%d%-%d%d$" and pcall(medel.day, text)) then
    doc:wrong(map, key, "%s is '%s': a day is expected, such as 2024-03-14", what, text)
  end
end

function checks.year(doc, map, key, _, what)
  local text = text_of(doc, map, key, what)
  if text and not text:find "^[12]%d%d%d$" then doc:wrong(map, key, "%s is '%s': a year is expected", what, text) end
end

-- An amount of kronor: "100 000 kr"
function shape.amount(text)
  return medel.kr((text:gsub("%s*kr$", "")))
end

function checks.amount(doc, map, key, _, what)
  local text = text_of(doc, map, key, what)
  local ok, why = true, nil
  if text then ok, why = pcall(shape.amount, text) end
  if not ok then
    doc:wrong(map, key, "%s is '%s': %s", what, text, tostring(why):match "%((.*)%)$" or "an amount is expected: 100 000 kr")
  end
end

function checks.choice(doc, map, key, s, what)
  local text = text_of(doc, map, key, what)
  if not text then return end
  for _, one in ipairs(s.of) do if one == text then return end end
  doc:wrong(map, key, "%s is '%s', not one of %s%s", what, text, table.concat(s.of, ", "), diagnostics.hint(text, s.of))
end

function checks.list(doc, map, key, s, what)
  local list = map[key]
  if type(list) ~= "table" or (next(list) ~= nil and list[1] == nil) then
    doc:wrong(map, key, "%s must be a list", what)
    return
  end
  for i = 1, #list do shape.check(doc, list, i, s.of, ("%s %d"):format(what, i)) end
end

local sorted = diagnostics.sorted

local function mapping(doc, map, key, what)
  local value = map[key]
  if type(value) == "table" and value[1] == nil then return value end
  doc:wrong(map, key, "%s must be a mapping", what)
  return nil
end

function checks.map(doc, map, key, s, what)
  local value = mapping(doc, map, key, what)
  if not value then return end
  local names, known = {}, {}
  for i, entry in ipairs(s.keys) do names[i], known[entry[1]] = entry[1], entry[2] end
  for _, name in ipairs(sorted(value)) do
    if not known[name] then
      doc:wrong(value, name, "unknown key '%s' in %s%s", name, what, diagnostics.hint(name, names))
    else
      -- the file itself needs no name
      shape.check(doc, value, name, known[name], what:find "%.yaml$" and name or ("%s of %s"):format(name, what))
    end
  end
  for _, name in ipairs(names) do
    if known[name].required and value[name] == nil then doc:wrong(map, key, "%s has no '%s'", what, name) end
  end
end

function checks.named(doc, map, key, s, what)
  local value = mapping(doc, map, key, what)
  for _, name in ipairs(value and sorted(value) or {}) do
    if s.name_pattern and not tostring(name):find(s.name_pattern) then
      doc:wrong(value, name, "'%s' in %s: such as %s is expected", name, what, s.name_like)
    end
    shape.check(doc, value, name, s.of, ("%s of %s"):format(name, what))
  end
end

function checks.any() end

-- Everything that is wrong with what stands at a key is told to the collector.
function shape.check(doc, map, key, s, what)
  checks[s.kind](doc, map, key, s, what)
end

-- The collector of a file, with what the file holds as its root, and where; tried by its form.  `what` is
-- what diagnostics call the file's mapping, `name` the file.
function shape.read(path, form, what, name)
  local root, places = files.yaml(path, name)
  local doc, version = diagnostics.collector(name or path, places), form.keys[1][1]
  doc.root = root
  if version:find "^medel_" and (type(root) ~= "table" or root[version] ~= "1") then
    doc:wrong(root, version, "%s: 1 is expected", version)
    doc:done()
  end
  shape.check(doc, { root }, 1, form, what)
  return doc
end

-- ---- the same as JSON Schema ----

local schemas = {}

function shape.schema(s)
  local out = schemas[s.kind](s)
  out.description = s.doc
  return out
end

function schemas.any() return {} end
function schemas.text() return { type = "string" } end
function schemas.date() return { type = "string", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" } end
-- YAML reads 100 000 as a text and 100000 as a number.
function schemas.amount() return { type = { "string", "integer" } } end
function schemas.year() return { type = { "string", "integer" } } end
function schemas.choice(s) return { enum = s.of } end
function schemas.list(s) return { type = "array", items = shape.schema(s.of) } end
function schemas.named(s) return { type = "object", additionalProperties = shape.schema(s.of) } end

function schemas.map(s)
  local properties, required = {}, {}
  for _, entry in ipairs(s.keys) do
    properties[entry[1]] = shape.schema(entry[2])
    if entry[2].required then required[#required + 1] = entry[1] end
  end
  return { type = "object", properties = properties, additionalProperties = false,
           required = #required > 0 and required or nil }
end

-- ---- the same as a page ----

local kind_words = { text = "text", date = "date", amount = "amount", year = "year", list = "list", map = "mapping", named = "mapping", any = "mapping" }

local function rows(s, prefix, out)
  if s.kind == "list" then return rows(s.of, prefix .. "[].", out) end
  if s.kind == "named" then return rows(s.of, prefix .. "NAME.", out) end
  for _, entry in ipairs(s.keys or {}) do
    local name, one = prefix .. entry[1], entry[2]
    local kind = one.kind == "choice" and table.concat(one.of, " / ") or kind_words[one.kind]
    if one.kind == "list" then kind = "list of " .. (one.of.kind == "map" and "mappings" or kind_words[one.of.kind] .. "s") end
    out[#out + 1] = { name, kind .. (one.required and ", required" or ""), one.doc or "" }
    rows(one, name .. (one.kind == "list" and "" or "."), out)
  end
  return out
end

-- { { name, kind, doc }, ... } in the order of the description
function shape.rows(s)
  return rows(s, "", {})
end

return shape
