-- tables.lua: one form of a table under every output that has some, and each format of it once.
--
-- A table is { columns = { { key, heading, kind, detail = true } }, rows = { { [key] = value } },
-- total, chart }.  Kinds: text; amount, in whole öre; count; share, in whole per mille.  detail
-- stands in CSV and JSON alone.  chart is a key, or two, whose amounts are drawn as bars.
local medel = require "medel"
local terminal = require "medel.terminal"
local grid = require "medel.grid"
local csv = require "medel.csv"

local tables = {}

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
  if value == nil then return csv.whole(nil) end
  if kind == "amount" then return csv.kronor(value) end
  if kind == "count" then return csv.whole(value) end
  if kind == "share" then return csv.share(value) end
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

local function bar(n, most, wide)
  if most == 0 or n <= 0 then return "" end
  local len = n * wide * 8 // most
  return ("█"):rep(len // 8) .. (eighths[len % 8] or "")
end

-- The rows as texts, the heads first and the total last, each made when it is asked for.
local function rows_of(t, columns)
  local with_ore, n = has_ore(t), #t.rows
  return setmetatable({}, { __index = function(_, i)
    local row, out = t.rows[i - 1] or i == n + 2 and t.total or nil, {}
    if i > 1 and not row then return nil end
    for k, column in ipairs(columns) do
      local text = i == 1 and column[2] or shown(column, row, with_ore)
      out[k] = column[3] == "text" and terminal.safe(text) or text
    end
    return out
  end })
end

function tables.text(t)
  local columns, align, out, most = visible(t), {}, {}, 0
  for i, column in ipairs(columns) do align[i] = column[3] == "text" and "l" or "r" end
  local charts = type(t.chart) == "table" and t.chart or { t.chart }
  for _, row in ipairs(t.rows) do
    for _, key in ipairs(charts) do most = math.max(most, row[key] or 0) end
  end
  local laid = grid.lay(rows_of(t, columns), { align = align, heads = 1 })
  local used = laid.width
  local wide = math.min(bar_width, terminal.columns() - used - 4)
  -- The bars of a row: the first beside its figures, more under them.
  local function bars(row)
    local list = {}
    for k, key in ipairs(wide >= 8 and charts or {}) do
      local drawn = bar(row[key] or 0, most, wide)
      local mark = #charts > 1 and (k == 1 and "▲ " or "▼ ") or ""
      if drawn ~= "" then list[#list + 1] = { k, terminal.paint(k == 1 and #charts > 1 and "green" or "blue", mark .. drawn) } end
    end
    return list
  end
  laid.each(function(text, i, first)
    local style, row = i == 1 and "dim" or i == #t.rows + 2 and "bold", most > 0 and first and t.rows[(i or 0) - 1]
    local drawn = row and bars(row) or {}
    if drawn[1] and drawn[1][1] == 1 then
      out[#out + 1] = terminal.pad(text, used) .. "  " .. table.remove(drawn, 1)[2] .. "\n"
    else
      out[#out + 1] = (style and terminal.paint(style, text) or text) .. "\n"
    end
    for _, more in ipairs(drawn) do out[#out + 1] = (" "):rep(used + 2) .. more[2] .. "\n" end
  end)
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
