-- account.lua: what became of each number that is printed: it stands in a table or in a candidate, or it is no
-- figure, and why.
local medel = require "medel"
local prose = require "medel.import.prose"

local account = {}

local function key(page, line) return page .. ":" .. line end

-- The words of a line that have digits: { from, to, text, what }.
local function numbers_of(line)
  local list = {}
  for from, word in line.text:gmatch "()(%S*%d%S*)" do list[#list + 1] = { from = from, to = from + #word - 1, text = word } end
  return list
end

-- Say of the numbers of a line that have digits between two bytes what they are; whether there were any.
local function claim(line, from, to, what)
  local any = false
  for _, n in ipairs(line.numbers) do
    if not n.what and n.from <= to and n.to >= from and line.text:find("%d", math.max(n.from, from)) <= to then n.what, any = what, true end
  end
  return any
end

-- Say it of a text that stands somewhere in the line, from a byte on; where it ended.
local function claim_text(line, text, at, what)
  while true do
    local from, to = line.text:find(text, at, true)
    if not from then return nil end
    if claim(line, from, to, what) then return to + 1 end
    at = from + 1
  end
end

local function of_tables(m, by)
  for _, t in ipairs(m.tables) do
    local head = by[key(t.page, t.header_line)]
    for _, c in ipairs(head and t.columns or {}) do
      if c.printed then claim_text(head, c.printed, 1, "årtal") end
    end
    for _, row in ipairs(t.rows) do
      local ends = {}
      for _, cell in ipairs(row.cells) do
        local line = cell.kind ~= "empty" and cell.kind ~= "dash" and by[key(cell.page, cell.line)]
        if line then ends[line] = claim_text(line, cell.printed, ends[line] or 1, "tabell") or claim_text(line, cell.printed, 1, "tabell") end
      end
      local line = by[key(row.page, row.line)]
      for _, a in ipairs(line and row.asides or {}) do claim_text(line, a.printed, 1, "tabell") end
    end
  end
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      local first = by[key(row.page, row.line)]
      for _, n in ipairs(first and first.numbers or {}) do
        if not n.what and n.text == row.note then n.what = "not" end
        -- a word of the label, not an amount that stands inside it
        local small = n.text:find "^%D*%d%d?%D*$" or n.text:find "^20%d%d"
        if not n.what and small and row.label:find("%f[^%z ]" .. n.text:gsub("%p", "%%%0") .. "%f[%z ]") and not row.label:find("%d+ %d%d%d") then n.what = "etikett" end
      end
    end
    for _, loose in ipairs(t.loose) do
      local line = by[key(loose.page, loose.line)]
      claim(line, 1, #line.text, "inte läst")
    end
  end
end

-- Names and words of tables of insatser, goals and indicators.
local function of_matrices(m)
  for order, own in pairs(m.own_lines) do
    local line = m.lines[order]
    claim(line, 1, own.label, "etikett")
    for c, v in pairs(own.values or {}) do
      if type(c) == "number" and not v.figure and not v.dash then claim(line, v.from, v.to, "text") end
    end
  end
end

-- The line that a byte of a paragraph stands in, and where.
local function in_line(p, at)
  local found
  for _, piece in ipairs(p.pieces) do if piece.at <= at then found = piece end end
  return found.line, at - found.at + 1
end

local function of_text(m)
  for _, f in ipairs(m.figures) do
    local p = f.paragraph
    for at = f.from, f.to do
      if p.text:find("^%d", at) then
        local line, byte = in_line(p, at)
        claim(line, byte, byte, "text")
      end
    end
  end
end

-- ---- what is no figure ----

local months = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december" }
-- What a number after them numbers.
local numbering = { "not", "noter", "sid", "sida", "sidan", "rad", "punkt", "fråga", "nr", "mål", "bilaga", "tabell", "diagram", "figur", "indikator",
                    "skala", "avsnitt", "kapitel" }

local function is_in(list, word)
  for _, x in ipairs(list) do if x == word then return true end end
  return false
end

local function begins_month(text)
  for _, month in ipairs(months) do if text:find("^" .. month) then return true end end
  return false
end

local function is_year(digits) return digits:find "^20%d%d$" or digits:find "^19%d%d$" end

-- 2023, 2022/23, "2019–2023.": years and nothing else.
local function years(word)
  local first = true
  for digits in word:gmatch "%d+" do
    if not is_year(digits) and (first or #digits ~= 2) then return false end
    first = false
  end
  return not word:find "%%" and not word:find "%a"
end

-- Why a number is none that a report file has; nil: it may be one.  Words beside it may stand on the line before or after.
local function no_figure(n, before, after, chapter)
  before, after = prose.lower(before), prose.lower(after)
  local word, bare = n.text, n.text:gsub("^[(\"]+", ""):gsub("[.,:;)\"]+$", "")
  if word:find "://" or word:find "^www%." or word:find "@" then return "adress" end
  if bare:find "^%d%d%d%d%d%d[-–\xE2\x80\x93]+%d%d%d%d$" then return "organisationsnummer" end
  if years(word) then return "årtal" end
  if bare:find "^20%d%d%-%d%d" or bare:find "^%d%d?/%d%d?%s*%-?" and after:find "^%s*20%d%d" then return "datum" end
  if bare:find "^%d%d%d%d:%d+$" or after:find "^%s*§" or after:find "^%s*kap" or before:find "§+%s*$" then return "lagrum" end
  local last = before:match "([^%s%d]+)%s*$" or ""
  if begins_month(after) or is_in(months, last) and bare:find "^%d%d?$" then return "datum" end
  if bare:find "^%d[%d.]*%.?$" and is_in(numbering, (last:gsub("^[(\"]+", ""):gsub("%.$", ""))) then return "nummer" end
  if bare:find "^%d%d?%.%d[%d.]*$" and not bare:find "%d%d%d" then return "nummer" end
  if n.from == 1 and (word:find "^%d%d?[.)]$" or chapter and word:find "^%d%d?$") then return "nummer" end
  if bare:find "^%d%)$" or word:find "^%*?%d%)$" then return "fotnot" end
  if word:find "%a" or word:find "\xC3" then
    local rest = word:gsub("%d[%d.,]*", "")
    -- a month may stand right beside it: januari–31
    return is_in(months, (prose.lower(rest):gsub("[-–\xE2\x80\x93.,]", ""))) and "datum" or "del av ett ord"
  end
end

-- ---- all of them ----

-- What a number can be that is written in the report file.
local figures = { tabell = true, ["not"] = true, etikett = true, ["inte läst"] = true, text = true, rest = true }

-- The numbers that nothing has taken, as figures that a person is shown: runs of them, with the line around.
local function left_of(line)
  local list, run = {}, nil
  for _, n in ipairs(line.numbers) do
    local joins = run and not n.what and not line.text:sub(run.to + 1, n.from - 1):find "%S"
    if joins then run.to = n.to
    elseif not n.what then
      run = { from = n.from, to = n.to }
      list[#list + 1] = run
    end
    if n.what then run = nil end
  end
  return list
end

-- Take the two parts of a group that its cell broke ("27" and "4") off a list; false: they are not in it.
local function take_broken(list, page, digits)
  for i, a in ipairs(list) do
    for j, b in ipairs(list) do
      if i ~= j and a.page == page and b.page == page and a.text .. b.text == digits then
        table.remove(list, math.max(i, j))
        table.remove(list, math.min(i, j))
        return true
      end
    end
  end
  return false
end

-- The digits of the document that are in none of its lines: raised marks, of footnotes.
local function marks_of(m)
  local left, list = {}, {}
  for _, line in ipairs(m.lines) do
    for digits in line.text:gmatch "%d+" do
      local at = key(line.page, digits)
      left[at] = (left[at] or 0) + 1
    end
  end
  for _, n in ipairs(medel.document_numbers(m.source.document)) do
    local at = key(n.page, n.text)
    left[at] = (left[at] or 0) - 1
    if left[at] < 0 then list[#list + 1] = { page = n.page, text = n.text, what = "fotnot" } end
  end
  if #list == 0 or #list > 100 then return list end -- so many are no broken groups
  for _, line in ipairs(m.lines) do
    for digits in line.text:gmatch "%d+" do
      local at = key(line.page, digits)
      if #digits == 3 and left[at] > 0 and take_broken(list, line.page, digits) then left[at] = left[at] - 1 end
    end
  end
  return list
end

-- What is left of the numbers of m.lines after its tables and m.figures: more figures; each number has .what.
function account.read(m)
  local by, rest = {}, {}
  for _, line in ipairs(m.lines) do
    line.numbers = numbers_of(line)
    by[key(line.page, line.line)] = line
  end
  m.marks = marks_of(m)
  of_tables(m, by)
  of_text(m)
  of_matrices(m)
  for i, line in ipairs(m.lines) do
    local around = { m.lines[i - 1] and m.lines[i - 1].text or "", m.lines[i + 1] and m.lines[i + 1].text or "" }
    for _, n in ipairs(line.numbers) do
      -- "3", "3 (7)", "Årsredovisning | 3"
      if not n.what and line.numbered then n.what = n.from == 1 and "nummer" or "sidnummer" end
      if not n.what and line.furniture and n.text:find "^%(?%d%d?%d?%)?$" then n.what = "sidnummer" end
      if not n.what then
        n.what = no_figure(n, n.from == 1 and around[1] or line.text:sub(1, n.from - 1),
          ((n.to == #line.text and around[2] or line.text:sub(n.to + 1)):gsub("^%s+", "")), line.chapter)
      end
    end
    for _, run in ipairs(left_of(line)) do
      local paragraph = { text = line.text, pieces = { { at = 1, line = line } } }
      local text = line.text:sub(run.from, run.to)
      rest[#rest + 1] = { kind = text:find "%%" and "share" or "count", text = text, from = run.from, to = run.to, page = line.page, line = line.line,
                          order = i, sentence = line.text, at = run.from, paragraph = paragraph, rest = true }
      claim(line, run.from, run.to, "rest")
    end
  end
  return rest
end

-- The figures without those that are the printed sum of others: nothing else has them.
function account.sums(m, list)
  local left = {}
  for _, f in ipairs(list) do
    if f.is_sum then
      for _, n in ipairs(m.lines[f.order].numbers) do
        if n.from <= f.to and n.to >= f.from then n.what = "summa" end
      end
    else
      left[#left + 1] = f
    end
  end
  return left
end

-- The numbers that are no figures: { page, line, text, what }.
function account.others(m)
  local list = {}
  for _, line in ipairs(m.lines) do
    for _, n in ipairs(line.numbers) do
      if not figures[n.what] then list[#list + 1] = { page = line.page, line = line.line, text = n.text, what = n.what } end
    end
  end
  for _, n in ipairs(m.marks) do list[#list + 1] = n end
  return list
end

return account
