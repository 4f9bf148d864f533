-- answers_of.lua: what a person would answer who has the file that was typed by hand before her: for each figure
-- and text outside of its tables, the answer that puts it in the same place of the imported file.
local medel = require "medel"
local text = require "medel.import.text"
local tree = require "medel.import.tree"

local answers_of = {}

local function digits(s) return (s:gsub("%D", "")) end

local function lines_of(rad, other)
  local list = type(rad) == "table" and rad or { rad }
  if #list == 0 then list = type(other) == "table" and other or { other } end
  return list
end

local function rad_text(rad)
  if type(rad) ~= "table" then return tostring(rad) end
  local out = {}
  for i, x in ipairs(rad) do out[i] = tostring(x) end
  return "[" .. table.concat(out, ", ") .. "]"
end

-- A hand-typed record's name in the imported file.
local function key_for(m, section, key, r)
  for _, x in ipairs(m.tree.records[section] or {}) do
    local namn = x.fields.namn and x.fields.namn[1].text
    if section == "insatser" and namn == r.namn then return x.key end
    local mal = x.fields.mal and x.fields.mal[1].line.line
    if section == "mal" and mal and type(r.mal) == "table" and tostring(mal) == tostring(r.mal.rad) then return x.key end
  end
  return key
end

-- The imported row that stands on the line of a hand-typed one.
local function row_for(m, typed, statement, id)
  local row = typed[statement] and typed[statement].rader and typed[statement].rader[id]
  if not row then return id end
  local first = lines_of(row.rad)[1]
  for _, t in ipairs(m.tables) do
    for _, x in ipairs(t.id == statement and t.rows or {}) do
      for _, cell in ipairs(x.cells) do if tostring(cell.line) == tostring(first) and x.placed then return x.id end end
    end
  end
  return id
end

-- The list at a path of the imported file: revision.uppgifter, insatser.bron.delar.
local function list_at(m, path)
  local e, at = m.tree, 1
  local parts = {}
  for part in path:gmatch "[^.]+" do parts[#parts + 1] = part end
  while at < #parts and e do
    local records = e.records[parts[at]]
    if not records then return nil end
    if #records == 1 and not records[1].key then
      e, at = records[1], at + 1
    else
      local found
      for _, x in ipairs(records) do if x.key == parts[at + 1] then found = x end end
      e, at = found, at + 2
    end
  end
  return e and e.lists[parts[#parts]]
end

local function prints_of(value, rad)
  if type(value) ~= "table" then return { { tal = value, rad = rad } } end
  if value.tal then return { { tal = value.tal, rad = value.rad or rad } } end
  return value
end

-- The item of a list that has one of a hand-typed item's figures, or a key of its own.
local function item_for(list, item, i, shape)
  for _, x in ipairs(list or {}) do
    local year, nr = x.fields.ar and x.fields.ar[1].word, x.fields.nr and x.fields.nr[1].text
    if (not year or not item.ar or tonumber(year) == tonumber(item.ar)) and (not nr or not item.nr or nr == tostring(item.nr)) then
      for field, value in pairs(item) do
        for _, print_of in ipairs(shape[field] and tree.is_figure(shape[field]) and prints_of(value, item.rad) or {}) do
          for _, v in ipairs(x.fields[field] or {}) do
            for _, at in ipairs(lines_of(print_of.rad)) do
              if v.line and tostring(v.line.line) == tostring(at) and digits(v.tal) == digits(tostring(print_of.tal)) then return x.key end
            end
          end
        end
      end
    end
  end
  return tostring(1000 + i)
end

-- What she answers about the rows of tables.
local function rows(m, typed, out)
  for _, q in ipairs(m.questions) do
    local row, statement = q.row, q.table.note and typed.noter and typed.noter[q.table.note] or typed[q.table.id]
    local said = { nyckel = q.question.key, svar = "ja" }
    for id, x in pairs(statement and statement.rader or {}) do
      local own = m.forbund and m.forbund.values.rader and m.forbund.values.rader[q.table.id]
      local under = type(x) == "table" and x.under or own and own[id] and own[id].under
      local line = type(x) == "table" and lines_of(x.rad)[1]
      if line and tostring(line) == tostring(row.line) and under then said = { nyckel = q.question.key, svar = "rad", rad = id, under = under } end
    end
    out[#out + 1] = said
  end
end

-- { answers, figures by hand that were bound already, that a candidate was answered for, typed without one }
function answers_of.file(m, path)
  local typed = assert(medel.yaml(medel.read_file(path), path))
  local out = { bound = 0, answered = 0, typed = 0 }
  local candidates, bound = {}, {}
  for _, f in ipairs(text.candidates(m)) do
    local k = f.line .. ":" .. digits(f.text)
    candidates[k] = candidates[k] or {}
    table.insert(candidates[k], f)
  end
  for _, f in ipairs(m.figures) do
    if f.field then
      local k = f.line .. ":" .. digits(f.text)
      bound[k] = (bound[k] or 0) + 1
    end
  end
  local function word(plats, value, rad)
    out[#out + 1] = { nyckel = "ord:" .. plats .. ":" .. #out, svar = "ord", plats = plats, varde = tostring(value), rad = rad }
  end

  local function figure(plats, tal, rad)
    tal = tostring(tal)
    for _, line in ipairs(rad) do
      local k = line .. ":" .. digits(tal)
      if (bound[k] or 0) > 0 then
        bound[k] = bound[k] - 1
        out.bound = out.bound + 1
        return false
      end
      local list = candidates[k]
      if list and list[1] then
        local f = table.remove(list, 1)
        out[#out + 1] = { nyckel = f.key, svar = "falt", plats = plats, tal = tal }
        out.answered = out.answered + 1
        return true
      end
    end
    word(plats, tal, rad)
    out.typed = out.typed + 1
    return true
  end

  local walk
  local function leaf(plats, field, value, rad)
    if tree.is_figure(field) then
      local list = type(value) == "table" and value.tal == nil and value or { value }
      local any = false
      for _, x in ipairs(list) do
        local tal, at = x, rad
        if type(x) == "table" then tal, at = x.tal, lines_of(x.rad, rad) end
        any = figure(plats, tal, at) or any
      end
      return any
    end
    if field.type == "texts" then
      for _, x in ipairs(value) do
        word(plats, type(x) == "table" and x.text or x, type(x) == "table" and x.rad or nil)
      end
    elseif field.name == "rad" or field.type == "line" then
      word(plats, rad_text(value))
    elseif type(value) == "table" then
      word(plats, value.text or value.tal, value.rad)
    else
      word(plats, value)
    end
    return false
  end

  -- an item whose figures the import has bound is there already
  local function items(path, shape, list, rad)
    local any = false
    for i, x in ipairs(list) do
      local mark, before = #out, out.bound
      local key = item_for(list_at(m, path), x, i, shape)
      local new = walk(("%s[%s]."):format(path, key), shape, x, rad)
      if not new and out.bound > before and tonumber(key) > 1000 then
        for k = #out, mark + 1, -1 do out[k] = nil end
      end
      any = any or new
    end
    return any
  end

  walk = function(base, shape, record, rad)
    local own = record.rad and lines_of(record.rad) or rad
    local names = {}
    for name in pairs(record) do if shape[name] then names[#names + 1] = name end end
    table.sort(names, function(a, b) return shape[a].at < shape[b].at end)
    local any = false
    for _, name in ipairs(names) do
      local field, value = shape[name], record[name]
      if field.type == "list" and field.fields then
        any = items(base .. name, field.fields, value, own) or any
      elseif name == "driftrad" or name == "verksamhetsrad" then
        word(base .. name, row_for(m, typed, name == "driftrad" and "driftredovisning" or "finansierad_verksamhet", value))
      else
        any = leaf(base .. name, field, value, own) or any
      end
    end
    return any
  end

  local function section(name, shape, value)
    if shape.type == "record" then walk(name .. ".", shape.fields, value, {})
    elseif shape.type == "records" then
      local keys = {}
      for key in pairs(value) do keys[#keys + 1] = key end
      table.sort(keys)
      for _, key in ipairs(keys) do walk(("%s.%s."):format(name, key_for(m, name, key, value[key])), shape.fields, value[key], {}) end
    elseif shape.type == "list" then
      items(name, shape.fields, value, {})
    end
  end

  rows(m, typed, out)
  local skip = { forbund = true, rakenskapsar = true, dokument = true, ej_inskrivet = true }
  local names = {}
  for name in pairs(m.shape) do if not skip[name] then names[#names + 1] = name end end
  table.sort(names)
  for _, name in ipairs(names) do
    if typed[name] then section(name, m.shape[name], typed[name])
    else out[#out + 1] = { nyckel = "saknas:" .. name, svar = "saknas", plats = name } end
  end
  for _, list in pairs(candidates) do
    for _, f in ipairs(list) do out[#out + 1] = { nyckel = f.key, svar = "inget" } end
  end
  return out
end

return answers_of
