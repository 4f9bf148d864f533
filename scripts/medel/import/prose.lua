-- prose.lua: the running text of a document as paragraphs and sentences, and the figures in them
-- with their places.
local medel = require "medel"

local prose = {}

local function key(page, line) return page .. ":" .. line end

local lower = {} -- by the letter in upper case
for c = 0x80, 0x9E do lower["\xC3" .. string.char(c)] = "\xC3" .. string.char(c + 32) end

-- Lower case, also of the letters that Swedish adds.
function prose.lower(text) return (text:lower():gsub("\xC3[\x80-\x9E]", lower)) end

-- Lines that a table has its figures or its heads from.
local function taken(m)
  local set = {}
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      if row.asides then set[key(row.page, row.line)] = true end
      for _, cell in ipairs(row.cells) do
        if cell.kind ~= "empty" then set[key(cell.page, cell.line)] = true end
      end
    end
    for _, loose in ipairs(t.loose) do set[key(loose.page, loose.line)] = true end
    for _, c in ipairs(t.columns) do
      if c.printed then set[key(t.page, t.header_line)] = true end
    end
  end
  return set
end

-- Does a new paragraph begin with this line?  Where a reader leaves no blank line, after a short
-- line without an end, and at a mark of a list.
local function begins(before, text)
  if text:find "^[•✓▪o\xEF] ?" or text:find "^%d+%. +[%u\xC3]" or text:find "^%d+%.%d[%d.]* +[%u\xC3]" or text:find "^%- " then return true end
  -- a share begins a goal or an outcome after the head of its column
  if text:find "^%d+ ?%%" and #before < 30 and before:find "^%u" then return true end
  local upper = text:find "^%u" or text:find "^\xC3[\x80-\x9E]"
  if before:find "[.!?:]$" then return utf8.len(before) and utf8.len(before) < 60 and upper end
  return upper and (utf8.len(before) or #before) < 45
end

-- The line with a tab between its cells, which no figure goes across.
local function apart(line)
  if not line.cells then return line.text end
  local numbers, out = {}, {}
  for cell in pairs(line.cells) do numbers[#numbers + 1] = cell end
  table.sort(numbers)
  for i, cell in ipairs(numbers) do out[i] = line.cells[cell] end
  local text = table.concat(out, "\t")
  return #text == #line.text and text or line.text
end

local longest = 20000 -- bytes of one paragraph: what goes on is another

-- A line more of a paragraph; a word that is divided at its end is one.
local function add(p, line)
  local text, parts, last = apart(line), p.parts, p.parts[#p.parts]
  if last and (last:find "%l%-$" or last:find "[\xA5\xA4\xB6]%-$") and text:find "^%l" then
    parts[#parts] = last:sub(1, -2)
    p.size = p.size - 1
  elseif last then
    parts[#parts + 1] = " "
    p.size = p.size + 1
  end
  p.pieces[#p.pieces + 1] = { at = p.size + 1, line = line }
  parts[#parts + 1] = text
  p.size = p.size + #text
end

-- "1 Inledning", "2 Ekonomi  7": short lines that count from one, in a list of contents and again in the text.
local function number_headings(lines)
  local run = {}
  local function close()
    for _, line in ipairs(run) do line.numbered = #run > 2 end
    run = {}
  end
  for _, line in ipairs(lines) do
    local digits, rest = line.text:match "^(%d%d?) (%S.*)$"
    local n = tonumber(digits)
    local short = n and #line.text < 70 and (rest:find "^%u" or rest:find "^\xC3[\x80-\x9E]") and not rest:find "[.:,;]$" and not rest:find "%d.*%s"
    if short and n == 1 then close() end
    if short and n == #run + 1 then run[n] = line end
  end
  close()
end

-- The paragraphs outside of tables: { text, pieces = { { at, line } } }, where a line has its .order.
function prose.paragraphs(m)
  local list, p, set = {}, nil, taken(m)
  number_headings(m.lines)
  for order, line in ipairs(m.lines) do
    local text = apart(line)
    line.order = order
    if line.furniture then -- a paragraph goes on below it
    elseif text == "" or set[key(line.page, line.line)] or m.own_lines[order] then
      p = nil
    else
      if not p or p.size > longest or begins(p.last, text) then
        p = { parts = {}, pieces = {}, size = 0 }
        list[#list + 1] = p
      end
      add(p, line)
      p.last = text
    end
  end
  for _, x in ipairs(list) do x.text, x.parts = table.concat(x.parts), nil end
  return list
end

-- The line that a byte of a paragraph stands on.
function prose.line(p, at)
  local found = p.pieces[1]
  for _, piece in ipairs(p.pieces) do
    if piece.at <= at then found = piece end
  end
  return found.line
end

-- From which byte to which of its line's text a figure stands, where it is not divided between two.
function prose.part(f)
  local at, piece, after = f.paragraph.text:find("%d", f.from), nil, nil
  for i, x in ipairs(f.paragraph.pieces) do
    if x.at <= at then piece, after = x, f.paragraph.pieces[i + 1] end
  end
  local to = after and math.min(f.to, after.at - 1) or f.to
  return math.max(at - piece.at + 1, 1), to - piece.at + 1
end

-- Where the sentences of a text begin.
local function starts(text)
  local list = { 1 }
  for after in text:gmatch "[.!?]%)? +()%f[%u\xC3\xE2\"(]" do list[#list + 1] = after end
  -- a sentence may begin with a figure, after a word that is no abbreviation
  for after in text:gmatch "%a%a%a[)%%]?[.!?]%)? +()%f[%d]" do list[#list + 1] = after end
  table.sort(list)
  return list
end

local widest = 600 -- bytes on each side of a figure that its sentence may be

-- The sentence around a byte, of a list of starts: from, to.
local function sentence(text, list, at)
  local low, high = 1, #list
  while low < high do
    local middle = (low + high + 1) // 2
    if list[middle] <= at then low = middle else high = middle - 1 end
  end
  local next_start = list[low + 1]
  while next_start and next_start == list[low] do low, next_start = low + 1, list[low + 2] end
  local from, to = list[low], next_start and next_start - 1 or #text
  return math.max(from, at - widest), math.min(to, at + widest)
end

-- 6 of 10, which "(6/10)" is two figures of.
local function fraction(p, list)
  for at, a, middle, b in p.text:gmatch "%(()(%d+)()/(%d+)%)" do
    for _, x in ipairs { { a, at }, { b, middle + 1 } } do
      local f = medel.figures_in(x[1])[1]
      if f and #a <= 3 and #b <= 3 then
        f.from, f.to, f.fraction = x[2], x[2] + #x[1] - 1, true
        list[#list + 1] = f
      end
    end
  end
  table.sort(list, function(x, y) return x.from < y.from end)
  return list
end

local kinds = { ["%"] = "share", kr = "amount", tkr = "amount", mnkr = "amount" }

-- What a figure is: share, amount, count, amount_per_count, or a number with decimals and no unit.
local function kind_of(p, f)
  local per = p.text:match("^ ?kr ?/ ?%a+", f.to + 1)
  if per and f.unit == "" then
    f.text, f.to = f.text .. per, f.to + #per
    return "amount_per_count"
  end
  return kinds[f.unit] or (f.text:find "%d,%d" and "number" or "count")
end

-- Without the number of the list's item that the paragraph is.
local function without_item(p, list)
  if list[1] and list[1].from == 1 and p.text:find "^%d%d?%. " then table.remove(list, 1) end
  return list
end

local months = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december" }

-- "3 Ekonomi  7" of a numbered heading, "1) Varav ..." of a footnote: what a line or sentence begins with.
local function is_number_of(p, f, after, before)
  if after:find "^%)" and (before:find "^%s*$" or before:find "[.!?:] *$") then return true end
  if prose.line(p, f.from).numbered then return true end
  for _, piece in ipairs(p.pieces) do if piece.at == f.from then return after:find "^%) " ~= nil end end
end

-- A day of a month, a number of an organisation, a part of an address: no figure.
local function is_other(p, f)
  local after, before = prose.lower(p.text:sub(f.to + 1, f.to + 14)), p.text:sub(math.max(1, f.from - 120), f.from - 1)
  for _, month in ipairs(months) do
    if after:find("^ " .. month) then return true end
  end
  if before:find "https?://%S*$" or before:find "www%.%S*$" then return true end
  if f.unit == "" and is_number_of(p, f, after, before) then return true end
  local number = p.text:sub(math.max(1, f.from - 10), f.to + 9)
  return f.unit == "" and (number:find "%f[%d]%d%d%d%d%d%d[-–\xE2\x80\x93]+%d%d%d%d%f[%D]") ~= nil
end

-- The numbers of chapters: "2 Resultaträkning", one after the other; each line of them.
local function chapters(m)
  local set, last, before = {}, 0, nil
  for order, line in ipairs(m.lines) do
    local n, name = line.text:match "^(%d%d?) +([%u\xC3][^%d]*)$"
    local is_next = n and (tonumber(n) == last + 1 or (tonumber(n) == 1 and last == 0))
    if is_next and not line.cells and (utf8.len(name) or 99) < 70 and not name:find "[.,;:]$" then
      if before then set[before], set[order] = true, true end
      last, before = last + 1, order
    end
  end
  return set
end

-- The figures of the running text: { kind, text, value, unit, page, line, order, sentence, at, paragraph },
-- where 'at' is the figure's place in its sentence.
function prose.figures(paragraphs, m)
  local list, numbers = {}, chapters(m)
  for _, p in ipairs(paragraphs) do
    local found = {}
    for _, f in ipairs(medel.figures_in(p.text)) do
      if not is_other(p, f) then found[#found + 1] = f end
    end
    p.figures = fraction(p, without_item(p, found))
    local list_of_starts = #p.figures > 0 and starts(p.text)
    local first = p.pieces[1].line
    if p.figures[1] and p.figures[1].from == 1 and numbers[first.order] then
      table.remove(p.figures, 1)
      first.chapter = true
    end
    for _, f in ipairs(p.figures) do
      local from, to = sentence(p.text, list_of_starts, f.from)
      -- where the digits are, not the word before them
      local line = prose.line(p, p.text:find("%d", f.from))
      f.page, f.line, f.order = line.page, line.line, line.order
      f.kind = kind_of(p, f)
      f.paragraph, f.at = p, f.from - from + 1
      f.sentence = p.text:sub(from, to):gsub("%s+$", "")
      list[#list + 1] = f
    end
  end
  return list
end

return prose
