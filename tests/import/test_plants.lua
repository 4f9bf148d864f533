-- test_plants.lua MEDEL FOLDER COUNT [SEED]: one misprint at a time in the text of a printed report: the
-- figure is read as it is printed, never as it was meant, and is not called proved; and audit says of what was
-- imported what it says of the file typed by hand that has the same misprint.
package.path = "tests/import/?.lua;" .. package.path
local plants = require "plants"
local medel = require "medel"
local read = require "medel.import.read"
local learn = require("medel.import.answers").learn
local taxonomy = require("medel.workspace").taxonomy()
local program, folder, count, seed = ...
count, seed = tonumber(count), tonumber(seed or 1)

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

-- The principles are a text, which a person types in both files: what they say of corrections decides whether
-- a year that does not follow from the one before is an error.  And she types it all: where a part is not typed
-- yet, an explanation may stand there.
local function with_principles(imported, typed)
  local block, inside = {}, false
  for _, line in ipairs(split_lines(typed)) do
    if line:find "^%l" then inside = line:find "^redovisningsprinciper:" ~= nil end
    if inside and not line:find "^#" then block[#block + 1] = line end
  end
  return (imported:gsub("\nej_inskrivet: [^\n]*", "")) .. "\n" .. table.concat(block, "\n") .. "\n"
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

-- The line of the file typed by hand that has the row, and the text of its cells.
local function typed_row(lines, at)
  for i, line in ipairs(lines) do
    local cells, places = line:match "tal: (%b[]).-rad: (%b[])"
    if not cells then cells, places = line:match "tal: (%b[]).-rad: (%d+)" end
    for place in (places or ""):gmatch "%d+" do
      if tonumber(place) == at then return i, cells end
    end
  end
end

local function digits(text)
  return (text:gsub("[^%d,]", ""))
end

-- The typed file with the misprint in it; nil where it has not that figure there.
local function plant_typed(lines, x, new)
  local i, cells = typed_row(lines, x.cell.line)
  if not i then return nil end
  local columns
  for j = i, 1, -1 do
    columns = columns or lines[j]:match "^%s*kolumner: %[(.-)%]"
  end
  local at, list = 0, {}
  for name in (columns or ""):gmatch "[%w_]+" do
    at = at + 1
    list[name] = at
  end
  local out, n = {}, 0
  for cell in (cells:sub(2, -2) .. ","):gmatch "(.-)," do
    n = n + 1
    local here = n == list[x.column]
    if here and digits(cell) ~= digits(x.cell.printed) then return nil end
    out[n] = here and '"' .. new .. '"' or cell
  end
  if n < (list[x.column] or n + 1) then return nil end
  local changed = table.move(lines, 1, #lines, 1, {})
  local from, to = lines[i]:find(cells, 1, true)
  changed[i] = lines[i]:sub(1, from - 1) .. "[" .. table.concat(out, ",") .. "]" .. lines[i]:sub(to + 1)
  return table.concat(changed, "\n")
end

local function import(r, text, answers, reference, whole)
  local forbund = read.forbund(r.own)
  forbund.reference = reference
  return plants.import(taxonomy, { document = medel.document_text(text), kind = "text", name = r.name, path = r.name, sha256 = "" },
    { forbund = forbund, answers = answers }, whole)
end

local reports = {}
for i, name in ipairs { "lekeberg-orebro", "sydnarke", "degerfors-karlskoga" } do
  local own = folder .. "/" .. name .. ".forbund.yaml"
  assert(medel.write_file(own, medel.read_file("examples/" .. name .. "/forbund.yaml"), true))
  local r = { name = name, text = medel.read_file("tests/import/reports/" .. name .. ".txt"), own = own }
  local m = import(r, r.text)
  r.lines, r.cells, r.proofs = split_lines(r.text), cells_of(m), plants.exact(m)
  r.typed = split_lines((medel.read_file("examples/" .. name .. "/2023.yaml"):gsub("forbund: forbund.yaml", ("forbund: %s.forbund.yaml"):format(name))))
  assert(medel.write_file(folder .. "/" .. name .. ".yaml", table.concat(r.typed, "\n"), true))
  reports[i] = r
end

local result, pairs_of = plants.result(), {}
local tries = 0
while result.n < count and tries < 40 * count do
  tries = tries + 1
  local r = reports[random(3)]
  local x = r.cells[random(#r.cells)]
  local new = kinds[random(#kinds)](x.cell.printed)
  local line = new and replace_at(r.lines[x.cell.line], x.cell.x0 // 100, x.cell.printed, new)
  -- a unit or two is what rounding is: no rule sees it
  if line and (math.abs(plants.number(new) - plants.number(x.cell.printed)) > 2) then
    local lines = table.move(r.lines, 1, #r.lines, 1, {})
    lines[x.cell.line] = line
    local m = import(r, table.concat(lines, "\n"))
    local cell = same_cell(m, x)
    local one = plants.judge(result, cell, x.cell.printed, new, r.proofs,
      ("%s, %s %s %s rad %d: %s för %s"):format(r.name, x.table, x.note or "", x.column, x.cell.line, new, x.cell.printed))
    local typed = plant_typed(r.typed, x, new)
    if typed and m.report then
      local stem = ("%s/%d"):format(folder, result.n)
      m = import(r, table.concat(lines, "\n"), plants.answers(m, assert(medel.yaml(typed))), ("%d.forbund.yaml"):format(result.n), result.n % 10 == 0)
      local own = #m.learned > 0 and learn(m.forbund, m.learned) or medel.read_file(r.own)
      assert(medel.write_file(stem .. ".forbund.yaml", own, true))
      assert(medel.write_file(stem .. "-typed.yaml", typed, true))
      assert(medel.write_file(stem .. "-import.yaml", with_principles(m.text, typed), true))
      pairs_of[#pairs_of + 1] = { stem = stem, clean = folder .. "/" .. r.name .. ".yaml", what = one }
    end
  end
end
plants.compare(result, program, pairs_of)
if not plants.report(result, "text") then os.exit(1) end
