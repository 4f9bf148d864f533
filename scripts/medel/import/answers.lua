-- answers.lua: what a person has said of what was read, kept while the print is the same.
--
-- An answer names its row by a key of table, label and printed cells: another print has another
-- key, and the answer falls.
local medel = require "medel"
local status = require "medel.import.status"

local answers = {}

local function bad(path, why, ...)
  error(path .. ": " .. why:format(...), 0)
end

local words = { ja = true, annan = true, tal = true, rad = true, uppgift = true, falt = true, inget = true, ord = true, saknas = true, skrivet = true, niva = true }

-- The answers of a file that the review page or the side file holds.
function answers.read(path)
  local text, why = medel.read_file(path)
  if not text then error(why, 0) end
  local one, wrong = medel.yaml(text, path)
  if not one then error(wrong, 0) end
  if type(one.svar) ~= "table" then bad(path, "no answers: a file with `svar`, from the review page, was expected") end
  for i, a in ipairs(one.svar) do
    if type(a) ~= "table" or type(a.nyckel) ~= "string" or not words[a.svar] then
      bad(path, "answer %d: nyckel, and svar: ja, annan, tal, rad, uppgift, falt, inget, ord, saknas, skrivet or niva, were expected", i)
    end
    if a.svar == "tal" and type(a.tal) ~= "table" then bad(path, "answer %d: tal, a list of what is printed, was expected", i) end
    if (a.svar == "falt" or a.svar == "ord" or a.svar == "saknas") and type(a.plats) ~= "string" then bad(path, "answer %d: plats, section.record.field, was expected", i) end
    if a.svar == "skrivet" and type(a.text) ~= "string" then bad(path, "answer %d: text, a concept or the place of a field, was expected", i) end
    if a.svar == "niva" and type(a.varde) ~= "string" then bad(path, "answer %d: varde, a level, was expected", i) end
    if a.svar == "ord" and type(a.varde) ~= "string" then bad(path, "answer %d: varde, a text, was expected", i) end
    if (a.svar == "falt" or a.svar == "uppgift") and a.tal and type(a.tal) ~= "string" then
      bad(path, "answer %d: tal, a text with the digits of the print, was expected", i)
    end
    if (a.svar == "rad" or a.svar == "tal" and a.rad) and not (type(a.rad) == "string" and a.rad:find "^%l[%l%d_]*$") then
      bad(path, "answer %d: rad, the name of a row, was expected", i)
    end
  end
  return one.svar
end

local function taxonomy_row(specs, table_id, row_id)
  for _, t in ipairs(specs) do
    if t.id == table_id then
      for _, row in ipairs(t.rows) do if row.id == row_id then return row end end
    end
  end
end

local function apply_cells(row, list)
  for i, text in ipairs(list) do
    local cell = row.cells[i]
    if cell and text == "" then
      cell.kind, cell.typed = "empty", nil
    elseif cell then
      cell.typed = text
      if cell.kind == "empty" or cell.kind == "dash" then cell.kind = "amount" end
    end
  end
end

-- The förbund's own rows of a table, as a table that may be filled; nil where there is no förbund's file.
local function own_rows(m, t)
  if not m.forbund then return nil end
  local values = m.forbund.values
  values.rader = values.rader or {}
  values.rader[t.id] = values.rader[t.id] or {}
  return values.rader[t.id]
end

-- The row that an answer names; false: there is another of that name, or it says not what it is a part of.
local function name_row(m, t, row, a, specs)
  for _, other in ipairs(t.rows) do if other ~= row and other.id == a.rad and other.placed then return false end end
  local known, rows = taxonomy_row(specs, t.id, a.rad), own_rows(m, t)
  local own = not known and rows and rows[a.rad]
  local under = not known and (type(a.under) == "string" and a.under or own and own.under or row.under) or nil
  if not known and not under then return false end
  row.id, row.placed, row.known, row.under = a.rad, true, known ~= nil, under
  row.own = not known and rows ~= nil
  if not own then
    m.learned[#m.learned + 1] = { tabell = t.id, rad = a.rad, under = under, text = row.label }
    -- the report file refers to the förbund's, which will have the row
    if row.own then rows[a.rad] = { under = under, text = row.label } end
  end
  row.exact_label = known and known.label == row.label or row.own and rows[a.rad].text == row.label
  return true
end

local function apply_one(m, t, row, a, specs)
  if a.svar == "annan" then
    if not row.other then return false end
    row.cells, row.other = row.other, row.cells
  elseif a.svar == "tal" then
    if a.rad and not name_row(m, t, row, a, specs) then return false end -- which row it is, too
    apply_cells(row, a.tal)
    row.answer = "RATTAD"
    row.comment = "rättad vid läsning"
    return true
  elseif a.svar == "rad" and not name_row(m, t, row, a, specs) then
    return false
  end
  row.answer = "BEKRAFTAD"
  return true
end

-- Apply what still fits; m.kept_answers are those, m.fallen the others.
function answers.apply(m, all, taxonomy)
  local by_key, list = {}, {}
  -- those about figures of running text are text.lua's
  for _, a in ipairs(all) do
    if a.svar == "ja" or a.svar == "annan" or a.svar == "tal" or a.svar == "rad" then list[#list + 1] = a end
  end
  for _, a in ipairs(list) do by_key[a.nyckel] = a end
  m.kept_answers, m.fallen, m.learned = {}, {}, {}
  local specs = medel.describe_taxonomy(taxonomy).tables
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      row.key = status.key(t, row)
      local a = by_key[row.key]
      if a and apply_one(m, t, row, a, specs) then
        m.kept_answers[#m.kept_answers + 1] = a
        by_key[row.key] = nil
      end
    end
  end
  for _, a in ipairs(list) do
    if by_key[a.nyckel] then m.fallen[#m.fallen + 1] = a end
  end
end

-- ---- what the förbund's file learns ----

-- The text with a line put in after the line 'at' (a pattern of a whole line); nil if it is not there.
local function after(text, at, line)
  local from, to = text:find("\n" .. at .. "%s*\n")
  if not from then
    from, to = text:find("^" .. at .. "%s*\n")
    if not from then return nil end
  end
  return text:sub(1, to) .. line .. text:sub(to + 1)
end

local function quoted(text)
  return '"' .. medel.show(text):gsub('[\\"]', "\\%0") .. '"'
end

local function with_own_row(text, x)
  local line = ("    %s: { under: %s, text: %s }\n"):format(x.rad, x.under, quoted(x.text))
  return after(text, "  " .. x.tabell .. ":", line)
    or after(text, "rader:", ("  %s:\n%s"):format(x.tabell, line))
    or ("%s\nrader:\n  %s:\n%s"):format(text:gsub("\n*$", ""), x.tabell, line)
end

local function with_label(text, x)
  local line = ("  - { tabell: %s, rad: %s, text: %s }\n"):format(x.tabell, x.rad, quoted(x.text))
  return after(text, "etiketter:", line) or ("%s\n\n# Vad förbundet kallar taxonomins rader.\netiketter:\n%s"):format(text:gsub("\n*$", ""), line)
end

-- The förbund's file with what was learned, as text; nil when there is nothing new.  Rows are new to it.
function answers.learn(forbund, learned)
  local text = medel.read_file(forbund.path)
  local before = text
  -- each is put first of its list, so the last one begins
  for i = #learned, 1, -1 do
    local x = learned[i]
    local known = false
    for _, e in ipairs(forbund.values.etiketter or {}) do
      known = known or (e.tabell == x.tabell and e.rad == x.rad and e.text == x.text)
    end
    if not known then text = x.under and with_own_row(text, x) or with_label(text, x) end
  end
  if text == before then return nil end
  local _, wrong = medel.yaml(text, forbund.path)
  return text, type(wrong) == "string" and wrong or nil
end

return answers
