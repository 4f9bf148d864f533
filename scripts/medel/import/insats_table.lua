-- insats_table.lua: a table of cells that has an insats on each row: its head says which field a column is.
local medel = require "medel"
local prose = require "medel.import.prose"
local insatser = require "medel.import.insatser"

local insats_table = {}

local kinds = { deltagare = "count", deltagare_mal = "count", budget = "amount", utfall = "amount", avvikelse = "amount",
                kostnad_per_deltagare = "amount" }

-- "Budget (tkr)": the head without its unit, and the unit.
local function head_of(text)
  local s = prose.lower(text):gsub("%s+", " ")
  local unit = s:match "%(?%f[%a](mnkr)%f[%A]%)?" or s:match "%(?%f[%a](tkr)%f[%A]%)?" or s:match "%(?%f[%a](kr)%f[%A]%)?"
  return s:gsub("%(?%f[%a]m?n?t?kr%f[%A]%)?", ""):gsub("^%s+", ""):gsub("[%s:]+$", ""), unit
end

-- The fields of a head: { [cell] = { field, unit } }; nil where it is none.
local function columns_of(line, columns)
  if not line.cells then return nil end
  local out, n = {}, 0
  for cell, text in pairs(line.cells) do
    local head, unit = head_of(text)
    for field, names in pairs(columns) do
      for _, name in ipairs(names) do
        if head == name and not out[cell] then
          out[cell] = { field = field, unit = unit }
          n = n + 1
        end
      end
    end
  end
  return out[1] and out[1].field == "namn" and n >= 2 and out or nil
end

-- The line's figures by their cell, where a cell is one figure and its unit.
local function by_cell(line, figures)
  local out = {}
  for cell, text in pairs(line.cells) do
    local found
    for _, f in ipairs(figures) do
      if text == f.text or text == f.text .. " kr" or text:gsub("[.%s]+$", "") == f.text or text:gsub("^%+", "") == f.text then
        if not found then found = f end
      end
    end
    out[cell] = found
  end
  return out
end

-- A figure is one cell's only if no other cell has the same text: else they go in the order of the cells.
local function figures_of(line, by_order)
  local left, out = {}, {}
  for _, f in ipairs(by_order[line.order] or {}) do if not f.field then left[#left + 1] = f end end
  local cells = {}
  for cell in pairs(line.cells) do cells[#cells + 1] = cell end
  table.sort(cells)
  for _, cell in ipairs(cells) do
    local found = by_cell({ cells = { line.cells[cell] } }, left)[1]
    if found then
      out[cell] = found
      for i, f in ipairs(left) do if f == found then table.remove(left, i) break end end
    end
  end
  return out
end

local levels = { { "struktur", "struktur" }, { "individ", "individ" } }

-- What the lines above say of the level.
local function level_above(lines, at)
  for i = at - 1, math.max(1, at - 40), -1 do
    local text = lines[i].text
    if not lines[i].cells and text ~= "" and (utf8.len(text) or 99) < 90 and not text:find "[.]$" then
      for _, x in ipairs(levels) do if prose.lower(text):find(x[1], 1, true) then return x[2] end end
    end
  end
end

local function put(r, field, f)
  r.figures[field] = { f }
  f.field = { section = "insatser", record = r, name = field }
end

local function record(m, line, columns, by_order, typ, words)
  local name = line.cells[1]
  if not name or name:find "%d%d%d" or prose.lower(name):find "^summa" or prose.lower(name):find "^total" then return nil end
  local r = { name = name, line = line, figures = {}, lists = {}, section = { from = line.order, to = line.order } }
  local figures = figures_of(line, by_order)
  for cell, column in pairs(columns) do
    local f, kind = figures[cell], kinds[column.field]
    if column.field == "maluppfyllelse" then
      local text = line.cells[cell]
      if text and text ~= "" then
        r.maluppfyllelse = { text = text, line = line }
        r.status = words.judgements[(prose.lower(text):gsub("[.%s]+$", ""))]
      end
    elseif f and (column.field == "kvinnor" or column.field == "man") and (f.kind == "count" or f.kind == "share") then
      put(r, column.field, f)
    elseif f and kind == f.kind then
      put(r, column.field, f)
    elseif f and kind == "amount" and f.kind == "count" and column.unit then
      f.tal = f.text .. " " .. column.unit
      put(r, column.field, f)
    end
  end
  local row = insatser.row_of(m, name, "driftredovisning")
  r.driftrad = row and row.id
  r.typ = typ or (row and (row.under == "individ" or row.under == "struktur") and row.under) or nil
  return next(r.figures) and r or nil
end

-- The records of every such table.
function insats_table.read(m, figures, words)
  local by_order, out = {}, {}
  for _, f in ipairs(figures) do
    by_order[f.order] = by_order[f.order] or {}
    table.insert(by_order[f.order], f)
  end
  local columns, typ
  for i, line in ipairs(m.lines) do
    local head = columns_of(line, words.columns)
    if head then
      columns, typ = head, level_above(m.lines, i)
    elseif not line.cells then
      if line.text ~= "" then columns = nil end
    elseif columns then
      out[#out + 1] = record(m, line, columns, by_order, typ, words)
    end
  end
  return out
end

return insats_table
