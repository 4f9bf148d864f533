-- grid.lua: cells under each other, within the width of the terminal.  What does not fit beside
-- each other is first broken within its cell, and then stands below, after the first column again.
local medel = require "medel"
local terminal = require "medel.terminal"

local grid = {}

local least_text = 14 -- a column of words is not made narrower than this

-- Most texts end in no blank.
local function trimmed(text)
  return text:find("%s", -1) and text:gsub("%s+$", "") or text
end

-- How wide each column is, and the least that it can be: words may be broken apart from each
-- other, figures may not.
local function measure(rows, align, heads)
  local widths, lowest = {}, {}
  for k = 1, #align do widths[k], lowest[k] = 0, 0 end
  for i, row in ipairs(rows) do
    for k = 1, #align do
      local text = row[k] or ""
      local width = terminal.width(text)
      widths[k] = math.max(widths[k], width)
      if width > lowest[k] then
        lowest[k] = math.max(lowest[k], (align[k] == "l" or i <= heads) and medel.widest(text) or width)
      end
    end
  end
  for k = 1, #align do
    if align[k] == "l" then lowest[k] = math.max(math.min(lowest[k], 28), least_text) end
    lowest[k] = math.min(lowest[k], widths[k])
  end
  return widths, lowest
end

local function total(widths, first, last, gap)
  local sum = 0
  for k = first, last do sum = sum + widths[k] + (k > first and gap or 0) end
  return sum
end

-- Long heads over figures give way first, then the widest column.
local function shrink(widths, lowest, align, room, gap)
  local over = total(widths, 1, #widths, gap) - room
  while over > 0 do
    local at, next_width
    for k, width in ipairs(widths) do
      local before = at and align[at] ~= "l" and align[k] == "l"
      if width > lowest[k] and not before and (not at or width > widths[at] or align[at] == "l" and align[k] ~= "l") then
        next_width = at and (align[at] == "l") == (align[k] == "l") and widths[at] or lowest[k]
        at = k
      elseif at and width > lowest[k] and not before then
        next_width = math.max(next_width, width)
      end
    end
    if not at then return end
    -- as much at once as it is the widest by
    local by = math.max(1, math.min(over, widths[at] - math.max(next_width, lowest[at])))
    widths[at] = widths[at] - by
    over = over - by
  end
end

-- Which columns stand beside each other: { {1, 2, 3}, {1, 4, 5} }
local function blocks_of(widths, room, gap)
  if total(widths, 1, #widths, gap) <= room or #widths < 3 then
    local all = {}
    for k = 1, #widths do all[k] = k end
    return { all }
  end
  local out, block, used = {}, { 1 }, widths[1]
  for k = 2, #widths do
    if #block > 1 and used + gap + widths[k] > room then
      out[#out + 1] = block
      block, used = { 1 }, widths[1]
    end
    block[#block + 1] = k
    used = used + gap + widths[k]
  end
  out[#out + 1] = block
  return out
end

local function cell_lines(text, width)
  if terminal.width(text) <= width then return { text } end
  return terminal.lines(text, width)
end

-- One row of a block, as lines.
local function row_lines(row, block, widths, spec, head)
  local cells, height = {}, 1
  for i, k in ipairs(block) do
    cells[i] = cell_lines(row[k] or "", widths[k])
    height = math.max(height, #cells[i])
  end
  local out = {}
  for n = 1, height do
    local parts = {}
    for i, k in ipairs(block) do
      local text = cells[i][head and n - (height - #cells[i]) or n] or ""
      if spec.align[k] == "l" then -- what ends the line needs no blanks after it
        text = terminal.pad(text, i < #block and widths[k] or 0)
      else
        text = terminal.pad_left(text, widths[k])
      end
      if i == #block then text = trimmed(text) end
      parts[i] = spec.paint and spec.paint[k] and text ~= "" and terminal.paint(spec.paint[k], text) or text
    end
    out[n] = (" "):rep(spec.indent or 0) .. trimmed(table.concat(parts, (" "):rep(spec.gap or 2)))
  end
  return out
end

-- Rows of texts laid out: width, and each(say) with say(line, which row, whether it is the row's
-- first line) for every line in order; a block of columns that had no room begins with an empty
-- one, of no row.  spec: align ("l" or "r" of each column), heads (rows that are headings), indent,
-- gap, paint (a style of each column).  The rows may be made as they are asked for.
function grid.lay(rows, spec)
  local gap, heads = spec.gap or 2, spec.heads or 0
  local room = terminal.columns() - (spec.indent or 0)
  local widths, lowest = measure(rows, spec.align, heads)
  if total(widths, 1, #widths, gap) > room then shrink(widths, lowest, spec.align, room, gap) end
  local function each(say)
    for b, block in ipairs(blocks_of(widths, room, gap)) do
      if b > 1 then say("") end
      for i, row in ipairs(rows) do
        for n, text in ipairs(row_lines(row, block, widths, spec, i <= heads)) do say(text, i, n == 1 and b == 1) end
      end
    end
  end
  return { width = total(widths, 1, #widths, gap) + (spec.indent or 0), each = each }
end

-- The same as a list of lines, the heads dim.
function grid.lines(rows, spec)
  local out = {}
  grid.lay(rows, spec).each(function(text, i)
    out[#out + 1] = i and i <= (spec.heads or 0) and terminal.paint("dim", text) or text
  end)
  return out
end

function grid.text(rows, spec)
  return table.concat(grid.lines(rows, spec), "\n") .. "\n"
end

return grid
