-- text.lua: a view of a ledger for a terminal.
local medel = require "medel"
local terminal = require "medel.terminal"
local grouped = require("medel.ledger.views").grouped

local widest_text = 44
local bar_width = 36
local eighths = { "▏", "▎", "▍", "▌", "▋", "▊", "▉" }

-- 1 234,50, with öre only where some amount of the column has them.
local function amount(n, with_ore)
  local text = medel.ore(n):text(with_ore and "kr2" or "kr"):gsub(" kr$", "")
  return text
end

local function shorten(text)
  text = terminal.safe(text):gsub("[\n\t]", " ")
  if terminal.width(text) <= widest_text then return text end
  return text:sub(1, utf8.offset(text, widest_text) - 1) .. "…"
end

-- Has any amount of the view öre?  Then all show them, under each other.
local function has_ore(view)
  for _, column in ipairs(view.columns) do
    for _, row in ipairs(column[3] == "amount" and view.rows or {}) do
      local n = row[column[1]]
      if n and n % 100 ~= 0 then return true end
    end
  end
  return false
end

local function cell(column, row, with_ore)
  local value = row[column[1]]
  if value == nil then return "" end
  if column[3] == "amount" then return amount(value, with_ore) end
  if column[3] == "count" then return grouped(value) end
  return shorten(value)
end

local function bar(n, most)
  if most == 0 or n <= 0 then return "" end
  local len = n * bar_width * 8 // most
  return ("█"):rep(len // 8) .. (eighths[len % 8] or "")
end

-- The columns that a terminal has room for: `detail` stands in CSV and JSON alone.
local function shown(view)
  local list = {}
  for _, column in ipairs(view.columns) do
    if not column.detail then list[#list + 1] = column end
  end
  return list
end

local function lines(view)
  view = setmetatable({ columns = shown(view) }, { __index = view })
  local widths, out, with_ore = {}, {}, has_ore(view)
  for i, column in ipairs(view.columns) do
    widths[i] = terminal.width(column[2])
    for _, row in ipairs(view.rows) do widths[i] = math.max(widths[i], terminal.width(cell(column, row, with_ore))) end
    if view.total then widths[i] = math.max(widths[i], terminal.width(cell(column, view.total, with_ore))) end
  end
  local most = 0
  local charts = type(view.chart) == "table" and view.chart or { view.chart }
  for _, row in ipairs(view.rows) do
    for _, key in ipairs(charts) do most = math.max(most, row[key] or 0) end
  end
  local function line(of, after)
    local cells = {}
    for i, column in ipairs(view.columns) do
      local text = of(i, column)
      cells[i] = column[3] == "text" and terminal.pad(text, widths[i]) or terminal.pad_left(text, widths[i])
    end
    return ((table.concat(cells, "  ") .. (after or "")):gsub("%s+$", "")) .. "\n"
  end
  out[1] = terminal.paint("dim", line(function(_, column) return column[2] end))
  for _, row in ipairs(view.rows) do
    for k, key in ipairs(#charts > 0 and charts or { false }) do
      local drawn = key and bar(row[key] or 0, most) or ""
      local mark = #charts > 1 and drawn ~= "" and (k == 1 and "▲ " or "▼ ") or ""
      local chart = "  " .. terminal.paint(k == 1 and #charts > 1 and "green" or "blue", mark .. drawn)
      if k == 1 or drawn ~= "" then
        out[#out + 1] = line(function(i, column) return k == 1 and cell(column, row, with_ore) or "" end, drawn ~= "" and chart or nil)
      end
    end
  end
  if view.total then
    out[#out + 1] = terminal.paint("bold", line(function(i, column) return cell(column, view.total, with_ore) end))
  end
  return table.concat(out)
end

local function facts(view)
  local widest, out = 0, {}
  for _, f in ipairs(view.facts or {}) do
    if f[2] and f[3] ~= nil then widest = math.max(widest, terminal.width(f[2])) end
  end
  for _, f in ipairs(view.facts or {}) do
    if f[2] and f[3] ~= nil then
      local value = math.type(f[3]) == "integer" and grouped(f[3]) or f[3]
      out[#out + 1] = ("  %s  %s\n"):format(terminal.pad(f[2], widest),
        terminal.wrap(terminal.safe(value), 88 - widest, widest + 4))
    end
  end
  return #out > 0 and table.concat(out) .. "\n" or ""
end

return function(view, bok)
  local head = ("%s · %s"):format(view.title, terminal.safe(bok.foretag or bok.fil))
  if bok.rakenskapsar > 0 then head = head .. " · " .. bok.rakenskapsar end
  local out = { terminal.paint("bold", terminal.safe(head)), "\n\n", facts(view) }
  for _, text in ipairs(view.lacks or {}) do
    out[#out + 1] = "  " .. terminal.paint("red", terminal.wrap(terminal.safe(text), 92, 2)) .. "\n"
  end
  if #(view.lacks or {}) > 0 then out[#out + 1] = "\n" end
  if #view.rows > 0 then out[#out + 1] = lines(view) else out[#out + 1] = "Inga rader.\n" end
  if #(view.notes or {}) > 0 then out[#out + 1] = "\n" end
  for _, note in ipairs(view.notes or {}) do out[#out + 1] = "  " .. terminal.wrap(terminal.safe(note), 92, 4) .. "\n" end
  return table.concat(out)
end
