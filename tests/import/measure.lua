-- measure.lua: what was read beside what is printed (NAME.facit: table, note, column, value, line,
-- unit, label), figure by figure.
local status = require "medel.import.status"

local measure = {}

local function split(line)
  local out = {}
  for part in (line .. "\t"):gmatch "([^\t]*)\t" do out[#out + 1] = part end
  return out
end

function measure.truth(path)
  local list = {}
  for line in io.lines(path) do
    if line:find "^#" then list.layout = line:sub(3) end
    local p = split(line)
    list[#list + 1] = not line:find "^#" and { table = p[1], note = tonumber(p[2]), column = p[3], value = p[4], line = tonumber(p[5]),
                        share = p[6] == "%", label = p[7] } or nil
  end
  return list
end

local function table_of(m, t)
  for _, x in ipairs(m.tables) do
    if (t.table == "not" and x.note == t.note) or (t.table ~= "not" and x.id == t.table) then return x end
  end
end

-- "1234.50" of digits and decimals
function measure.value(cell)
  local hundredths = cell.digits * ({ [0] = 100, 10, 1 })[cell.decimals]
  local sign = hundredths < 0 and "-" or ""
  return ("%s%d.%02d"):format(sign, math.abs(hundredths) // 100, math.abs(hundredths) % 100)
end

local function cell_of(t, truth)
  for _, row in ipairs(t.rows) do
    for c, cell in ipairs(row.cells) do
      if t.columns[c].id == truth.column and cell.line == truth.line and (cell.kind == "share") == truth.share then
        return cell, row
      end
    end
  end
end

-- { right, flagged, wrong, missing, proved, false_proofs, asked, list of what is wrong }
function measure.compare(m, truths)
  local r = { n = #truths, right = 0, flagged = 0, wrong = 0, missing = 0, proved = 0, rounded = 0, false_proofs = 0, list = {} }
  for _, truth in ipairs(truths) do
    local t = table_of(m, truth)
    local cell, row
    if t then cell, row = cell_of(t, truth) end
    local good = cell and cell.kind ~= "empty" and cell.kind ~= "dash" and measure.value(cell) == truth.value
    if good then
      r.right = r.right + 1
      if status.proved[cell.status] then r.proved = r.proved + 1 end
      if cell.status == "AVRUNDAD" then r.rounded = r.rounded + 1 end
    else
      local flagged = false
      if row and row.question then flagged = true end
      for _, loose in ipairs(t and t.loose or {}) do flagged = flagged or loose.line == truth.line end
      for _, other in ipairs(t and t.rows or {}) do
        if other.question then
          for _, c in ipairs(other.cells) do flagged = flagged or c.line == truth.line end
        end
      end
      if cell and (status.proved[cell.status] or cell.status == "AVRUNDAD") then r.false_proofs = r.false_proofs + 1 end
      if flagged then r.flagged = r.flagged + 1
      elseif cell then r.wrong = r.wrong + 1
      else r.missing = r.missing + 1 end
      r.list[#r.list + 1] = ("%s %d %s, %s, rad %d: %s%s"):format(truth.table, truth.note, truth.label, truth.column,
        truth.line, truth.value, cell and ", läst " .. tostring(cell.printed) .. " " .. tostring(cell.status) or "")
    end
  end
  return r
end

-- ---- without lines: by label, the n:th of a label in a table to the n:th ----

local function plain(label)
  return (label:gsub("^Varav ", ""):lower():gsub("Å", "å"):gsub("Ä", "ä"):gsub("Ö", "ö"):gsub("[%s%p]", ""):gsub("\xC2\xA0", ""):gsub("\xC2\xAD", ""))
end

-- Rows of the truth, in order: { table, note, label, nth, cells = { column = truth } }.
local function truth_rows(truths)
  local rows, seen, last = {}, {}, nil
  for _, t in ipairs(truths) do
    local key = t.table .. t.note .. "\n" .. plain(t.label)
    if t.share and t.label == "" then t.label = "(% av totalkostnad)"; key = t.table .. t.note .. "\n" .. plain(t.label) end
    if not last or last.key ~= key or last.cells[t.column] then
      seen[key] = (seen[key] or 0) + 1
      last = { key = key, truth = t, nth = seen[key], cells = {} }
      rows[#rows + 1] = last
    end
    last.cells[t.column] = t
  end
  return rows
end

local function row_of(t, row, exact)
  local n, share = 0, next(row.cells) and select(2, next(row.cells)).share
  local want = plain(row.truth.label)
  for _, r in ipairs(t.rows) do
    local is_share = false
    for _, cell in ipairs(r.cells) do is_share = is_share or cell.kind == "share" end
    local label = plain(r.label)
    if is_share == share and (label == want or (want == "" and is_share and r.label:find "^%(") or (not exact and #want > 12 and (label:find(want, 1, true) or want:find(label, 1, true)) and math.min(#label, #want) * 10 > math.max(#label, #want) * 8)) then
      n = n + 1
      if n == row.nth then return r end
    end
  end
end

-- The cells that were read of some figures, and what is printed there: { cell, truth }.
function measure.cells(m, truths)
  local list = {}
  for _, row in ipairs(truth_rows(truths)) do
    local t = table_of(m, row.truth)
    local found = t and (row_of(t, row, true) or row_of(t, row, false))
    for column, truth in pairs(row.cells) do
      for c, cell in ipairs(found and found.cells or {}) do
        if t.columns[c].id == column then list[#list + 1] = { cell = cell, truth = truth } end
      end
    end
  end
  return list
end

-- The digits of what has no row and is kept with its line.
local function kept(m)
  local set = {}
  for _, f in ipairs(m.figures or {}) do if not f.field then set[f.text:gsub("%D", "")] = true end end
  for _, t in ipairs(m.tables) do
    for _, loose in ipairs(t.loose) do set[#set + 1] = loose.text:gsub("[%s\xC2\xA0]", "") end
  end
  return set
end

local function is_kept(set, truth)
  local digits = truth.value:gsub("%.%d+$", ""):gsub("%D", "")
  if set[digits] then return true end
  for _, line in ipairs(set) do if line:find(digits, 1, true) then return true end end
  return false
end

function measure.by_label(m, truths)
  local r = { n = #truths, right = 0, flagged = 0, wrong = 0, missing = 0, proved = 0, false_proofs = 0, list = {} }
  local left = kept(m)
  for _, row in ipairs(truth_rows(truths)) do
    local t = table_of(m, row.truth)
    local found = t and (row_of(t, row, true) or row_of(t, row, false))
    for column, truth in pairs(row.cells) do
      local cell
      for c, x in ipairs(found and found.cells or {}) do if t.columns[c].id == column then cell = x end end
      if cell and ((cell.kind == "dash" and truth.value == "0.00")
        or (cell.digits and cell.kind ~= "dash" and measure.value(cell) == truth.value)) then
        r.right = r.right + 1
        if status.proved[cell.status] then r.proved = r.proved + 1 end
      else
        local flagged = found and found.question or (not cell or cell.kind == "empty") and is_kept(left, truth)
        if cell and cell.kind ~= "empty" and (status.proved[cell.status]) then r.false_proofs = r.false_proofs + 1 end
        if flagged then r.flagged = r.flagged + 1 elseif cell then r.wrong = r.wrong + 1 else r.missing = r.missing + 1 end
        r.list[#r.list + 1] = ("%s %d %s, %s: %s%s"):format(truth.table, truth.note, truth.label, column, truth.value,
          cell and (", läst %s %s %s"):format(tostring(cell.printed), tostring(cell.status), found.basis) or (found and ", kolumn saknas" or ", rad saknas"))
      end
    end
  end
  return r
end

return measure
