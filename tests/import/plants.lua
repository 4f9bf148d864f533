-- plants.lua: what was made of planted misprints, counted.
local audits = require "audits"
local measure = require "measure"
local outside = require "medel.import.text"
local read = require "medel.import.read"
local status = require "medel.import.status"

local plants = {}

function plants.result()
  return { n = 0, kept = 0, asked = 0, repaired = 0, proved = 0, agrees = 0, rounded = 0, pairs = 0, same = 0, other = 0, seen = 0, list = {} }
end

-- Only the tables are of interest, and running text is half of the time: it is read where 'whole' asks for it.
function plants.import(taxonomy, source, options, whole)
  local all, write = outside.read, outside.write
  if not whole then
    outside.read, outside.write = function() end, function() return "" end
  end
  local m = read.import(taxonomy, source, options)
  outside.read, outside.write = all, write
  return m
end

-- "−4 920 564" in whole units.
function plants.number(text)
  local digits = text:gsub("%D", "")
  return (text:find "^%s*%d" and 1 or -1) * (tonumber(digits) or 0)
end

-- A relation, by its rule and its figures' places.
local function relation(cell)
  local parts = { cell.rule or "" }
  for _, t in ipairs(cell.terms or {}) do
    parts[#parts + 1] = table.concat({ t.table or "", t.item or "", t.row or "", t.column or "" }, "/")
  end
  return table.concat(parts, " ")
end

-- The relations that prove something exactly.
function plants.exact(m)
  local set = {}
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      for _, cell in ipairs(row.cells) do if status.proved[cell.status] then set[relation(cell)] = true end end
    end
  end
  return set
end

local function tell(r, what)
  if #r.list < 20 then r.list[#r.list + 1] = what end
end

-- A misprint's cell as it was read.  A relation that held before, and holds with a figure that is now another,
-- is no proof; one that the misprint itself makes true, nobody can tell from a right one.
function plants.judge(r, cell, old, new, before, what)
  r.n = r.n + 1
  local said = cell and cell.printed
  local one = { what = what, proved = cell and cell.kind == "amount" and status.proved[cell.status] }
  if said == new then r.kept = r.kept + 1
  elseif said and plants.number(said) == plants.number(old) and plants.number(new) ~= plants.number(old) then
    r.repaired = r.repaired + 1
    tell(r, "rättad: " .. what)
  else r.asked = r.asked + 1 end
  if cell and cell.status == "AVRUNDAD" then r.rounded = r.rounded + 1 end
  if one.proved then
    one.rule = ("%s (%s)"):format(cell.status, cell.rule)
    if before[relation(cell)] or said ~= new then
      r.proved = r.proved + 1
      tell(r, ("kallad bevisad: %s %s"):format(what, one.rule))
    else
      r.agrees = r.agrees + 1
    end
  end
  return one
end

-- The cells of a misprint in a document, with what is printed: { { cell, truth }, ... }.
function plants.judge_document(r, cells, what)
  r.n = r.n + 1
  local one = { what = what, exchanged = what:find "rader$" or what:find "kolumner$" }
  local kept = true
  for _, c in ipairs(cells) do
    local cell = c.cell
    local right = cell.kind == "dash" and c.truth.value == "0.00"
      or cell.digits and cell.kind ~= "dash" and measure.value(cell) == c.truth.value
    kept = kept and right
    if cell.kind == "amount" and status.proved[cell.status] then
      one.proved, one.rule = true, ("%s (%s)"):format(cell.status, cell.rule)
      if right then r.agrees = r.agrees + 1 else
        r.proved = r.proved + 1
        tell(r, ("kallad bevisad: %s %s"):format(what, one.rule))
      end
    end
  end
  if kept then r.kept = r.kept + 1 else r.asked = r.asked + 1 end
  return one
end

-- The row of the typed file that stands on a row's line, or has its label.
local function typed_row(rows, row)
  for id, typed in pairs(rows) do
    if typed.text and typed.text == row.label:gsub("^Varav ", "") then return { id = id, under = typed.under, tal = typed.tal } end
    for _, place in ipairs(type(typed.rad) == "table" and typed.rad or { typed.rad }) do
      for _, cell in ipairs(row.cells) do
        if cell.line == tonumber(place) and tonumber(place) > 1 then return { id = id, under = typed.under, tal = typed.tal } end
      end
    end
  end
end

-- The typed row's figures in the table's columns, where one of them has other digits than what was read.
local function read_otherwise(t, row, found, columns)
  local at, list, differs = {}, {}, false
  for i, id in ipairs(columns or {}) do at[id] = i end
  for c, column in ipairs(t.columns) do
    local text = type(found.tal) == "table" and at[column.id] and found.tal[at[column.id]]
    list[c] = type(text) == "string" and text or ""
    differs = differs or list[c]:gsub("%D", "") ~= (row.cells[c].printed or ""):gsub("%D", "")
  end
  return differs and list or nil
end

-- What a person answers who has the file typed by hand before her: which row it is, that it is read right, or what stands there.
function plants.answers(m, typed)
  local list = {}
  for _, q in ipairs(m.questions) do
    local t = q.table
    local found = t and t.note and (typed.noter or {})[t.note] or t and typed[t.id]
    local columns = found and found.kolumner
    found = found and typed_row(found.rader or {}, q.row)
    local tal = found and (q.question.status == "TVETYDIG" or q.question.status == "TOM") and read_otherwise(t, q.row, found, columns)
    list[#list + 1] = tal and { nyckel = q.question.key, svar = "tal", tal = tal, rad = found.id, under = found.under } or found and { nyckel = q.question.key, svar = "rad", rad = found.id, under = found.under }
      or { nyckel = q.question.key, svar = "ja" }
  end
  return list
end

-- list: { stem, clean, what }: audit of STEM-import.yaml and STEM-typed.yaml, and of the typed file without it.
function plants.compare(r, program, list)
  local paths, once = {}, {}
  for _, p in ipairs(list) do
    for _, path in ipairs { p.stem .. "-typed.yaml", p.stem .. "-import.yaml", p.clean } do
      if not once[path] then paths[#paths + 1] = path end
      once[path] = true
    end
  end
  local by = audits.findings(program, paths)
  for _, p in ipairs(list) do
    r.pairs = r.pairs + 1
    assert(by[p.stem .. "-typed.yaml"] and by[p.stem .. "-import.yaml"], p.stem)
    local typed, import = audits.count(by[p.stem .. "-typed.yaml"]), audits.count(by[p.stem .. "-import.yaml"])
    local seen = p.clean and typed ~= audits.count(by[p.clean])
    if seen then r.seen = r.seen + 1 end
    if typed == import then
      r.same = r.same + 1
    elseif p.what.exchanged and p.clean and import ~= audits.count(by[p.clean]) then
      r.otherwise = (r.otherwise or 0) + 1 -- which of two rows that changed places is the wrong one, both may tell
    else
      r.other = r.other + 1
      tell(r, ("audit säger annat: %s (%s)\n    skriven: %s\n    läst:    %s"):format(p.what.what, p.stem, typed:gsub("\n", ", "), import:gsub("\n", ", ")))
    end
    -- rows or columns that have changed places: a sum of both holds as it did, and nothing in it tells
    if seen and p.what.proved and p.what.exchanged then
      r.exchanged = (r.exchanged or 0) + 1
    elseif seen and p.what.proved then
      tell(r, ("bevisad fast den syns: %s %s"):format(p.what.what, p.what.rule))
      r.proved_seen = (r.proved_seen or 0) + 1
    end
  end
end

function plants.report(r, name)
  for _, line in ipairs(r.list) do print("  " .. line) end
  print(("import: %d planterade fel i %s: %d lästa som de står, %d på annat sätt eller inte alla, %d rättade, %d kallade bevisade "
    .. "(%d i summor som går ihop ändå, varav %d av rader eller kolumner som bytt plats; %d avrundade); audit: %d par, %d syns, %d lika, %d sedda men sagda om annan rad, %d olika"):format(r.n, name, r.kept, r.asked, r.repaired,
    r.proved + (r.proved_seen or 0), r.agrees, r.exchanged or 0, r.rounded, r.pairs, r.seen, r.same, r.otherwise or 0, r.other))
  return r.repaired == 0 and r.proved == 0 and (r.proved_seen or 0) == 0 and r.other == 0
end

return plants
