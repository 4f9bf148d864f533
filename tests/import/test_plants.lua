-- test_plants.lua [COUNT [SEED]]: one misprint at a time in the text of a printed report: the figure is
-- read as it is printed, never as it was meant, and is not called proved.
package.path = "tests/import/?.lua;" .. package.path
local measure = require "measure"
local medel = require "medel"
local read = require "medel.import.read"
local status = require "medel.import.status"
local taxonomy = require("medel.workspace").taxonomy()
local count, seed = tonumber((...) or 60), tonumber(select(2, ...) or 1)

-- A sequence of our own, the same everywhere.
local state = seed * 2654435761 % 2147483647 + 1
local function random(n)
  state = state * 48271 % 2147483647
  return state % n + 1
end

local function split_lines(text)
  local out = {}
  for line in (text .. "\n"):gmatch "(.-)\n" do out[#out + 1] = line end
  return out
end

local function replace_at(line, column, old, new)
  local from = utf8.offset(line, column + 1)
  if not from then return nil end
  -- blanks between the groups may be several bytes, and are kept out of it
  if line:sub(from, from + #old - 1) ~= old then return nil end
  return line:sub(1, from - 1) .. new .. line:sub(from + #old)
end

local function digits_of(text)
  local at = {}
  for i = 1, #text do if text:sub(i, i):find "%d" then at[#at + 1] = i end end
  return at
end

-- What is printed instead, or nil.
local kinds = {
  function(text) -- another digit
    local at = digits_of(text)
    local i = at[random(#at)]
    local d = text:byte(i) - 48
    local new = (d + random(9)) % 10
    if i == at[1] and new < 1 and #at > 1 then new = d % 9 + 1 end
    return new ~= d and text:sub(1, i - 1) .. new .. text:sub(i + 1) or nil
  end,
  function(text) -- two digits in the wrong order
    local at = digits_of(text)
    if #at < 2 then return nil end
    local k = random(#at - 1)
    local i, j = at[k], at[k + 1]
    local a, b = text:sub(i, i), text:sub(j, j)
    if a == b or (k < 2 and b == "0") then return nil end
    return text:sub(1, i - 1) .. b .. text:sub(i + 1, j - 1) .. a .. text:sub(j + 1)
  end,
  function(text) -- the sign
    if text:find "^%-" then return text:sub(2) end
    return text:find "^%d" and "-" .. text or nil
  end,
}

local function cells_of(m)
  local list = {}
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      for c, cell in ipairs(row.cells) do
        if cell.kind == "amount" and #cell.printed >= 3 and not cell.printed:find "^−" then
          list[#list + 1] = { cell = cell, table = t.id, note = t.note, column = t.columns[c].id }
        end
      end
    end
  end
  return list
end

local function same_cell(m, x)
  for _, t in ipairs(m.tables) do
    if t.id == x.table and t.note == x.note then
      for _, row in ipairs(t.rows) do
        for c, cell in ipairs(row.cells) do
          if cell.line == x.cell.line and t.columns[c].id == x.column then return cell, row end
        end
      end
    end
  end
end

local reports = {}
for i, name in ipairs { "lekeberg-orebro", "sydnarke", "degerfors-karlskoga" } do
  local text = medel.read_file("tests/import/reports/" .. name .. ".txt")
  local m = read.import(taxonomy, { document = medel.document_text(text), kind = "text", name = name, path = name, sha256 = "" }, {})
  reports[i] = { text = text, lines = split_lines(text), cells = cells_of(m), contradictions = #m.contradictions }
end

local n, kept, asked, repaired, proved, rounded, tries, held = 0, 0, 0, 0, 0, 0, 0, 0
while n < count and tries < 40 * count do
  tries = tries + 1
  local r = reports[random(3)]
  local x = r.cells[random(#r.cells)]
  local new = kinds[random(#kinds)](x.cell.printed)
  local line = new and replace_at(r.lines[x.cell.line], x.cell.x0 // 100, x.cell.printed, new)
  if line then
    n = n + 1
    local lines = table.move(r.lines, 1, #r.lines, 1, {})
    lines[x.cell.line] = line
    local m = read.import(taxonomy, { document = medel.document_text(table.concat(lines, "\n")), kind = "text", name = "plant",
      path = "plant", sha256 = "" }, {})
    local cell, row = same_cell(m, x)
    local said = cell and cell.printed
    if said == new then kept = kept + 1
    elseif said == x.cell.printed then repaired = repaired + 1
    else asked = asked + 1 end
    local by = cell and cell.digits and math.abs(cell.digits - x.cell.digits) or 3
    if cell and cell.kind == "amount" and status.proved[cell.status] and (by <= 2 or #m.contradictions < r.contradictions) then
      held = held + 1 -- the print had an error or a rounding here, and the plant happens to be what mends it
    elseif cell and cell.kind == "amount" and status.proved[cell.status] then
      proved = proved + 1
      if proved <= 8 then print(("  %s %s rad %d: %s för %s: %s %s (%s)"):format(x.table, x.column, x.cell.line, new, x.cell.printed,
        cell.printed, cell.status, cell.rule)) end
    end
    if cell and cell.status == "AVRUNDAD" then rounded = rounded + 1 end
  end
end
print(("import: %d planterade fel: %d lästa som de står, %d lästa på annat sätt eller inte alla, %d rättade, %d kallade bevisade (%d inom avrundning, %d råkar rätta trycket)"):format(
  n, kept, asked, repaired, proved, rounded, held))
if repaired > 0 or proved > 0 then os.exit(1) end
