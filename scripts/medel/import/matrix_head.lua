-- matrix_head.lua: the head of a table of insatser, goals or indicators: which field each of its columns is, by the
-- words of rules/taxonomy/ord.yaml, over several lines, with years and units.
local medel = require "medel"
local prose = require "medel.import.prose"

local heads = {}

-- The words of a line with their place in it and across the page: line.words; line.apart: it has wide gaps.
function heads.words(m, i)
  local line = m.lines[i]
  if line.words then return line.words end
  line.words, line.apart = medel.import_words(m.imported, i), false
  local at = 1
  for n, w in ipairs(line.words) do
    w.from, at = at, at + #w.text + 1
    if n > 1 and w.gap >= 2 then line.apart = true end
  end
  return line.words
end

-- The parts of a line between wide gaps or of its cells: { first, last, text, x0, x1, cell }.
function heads.segments(words)
  local list = {}
  for i, w in ipairs(words) do
    local s = list[#list]
    if not s or w.gap >= 2 or w.cell ~= words[i - 1].cell then
      list[#list + 1] = { first = i, last = i, text = w.text, x0 = w.x0, x1 = w.x1, cell = w.cell }
    else
      s.last, s.text, s.x1 = i, s.text .. " " .. w.text, w.x1
    end
  end
  return list
end

local longest = 160 -- bytes of a line of a head

-- Which level a text says, where it says one.
function heads.level(text)
  local s = prose.lower(text)
  local individ, struktur = s:find("individ", 1, true) ~= nil, s:find("struktur", 1, true) ~= nil
  if individ == struktur then return nil end
  return individ and "individ" or "struktur"
end

-- Of each kind of table its phrases by their first byte, the longest first: { words, field }.
function heads.vocabulary(words)
  local out = {}
  for kind, fields in pairs(words.tables) do
    local list = {}
    for field, names in pairs(fields) do
      for _, name in ipairs(names) do list[#list + 1] = { words = name, field = field } end
    end
    table.sort(list, function(a, b)
      if #a.words ~= #b.words then return #a.words > #b.words end
      return a.words < b.words
    end)
    local by_first = {}
    for _, p in ipairs(list) do
      local byte = p.words:byte()
      by_first[byte] = by_first[byte] or {}
      table.insert(by_first[byte], p)
    end
    out[#out + 1] = { kind = kind, list = by_first, words_of = words.word_columns }
  end
  table.sort(out, function(a, b) return a.kind < b.kind end)
  return out
end

-- The lines that have a word that a head may begin a column with.
function heads.possible(m, vocabulary)
  local first, set = {}, {}
  for _, v in ipairs(vocabulary) do
    for _, phrases in pairs(v.list) do
      for _, p in ipairs(phrases) do first[p.words:match "^[^ /]+"] = true end
    end
  end
  for i, line in ipairs(m.lines) do
    if #line.text <= longest then
      for word in prose.lower(line.text):gmatch "[%a\x80-\xFF]+" do
        if first[word] then set[i] = true break end
      end
    end
  end
  return set
end

local function goes_on(text, at) return text:find("^%l", at) or text:find("^\xC3[\x9F-\xBF]", at) end

local unit_words = { tkr = "tkr", kr = "kr", mnkr = "mnkr", kronor = "kr", ["%"] = "%", procent = "%", ["i %"] = "%", ["i procent"] = "%" }

local function unit_at(s, at)
  if not s:find("^[(%%tkmpi]", at) then return nil end
  for word, unit in pairs(unit_words) do
    local open = s:sub(at, at) == "(" and 1 or 0
    if s:sub(at + open, at + open + #word - 1) == word and not goes_on(s, at + open + #word) then
      local to = at + open + #word
      local close = s:sub(to, to) == ")"
      if open == 1 and close or open == 0 then return unit, close and to + 1 or to end
    end
  end
end

-- A group of ages: "16–24 år", "30 - 64", "65+".
local function age_at(s, at)
  if not s:find("^[%duy\xC3]", at) then return nil end
  for _, pattern in ipairs { "^%d%d ?[-–\xE2\x80\x93]+ ?%d%d", "^%d%d ?%+", "^%d%d ?%- ?år", "^under %d%d", "^över %d%d", "^yngre än %d%d", "^äldre än %d%d" } do
    local _, to = s:find(pattern, at)
    if to then
      local _, years = s:find("^ ?år", to + 1)
      to = years or to
      if not s:find("^%d", to + 1) then return to + 1 end
    end
  end
end

-- A text as columns, one after the other: { text, field, year, unit, age }; nil if it has other words.
function heads.columns(text, list)
  local s, out, at = prose.lower(text), {}, 1
  while true do
    local _, blank = s:find("^[%s:*]+", at)
    at = blank and blank + 1 or at
    if at > #text then break end
    local last, from = out[#out], at
    local year = s:match("^20%d%d%f[%D]", at)
    local unit, to = unit_at(s, at)
    local age = not year and age_at(s, at)
    local counts = s:find("^[(as]", at)
      and (s:find("^%(?antal%)?$", at) or s:find("^%(?st%)?%f[^%a)]", at) or s:find("^%(?antal%)", at))
    if counts then
      at = select(2, s:find("^%(?%a+%)?", at)) + 1
      if last then last.counts = true else return nil end
    elseif year then
      at = at + 4
      if last and not last.year then last.year, last.text = tonumber(year), last.text .. " " .. year
      else out[#out + 1] = { text = (last and last.name or "") .. " " .. year, name = last and last.name, field = last and last.field, year = tonumber(year), bare = not last } end
    elseif age then
      out[#out + 1] = { text = text:sub(from, age - 1), age = true }
      at = age
    elseif unit and (last or s:find("^%(?[%a%%]+%)?$", at)) then
      at = to
      if last then last.unit = unit else out[1] = { text = text, unit = unit, bare = true } end
    else
      local found
      for _, p in ipairs(list[s:byte(at)] or {}) do
        if s:sub(at, at + #p.words - 1) == p.words and not goes_on(text, at + #p.words) then found = p break end
      end
      if not found then return nil end
      at = at + #found.words
      out[#out + 1] = { text = text:sub(from, at - 1), field = found.field }
      out[#out].name = out[#out].text
    end
  end
  return #out > 0 and out or nil
end

-- ---- lines into columns ----

-- What a part of the head says: its columns, or one that nobody knows.  split: known words before a capital letter are a
-- column of their own ("Avslutade Till arbete").
local function column_of(segment, list, split)
  local all = heads.columns(segment.text, list)
  if not all and split then
    for at in segment.text:gmatch "()%u" do
      local first = at > 1 and heads.columns(segment.text:sub(1, at - 1), list)
      if first then
        all = first
        all[#all + 1] = { text = segment.text:sub(at) }
        break
      end
    end
  end
  if not all then return { { text = segment.text, x0 = segment.x0, x1 = segment.x1, cell = segment.cell } } end
  for _, c in ipairs(all) do c.cell = segment.cell end
  if #all == 1 then all[1].x0, all[1].x1 = segment.x0, segment.x1 end
  return all
end

-- Parts of lines that stand over each other are one; nil where a part spans two of another line.
local function stacked(lines)
  local list = {}
  for l, line in ipairs(lines) do
    for _, s in ipairs(heads.segments(line.words)) do
      local found
      for _, x in ipairs(list) do
        if s.cell and x.cell == s.cell or not s.cell and s.x0 < x.x1 and x.x0 < s.x1 then
          if found or x.line == l then return nil end
          found = x
        end
      end
      if found then
        found.text, found.line = found.text .. " " .. s.text, l
        found.x0, found.x1 = math.min(found.x0, s.x0), math.max(found.x1, s.x1)
      else
        list[#list + 1] = { text = s.text, x0 = s.x0, x1 = s.x1, cell = s.cell, line = l }
      end
    end
  end
  table.sort(list, function(a, b)
    if a.cell and b.cell then return a.cell < b.cell end
    return a.x0 < b.x0
  end)
  return list
end

local function flat(parts, list, split)
  local out = {}
  for _, s in ipairs(parts) do
    for _, c in ipairs(column_of(s, list, split)) do out[#out + 1] = c end
  end
  return out
end

-- "Deltagare | Budget" over "2023 2022 2023 2022", and years over fields that are repeated: the columns of both lines.
local function spanned(upper, lower)
  local years, n = {}, 0
  for _, c in ipairs(upper) do
    if not c.bare or not c.year then years = nil break end
    years[#years + 1] = c.year
  end
  local named = lower[1] and lower[1].field == "namn" and 1 or 0
  n = #lower - named
  if years and #years > 1 and n % #years == 0 then
    local each = n // #years
    for i = 1, n do
      local c = lower[named + i]
      if c.year or c.bare then return nil end
      c.year = years[(i - 1) // each + 1]
    end
    return lower
  end
  local above = {}
  for i, c in ipairs(upper) do if not (i == 1 and c.field == "namn") then above[#above + 1] = c end end
  if #above == 0 or n % #above ~= 0 or n == #above then return nil end
  local each, out = n // #above, { lower[1] }
  if named == 0 then
    if upper[1].field ~= "namn" then return nil end
    out = { upper[1] }
  end
  for i = 1, n do
    local c, a = lower[named + i], above[(i - 1) // each + 1]
    if not (c.bare and c.year) or not a.field or a.year then return nil end
    out[#out + 1] = { text = a.text .. " " .. c.year, name = a.name, field = a.field, unit = a.unit, year = c.year, x0 = c.x0, x1 = c.x1, cell = c.cell }
  end
  return out
end

-- Both as columns: the number of figures under them, how many are known; nil where one is told twice.
local function judge(columns, kind, year)
  local named = columns[1] and columns[1].field == "namn"
  local seen, known, unit = {}, 0, named and columns[1].unit
  for i, c in ipairs(columns) do
    if i > 1 and c.field == "namn" then return nil end
    if c.bare and i > (named and 1 or 0) and not c.year and not (i > 1 and columns[i - 1].field) then return nil end
    if c.field and c.field ~= "namn" then
      local this = (c.year or year) == year
      if this then
        if seen[c.field] then return nil end
        seen[c.field], known = c, known + 1
      else
        c.other, c.was, c.field = true, c.field, nil
        if c.year and not c.text:find(c.year, 1, true) then c.text = c.text .. " " .. c.year end
      end
    end
    if c.age then known = known + 1 end
  end
  if kind == "insatser" then
    -- "Kvinnor, Män, Totalt"
    if seen.totalt and not seen.deltagare and seen.kvinnor and seen.man then seen.totalt.field, seen.deltagare = "deltagare", seen.totalt
    elseif seen.totalt then seen.totalt.field, known = nil, known - 1 end
  end
  local values = {}
  for i = named and 2 or 1, #columns do values[#values + 1] = columns[i] end
  return { columns = values, named = named, known = known, seen = seen, unit = unit }
end

local amounts = { budget = true, utfall = true, avvikelse = true }

local function finish(head, kind, words_of)
  for _, c in ipairs(head.columns) do
    c.words = words_of[c.field or ""] or false
    if kind == "insatser" and head.unit and amounts[c.field or ""] and not c.unit then c.unit = head.unit end
    if c.bare and c.unit == "%" then c.field = nil end
  end
  local edges = {}
  for i, c in ipairs(head.columns) do edges[i] = c.x0 and c.x1 and c.x1 > 0 and { x0 = c.x0, x1 = c.x1 } or nil end
  head.edges = #edges == #head.columns and #edges > 0 and edges or nil
  return head
end

-- Years beside each other under a heading of positive answers: they are shares of them.
local function of_positive(m, from, columns)
  for i = 2, #columns do if not (columns[i].bare and columns[i].year) then return end end
  for i = from - 1, math.max(1, from - 6), -1 do
    if prose.lower(m.lines[i].text):find("positiv", 1, true) then
      for c = 2, #columns do columns[c].field, columns[c].bare = "positivt", nil end
      return
    end
  end
end

-- The head from line 'from' to line 'to', read with one kind's words.
local function head_of(m, from, to, v, row, row_of)
  local tries = {}
  if not (row.apart or row.cells) then
    local list = {}
    for i = from, to do
      if m.lines[i].text ~= "" then list[#list + 1] = m.lines[i].text end
    end
    tries[1] = heads.columns(table.concat(list, " "), v.list)
    if not tries[1] or tries[1][1].field ~= "namn" then return nil end
  else
    local lines = {}
    for i = from, to do
      if m.lines[i].text ~= "" then
        heads.words(m, i)
        lines[#lines + 1] = m.lines[i]
      end
    end
    local parts = #lines == 1 and heads.segments(lines[1].words) or stacked(lines)
    if parts then
      tries[1] = flat(parts, v.list)
      if not row.cells then tries[2] = flat(parts, v.list, true) end
    end
    if #lines == 2 then
      tries[#tries + 1] = spanned(flat(heads.segments(lines[1].words), v.list), flat(heads.segments(lines[2].words), v.list))
    end
  end
  local best
  for _, columns in pairs(tries) do
    if v.kind == "indikatorer" then of_positive(m, from, columns) end
    local head = judge(columns, v.kind, m.year)
    local fits = head and (not best or head.known > best.known) and row_of(row, #head.columns, head.named)
    if fits and (#fits.readings > 0 or fits.segments) then
      -- a row without holes decides between two heads
      head.full = #fits.readings > 0
      if not best or head.full or not best.full then best = head end
    end
  end
  return best and finish(best, v.kind, v.words_of)
end

-- Does the line above the head belong to it: parts that stand over the figures, right above?
local function goes_up(m, from, label_x1)
  local above = m.lines[from - 1]
  if not above or above.text == "" or m.table_lines[from - 1] then return false end
  heads.words(m, from - 1)
  if above.cells then return false end
  for _, s in ipairs(heads.segments(above.words)) do
    if s.x0 <= label_x1 then return false end
  end
  return true
end

local function years_in(text)
  local set, any = {}, false
  for y in text:gmatch "%f[%d]20%d%d%f[%D]" do set[tonumber(y)], any = true, true end
  return set, any
end

-- Is the table of another year, or of a part of one, by the line right above its head or the heading that it stands under?
local function of_other_time(m, from, words)
  local near = true
  for at = from - 1, math.max(1, from - 20), -1 do
    local text = m.lines[at].text
    local above = m.lines[at - 1] and m.lines[at - 1].text or ""
    local heading = text ~= "" and #text < 90 and not text:find "[.,;]$" and not m.table_lines[at] and not m.own_lines[at]
    if heading and (near or above == "" or above:find "[.:]$") and not text:find "^%l" then
      local set, any = years_in(text)
      if any then return not set[m.year] end
      local s = prose.lower(text)
      for _, word in ipairs(words) do if s:find("%f[^%z ]" .. word) then return true end end
      if not near or text:find "^%d+%.?%d* +%u" then return false end
    end
    near = near and text == ""
  end
  return false
end

-- May the line begin a head without wide gaps: is its first word what rows are called?
local function begins(line, v)
  line.begins = line.begins or {}
  if line.begins[v.kind] == nil then
    local s = prose.lower(line.text):match "^[%s:*]*(.*)"
    local any = false
    for _, p in ipairs(v.list[s:byte()] or {}) do any = any or p.field == "namn" and s:sub(1, #p.words) == p.words end
    line.begins[v.kind] = any
  end
  return line.begins[v.kind]
end

local deepest = 4 -- lines of a head; in a text without places each of its words may have its own

-- The head right above a line that may be a table's first row, by the kind that knows most of it; row_of as matrix.lua's.
function heads.above(m, i, vocabulary, row_of, other_time)
  local line = m.lines[i]
  heads.words(m, i)
  local first = line.words[1]
  local numbered = first and first.text:find "^%d+[.)]$" and line.apart
  if not first or first.text:find "^%d" and not line.cells and not numbered then return nil end
  local best, at, blanks, used = nil, i - 1, 0, 0
  local label_x1 = heads.segments(line.words)[1].x1
  local between = 0
  local deep = (line.apart or line.cells) and deepest or 14
  while m.lines[at] and used < deep do
    local above = m.lines[at]
    if above.text == "" then
      blanks = blanks + 1
      if blanks > 2 then break end
    elseif m.table_lines[at] or m.own_lines[at] or above.text:find "%.$" and not above.text:find "%a%.$" or #above.text > longest then
      break
    else
      used = used + 1
      heads.words(m, at)
      if used == 1 and not above.apart and not above.cells then between = at end
      for _, v in ipairs(vocabulary) do
        -- a group's name, or a part of the first row's, may stand between
        local least = (line.apart or line.cells or begins(above, v)) and (between > at and between - 1 or i - 1) or i
        for to = i - 1, least, -1 do
          local head = head_of(m, at, to, v, line, row_of)
          local enough = head and (head.named and head.known >= 1 or head.known >= 2 and v.kind == "insatser" and (line.apart or false))
          local score = enough and head.known * 2 + (head.named and 1 or 0)
          if enough and (not best or score >= best.score) and (line.cells or not goes_up(m, at, label_x1)) then
            head.kind, head.from, head.to, head.score = v.kind, at, to, score
            best = head
          end
        end
      end
      if #above.text > 90 and not line.apart and not line.cells then break end
    end
    at = at - 1
  end
  if best and of_other_time(m, best.from, m.interim and {} or other_time) then return nil end
  return best
end

heads.of_other_time = of_other_time

return heads
