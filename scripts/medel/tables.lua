-- tables.lua: one form of a table under every output that has some, and each format of it once.
--
-- A table is { columns = { { key, heading, kind, detail = true } }, rows = { { [key] = value } },
-- total, chart }.  Kinds: text; amount, in whole öre; count; share, in whole per mille.  detail
-- stands in CSV and JSON alone.  chart is a key, or two, whose amounts are drawn as bars.
local medel = require "medel"
local terminal = require "medel.terminal"
local csv = require "medel.csv"

local tables = {}

local widest_text = 44
local bar_width = 36
local eighths = { "▏", "▎", "▍", "▌", "▋", "▊", "▉" }

-- ---- many rows ----

-- A list of rows that is kept by column: a row is made each time that it is asked for, since a
-- table for each of a hundred thousand rows is most of what a program would hold.
function tables.list(columns)
  local kept, n = {}, 0
  for _, column in ipairs(columns) do kept[column[1]] = {} end
  return setmetatable({}, {
    __len = function() return n end,
    __index = function(_, i)
      if i > n then return nil end
      local row = {}
      for key, values in pairs(kept) do row[key] = values[i] or nil end
      return row
    end,
    __newindex = function(_, i, row)
      for key, values in pairs(kept) do values[i] = row[key] or false end
      n = i
    end,
  })
end

-- ---- cells ----

-- Has any amount öre?  Then all show them, under each other.
local function has_ore(t)
  local keys = {}
  for _, column in ipairs(t.columns) do keys[#keys + 1] = column[3] == "amount" and column[1] or nil end
  for _, row in ipairs(#keys > 0 and t.rows or {}) do
    for _, key in ipairs(keys) do
      if row[key] and row[key] % 100 ~= 0 then return true end
    end
  end
  return false
end

-- As a reader has it: "1 234,50", "12 345", "98,0 %".
local function shown(column, row, with_ore)
  local value, kind = row[column[1]], column[3]
  if value == nil then return "" end
  if kind == "amount" then return (medel.ore(value):text(with_ore and "kr2" or "kr"):gsub(" kr$", "")) end
  if kind == "count" then return (medel.count(value):text()) end
  if kind == "share" then return ("%d,%d %%"):format(value // 10, value % 10) end
  return value
end

local function csv_cell(column, row)
  local value, kind = row[column[1]], column[3]
  if value == nil then return "" end
  if kind == "amount" then return csv.kronor(value) end
  if kind == "count" then return tostring(value) end
  if kind == "share" then return ("%d.%d"):format(value // 10, value % 10) end
  return csv.text(value)
end

local function visible(t)
  local list = {}
  for _, column in ipairs(t.columns) do
    if not column.detail then list[#list + 1] = column end
  end
  return list
end

-- ---- a terminal ----

local function shorten(text)
  text = terminal.safe(text):gsub("[\n\t]", " ")
  if terminal.width(text) <= widest_text then return text end
  return text:sub(1, utf8.offset(text, widest_text) - 1) .. "…"
end

local function bar(n, most)
  if most == 0 or n <= 0 then return "" end
  local len = n * bar_width * 8 // most
  return ("█"):rep(len // 8) .. (eighths[len % 8] or "")
end

local function widths_of(columns, t, cell)
  local widths = {}
  local function widen(row)
    for i, column in ipairs(columns) do widths[i] = math.max(widths[i], terminal.width(cell(column, row))) end
  end
  for i, column in ipairs(columns) do widths[i] = terminal.width(column[2]) end
  for _, row in ipairs(t.rows) do widen(row) end
  if t.total then widen(t.total) end
  return widths
end

function tables.text(t)
  local columns, with_ore, out = visible(t), has_ore(t), {}
  local function cell(column, row)
    local text = shown(column, row, with_ore)
    return column[3] == "text" and shorten(text) or text
  end
  local widths, most = widths_of(columns, t, cell), 0
  local charts = type(t.chart) == "table" and t.chart or { t.chart }
  for _, row in ipairs(t.rows) do
    for _, key in ipairs(charts) do most = math.max(most, row[key] or 0) end
  end
  local function line(of, after)
    local cells = {}
    for i, column in ipairs(columns) do
      local text = of(i, column)
      cells[i] = column[3] == "text" and terminal.pad(text, widths[i]) or terminal.pad_left(text, widths[i])
    end
    return ((table.concat(cells, "  ") .. (after or "")):gsub("%s+$", "")) .. "\n"
  end
  out[1] = terminal.paint("dim", line(function(_, column) return column[2] end))
  for _, row in ipairs(t.rows) do
    for k, key in ipairs(#charts > 0 and charts or { false }) do
      local drawn = key and bar(row[key] or 0, most) or ""
      local mark = #charts > 1 and drawn ~= "" and (k == 1 and "▲ " or "▼ ") or ""
      local chart = "  " .. terminal.paint(k == 1 and #charts > 1 and "green" or "blue", mark .. drawn)
      if k == 1 or drawn ~= "" then
        out[#out + 1] = line(function(_, column) return k == 1 and cell(column, row) or "" end, drawn ~= "" and chart or nil)
      end
    end
  end
  if t.total then out[#out + 1] = terminal.paint("bold", line(function(_, column) return cell(column, t.total) end)) end
  return table.concat(out)
end

-- ---- other formats ----

function tables.csv(t, options)
  local head, lines = {}, {}
  for i, column in ipairs(t.columns) do head[i] = column[1] end
  for i, row in ipairs(t.rows) do
    local cells = {}
    for k, column in ipairs(t.columns) do cells[k] = csv_cell(column, row) end
    lines[i] = csv.line(cells, options)
  end
  return csv.file(head, lines, options)
end

-- A row as plain values by key: amounts in öre, shares in per mille.
function tables.values(t, row)
  local plain, out = require "medel.writers.plain", {}
  for _, column in ipairs(t.columns) do
    local v = row[column[1]]
    if v == nil then v = medel.null elseif type(v) == "string" then v = plain.utf8(v) end
    out[column[1]] = v
  end
  return out
end

-- Into a document of blocks, which is Markdown, HTML or what pandoc makes of them.
function tables.add(doc, caption, t)
  local columns, head, align, rows, with_ore = visible(t), {}, {}, {}, has_ore(t)
  for i, column in ipairs(columns) do head[i], align[i] = column[2], column[3] == "text" and "l" or "r" end
  local function row_of(row)
    local cells = {}
    for i, column in ipairs(columns) do cells[i] = shown(column, row, with_ore) end
    return cells
  end
  for i, row in ipairs(t.rows) do rows[i] = row_of(row) end
  if t.total then rows[#rows + 1] = row_of(t.total) end
  doc:table(caption, head, align, rows)
end

return tables
