-- tree.lua: records and lists of a report file as they are filled by an import: a place is a path like
-- `insatser.bron.deltagare`, `insatser.bron.avslutsorsaker[studier].antal`, `enkater[Personal].svar`.
local medel = require "medel"
local scalars = require "medel.import.scalar"

local tree = {}

-- ---- the shape, from the taxonomy ----

local function by_name(fields)
  if not fields then return nil end
  local set = {}
  for i, f in ipairs(fields) do
    set[f.name] = { type = f.type, label = f.label, required = f.required, values = f.values, at = i, fields = by_name(f.fields) }
  end
  return set
end

function tree.shape(taxonomy) return by_name(medel.describe_taxonomy(taxonomy).fields) end

local figures = { amount = true, share = true, count = true, count_or_share = true, number = true, amount_per_count = true }
local words = { text = true, choice = true, word = true, flag = true, date = true, texts = true, concept = true, year = true, line = true }

-- ---- paths ----

-- "a.b[c d].e" as { { name, key } }; nil if it is none.
function tree.path(text)
  local list, at = {}, 1
  while at <= #text do
    local name, after = text:match("^([%l%d_]+)()", at)
    if not name then return nil end
    local key, further = text:match("^%[([^%]]*)%]()", after)
    list[#list + 1] = { name = name, key = key }
    at = further or after
    if at <= #text then
      if text:sub(at, at) ~= "." or at == #text then return nil end
      at = at + 1
    end
  end
  return #list > 0 and list or nil
end

-- The field that a path names, and why it is none.
function tree.field(shape, text)
  local path = tree.path(text)
  if not path then return nil, "no path: section.record.field was expected" end
  local at, fields, i = nil, shape, 1
  while i <= #path do
    local p = path[i]
    at = fields and fields[p.name]
    if not at then return nil, ("there is no %s"):format(p.name) end
    if at.type == "records" then
      if not path[i + 1] or path[i + 1].key then return nil, ("%s: the name of a record was expected"):format(p.name) end
      i = i + 1
    elseif (at.type == "list") ~= (p.key ~= nil) then
      return nil, ("%s: %s"):format(p.name, at.type == "list" and "which of the list was expected: [text]" or "it is no list")
    end
    fields = at.fields
    i = i + 1
  end
  if at.fields and at.type ~= "text" then return nil, "a field was expected, not a section" end
  return at
end

local kinds = { amount = { amount = true, count = true, number = true }, share = { share = true }, count = { count = true },
                count_or_share = { count = true, share = true }, amount_per_count = { amount_per_count = true, amount = true, count = true } }

-- May a figure of this kind (share, amount, count, ...) stand in the field?
function tree.takes(field, kind) return kinds[field.type] == nil or kinds[field.type][kind] == true end

function tree.is_figure(field) return figures[field.type] or false end
function tree.is_word(field) return words[field.type] or false end

-- ---- filling ----

-- keys: of each list, its items by their keys
local function entry() return { fields = {}, lists = {}, keys = {}, records = {} } end

function tree.new() return entry() end

-- The field that names an item of a list.
local function name_of(fields)
  for _, name in ipairs { "text", "namn", "kommun", "roll", "fraga" } do
    if fields[name] then return name end
  end
end

local function item(e, name, key, fields)
  local list, keys = e.lists[name] or {}, e.keys[name] or {}
  e.lists[name], e.keys[name] = list, keys
  local own = not key:find "^%d+$" and name_of(fields)
  for _, x in ipairs(own and list or { keys[key] }) do
    if x.key == key or (own and x.fields[own] and x.fields[own][1].text == key) then return x end
  end
  local x = entry()
  x.key = key
  if own and fields[own].type == "text" then x.fields[own] = { { text = key } } end
  list[#list + 1], keys[key] = x, x
  return x
end

-- The entry that a path's last part is a field of, and that field's name.
local function reach(t, shape, path)
  local e, fields, i = t, shape, 1
  while i < #path do
    local p = path[i]
    local at = fields[p.name]
    if at.type == "records" then
      e.records[p.name] = e.records[p.name] or {}
      local list, key, found = e.records[p.name], path[i + 1].name, nil
      for _, x in ipairs(list) do if x.key == key then found = x end end
      if not found then
        found = entry()
        found.key = key
        list[#list + 1] = found
      end
      e = found
      i = i + 1
    elseif at.type == "list" then
      e = item(e, p.name, p.key, at.fields)
    else
      e.records[p.name] = e.records[p.name] or { entry() }
      e = e.records[p.name][1]
    end
    fields = at.fields
    i = i + 1
  end
  return e, path[#path].name
end

-- Put what is printed in a place: { tal, text, word, line, comment }.  A place may have several prints.
function tree.put(t, shape, text, value)
  local field, why = tree.field(shape, text)
  if not field then return nil, why end
  local path = tree.path(text)
  local e, name = reach(t, shape, path)
  -- only figures may have several prints, and only lists of texts several texts
  local several = figures[field.type] or field.type == "texts"
  e.fields[name] = several and e.fields[name] or {}
  table.insert(e.fields[name], value)
  return true
end

-- ---- writing ----

local function place(m, line)
  if not line then return nil end
  local at = m.source.paged and line.page or line.line
  return type(at) == "table" and "[" .. table.concat(at, ", ") .. "]" or tostring(at)
end

local function scalar(value)
  if value.tal then
    local text = value.tal
    if text:find "^[%w+\x80-\xFF-][%w %%/\x80-\xFF-]*$" and not text:find "^%- " then return text end
    return scalars.quoted(text)
  end
  if value.text then return scalars.text(value.text) end
  return value.word
end

local function long(m, value)
  local at = place(m, value.line)
  if value.word or not at then return scalar(value) end
  return ("{ %s: %s, rad: %s }"):format(value.tal and "tal" or "text", scalar(value), at)
end

local function prints(m, list)
  local out = {}
  for i, v in ipairs(list) do out[i] = long(m, v) end
  return #out == 1 and out[1] or "[" .. table.concat(out, ", ") .. "]"
end

local function ordered(set, fields)
  local list = {}
  for name in pairs(set) do list[#list + 1] = name end
  table.sort(list, function(a, b) return fields[a].at < fields[b].at end)
  return list
end

-- The one place of all figures of an entry, or nil.
local function one_place(m, e)
  local at
  for _, list in pairs(e.fields) do
    for _, v in ipairs(list) do
      local p = v.line and place(m, v.line)
      if #list > 1 or (p and at and p ~= at) then return nil end
      at = at or p
    end
  end
  return at
end

local function complete(e, fields)
  for name, f in pairs(fields) do
    if f.required and not e.fields[name] then return name end
  end
end

local write

local function write_item(out, m, e, fields, indent)
  local simple, parts = next(e.lists) == nil, {}
  local at = simple and fields.rad and not e.fields.rad and one_place(m, e)
  for _, name in ipairs(ordered(e.fields, fields)) do
    local list = e.fields[name]
    parts[#parts + 1] = ("%s: %s"):format(name, at and scalar(list[1]) or prints(m, list))
  end
  if at then parts[#parts + 1] = "rad: " .. at end
  if simple then
    out[#out + 1] = ("%s- { %s }%s\n"):format(indent, table.concat(parts, ", "), e.comment and "   # " .. medel.show(e.comment) or "")
  else
    for i, part in ipairs(parts) do out[#out + 1] = indent .. (i == 1 and "- " or "  ") .. part .. "\n" end
    write(out, m, { fields = {}, lists = e.lists, records = {} }, fields, indent .. "  ")
  end
end

write = function(out, m, e, fields, indent)
  for _, name in ipairs(ordered(e.fields, fields)) do out[#out + 1] = ("%s%s: %s\n"):format(indent, name, prints(m, e.fields[name])) end
  for _, name in ipairs(ordered(e.records, fields)) do
    local list, any = {}, fields[name].type ~= "records"
    if fields[name].type == "records" then
      for _, x in ipairs(e.records[name]) do
        local missing, one = complete(x, fields[name].fields), {}
        one[1] = ("%s  %s:%s\n"):format(indent, x.key, missing and "   # läs: " .. missing .. " fattas" or "")
        write(one, m, x, fields[name].fields, indent .. "    ")
        -- what a file may not lack keeps the rest as comments
        list[#list + 1] = missing and table.concat(one):gsub("[^\n]+", "# %0") or table.concat(one)
        if not missing then any = true end
      end
    else
      write(list, m, e.records[name][1], fields[name].fields, indent .. "  ")
    end
    if #list > 0 then
      out[#out + 1] = ("%s%s%s%s:\n%s"):format(indent == "" and "\n" or "", any and "" or "# ", indent, name, table.concat(list))
    end
  end
  for _, name in ipairs(ordered(e.lists, fields)) do
    out[#out + 1] = ("%s%s%s:\n"):format(indent == "" and "\n" or "", indent, name)
    for _, x in ipairs(e.lists[name]) do write_item(out, m, x, fields[name].fields, indent .. "  ") end
  end
end

-- The sections as YAML.
function tree.write(m, t, shape)
  local out = {}
  write(out, m, t, shape, "")
  return table.concat(out)
end

return tree
