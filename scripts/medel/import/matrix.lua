-- matrix.lua: tables that the taxonomy has no rows for: a head whose words are fields of insatser, goals or
-- indicators, and a name with figures on each row.  Which figure stands in which column is said by cells, by places
-- across the page, by the arithmetic of the row or by the printed sum; a row that none of them decides is not read.
local medel = require "medel"
local prose = require "medel.import.prose"
local heads = require "medel.import.matrix_head"
local insatser = require "medel.import.insatser"

local matrix = {}

-- ---- the legal readings of a row ----

local units = { ["%"] = true, kr = true, tkr = true, mnkr = true, st = true, procent = true, ["kr/deltagare"] = true, [":-"] = true }
local dashes = { ["-"] = true, ["–"] = true, ["—"] = true, ["−"] = true, ["..."] = true, [".."] = true }

local function is_figure(word) return not word:find "^%D?0%d" and (word:find "^[(+-]?%d[%d.,]*%%?%)?$" or word:find "^−%d[%d.,]*%%?$" or word:find "^–%d[%d.,]*%%?$") end
local function is_group(word) return word:find "^%d%d%d$" or word:find "^%d%d%d,%d+$" end

-- Where a figure that begins at the word i may end.
local function ends_of(words, i)
  if not is_figure(words[i].text) then return {} end
  local list, at = {}, i
  local function done(to)
    while words[to + 1] and words[to + 1].gap <= 1 and units[words[to + 1].text] do to = to + 1 end
    list[#list + 1] = to
  end
  local grouped = words[i].text:find "^[(+%-−–]*[1-9]%d?%d?$"
  while grouped and words[at + 1] and words[at + 1].gap <= 1 and is_group(words[at + 1].text) do
    -- a no-break blank joins: the figure does not end before it
    if words[at + 1].gap > 0 then done(at) end
    at = at + 1
  end
  done(at)
  return list
end

local most = 256 -- readings of one row

-- Every way to read the words from 'from' on as k figures, one after the other.
local function readings(words, from, k)
  local out, now = {}, {}
  local function go(i, c)
    if #out >= most then return end
    if c > k then
      if i > #words then out[#out + 1] = { table.unpack(now) } end
      return
    end
    if not words[i] then return end
    if dashes[words[i].text] then
      now[c] = { from = i, to = i, dash = true }
      go(i + 1, c + 1)
    end
    for _, to in ipairs(ends_of(words, i)) do
      now[c] = { from = i, to = to }
      go(to + 1, c + 1)
    end
  end
  go(from, 1)
  return out
end

local function text_of(words, from, to)
  local list = {}
  for i = from, to do list[#list + 1] = words[i].text end
  return table.concat(list, " ")
end

-- ---- arithmetic ----

-- A figure in thousandths; nil for what is none.
local function number(text)
  local s = text:gsub("[%s%%():]", ""):gsub("−", "-"):gsub("^–", "-"):gsub("^%+", ""):gsub("[kKtTmMnNrR]+/?%a*%-?$", "")
  local whole, part = s:match "^(%-?%d+),?(%d*)$"
  if not whole or #whole > 12 then return nil end
  local n = math.tointeger(tonumber(whole)) * 1000 + math.tointeger(tonumber((part .. "000"):sub(1, 3))) * (s:find "^%-" and -1 or 1)
  return n
end

local function by_field(columns, values)
  local x = {}
  for c, column in ipairs(columns) do
    if column.field and values[c] and not values[c].dash and not x[column.field] then x[column.field] = number(values[c].text) end
  end
  return x
end

-- Of a row's identities: how many hold, and how many could be tried.
local function identities(columns, values)
  local x, held, tried = by_field(columns, values), 0, 0
  local function try(ok)
    tried = tried + 1
    if ok then held = held + 1 end
  end
  if x.kvinnor and x.man and (x.deltagare or x.totalt) then
    local sum = x.kvinnor + x.man + (x.annat_kon or 0)
    try(sum == (x.deltagare or x.totalt) or math.abs(sum - 100000) <= 1000)
  end
  if x.budget and x.utfall and x.avvikelse then
    local d = math.abs(math.abs(x.budget) - math.abs(x.utfall))
    try(math.abs(d - math.abs(x.avvikelse)) <= 1000)
  end
  if x.negativt and x.varken and x.positivt then try(math.abs(x.negativt + x.varken + x.positivt - 100000) <= 1000) end
  -- ages are parts of all
  local ages, n = 0, 0
  for c, column in ipairs(columns) do
    if column.age then
      local a = values[c] and (values[c].dash and 0 or number(values[c].text))
      n, ages = a and n + 1 or -99, ages + (a or 0)
    end
  end
  if n > 1 and x.deltagare then try(ages == x.deltagare or math.abs(ages - 100000) <= 1000) end
  -- a share of the count before it, of the count before that
  for c, column in ipairs(columns) do
    if column.of then
      local a, b, s = values[c - 1] and number(values[c - 1].text or ""), values[column.of] and number(values[column.of].text or ""), values[c] and number(values[c].text or "")
      if a and b and s and b > 0 then
        column.tried = (column.tried or 0)
        try(math.abs(a * 100 // (b // 1000) - s) <= 1000)
      end
    end
  end
  return held, tried
end
matrix.identities, matrix.number = identities, number

-- ---- rows ----

-- Where across the page the figures of each column stand: { x0, x1 } of the rows that have one reading.
local function edges(rows, k)
  local list = {}
  for _, row in ipairs(rows) do
    if #row.readings == 1 and row.spread then
      for c = 1, k do
        local v = row.readings[1][c]
        local e = list[c] or { x0 = v.x0, x1 = v.x1 }
        e.x0, e.x1 = math.min(e.x0, v.x0), math.max(e.x1, v.x1)
        list[c] = e
      end
    end
  end
  return #list == k and list or nil
end

local function overlaps(a, b) return a.x0 < b.x1 and b.x0 < a.x1 end

local function stands(reading, list)
  for c, v in ipairs(reading) do
    for d, e in ipairs(list) do
      if (c == d) ~= overlaps(v, e) then return false end
    end
  end
  return true
end

local function only(list, keep)
  local out = {}
  for _, x in ipairs(list) do if keep(x) then out[#out + 1] = x end end
  return out
end

-- A row that has holes: each figure belongs to the only column that it stands under.
local function with_holes(row, list)
  local out = {}
  for _, v in ipairs(row.segments) do
    local column
    for c, e in ipairs(list) do
      if overlaps(v, e) then
        if column then return nil end
        column = c
      end
    end
    if not column or out[column] then return nil end
    out[column] = v
  end
  return out
end

local function settle(t)
  local columns, k = t.columns, #t.columns
  local list = edges(t.rows, k) or t.edges
  for _, row in ipairs(t.rows) do
    if list and row.spread then row.readings = only(row.readings, function(r) return stands(r, list) end) end
    if #row.readings > 1 then
      local best = 0
      for _, r in ipairs(row.readings) do
        r.held = identities(columns, r)
        best = math.max(best, r.held)
      end
      if best > 0 then row.readings = only(row.readings, function(r) return r.held == best end) end
    end
    if #row.readings == 0 and row.segments and list then
      local v = with_holes(row, list)
      if v then row.readings, row.holes = { v }, true end
    end
  end
end

-- Of rows with several readings those that the printed sum leaves: each column adds up.
local function by_sum(t)
  local total, open, ways = nil, {}, 1
  for _, row in ipairs(t.rows) do
    if row.sum then
      if total then return end
      total = row
    end
    if #row.readings == 0 then return end
    if #row.readings > 1 then open[#open + 1], ways = row, ways * #row.readings end
  end
  if not total or #open == 0 or ways > 4096 then return end
  local found
  local function sums()
    for c in ipairs(t.columns) do
      local sum, want = 0, total.pick[c] and not total.pick[c].dash and number(total.pick[c].text)
      for _, row in ipairs(t.rows) do
        local v = not row.sum and row.pick[c]
        sum = sum + (v and not v.dash and number(v.text) or 0)
      end
      if want and not t.columns[c].share and sum ~= want then return false end
    end
    return true
  end
  local function go(i)
    if i > #open then
      if sums() then
        local picks = {}
        for n, row in ipairs(open) do picks[n] = row.pick end
        if found then found.twice = true else found = picks end
      end
      return
    end
    for _, r in ipairs(open[i].readings) do
      open[i].pick = r
      go(i + 1)
    end
  end
  for _, row in ipairs(t.rows) do row.pick = row.readings[1] end
  go(1)
  if found and not found.twice then
    for n, row in ipairs(open) do row.readings = { found[n] } end
  end
end

-- What a line is as a row of k figures: { label, readings, segments }; nil for what is none.
local function row_of(line, k, has_name)
  local words = line.words
  if #words == 0 then return nil end
  local row = { line = line, order = line.order, readings = {}, spread = line.apart and words[1].x1 > 0 }
  local function value(from, to)
    local first, last = words[from], words[to]
    return { text = text_of(words, from, to), from = first.from, to = last.from + #last.text - 1, x0 = first.x0, x1 = last.x1, line = line,
             dash = from == to and dashes[first.text] or nil, figure = is_figure(first.text) ~= nil }
  end
  local function is_label(to) return text_of(words, 1, to):find "%a" ~= nil end
  if line.cells then
    if not has_name then return nil end
    row.label = line.cells[1]
    local seen = {}
    local i = 1
    while i <= #words do
      local to = i
      while words[to + 1] and words[to + 1].cell == words[i].cell do to = to + 1 end
      if words[i].cell and words[i].cell > 1 then seen[words[i].cell - 1] = value(i, to) end
      i = to + 1
    end
    row.readings, row.spread = { seen }, false
    return row.label and row or nil
  end
  if line.apart then
    -- a name, and parts of the line that are one figure or one text each
    local parts = heads.segments(words)
    local first = (is_figure(words[parts[1].first].text) or dashes[parts[1].text]) and 1 or 2
    local values = {}
    for s = first, #parts do
      local from, to = parts[s].first, parts[s].last
      local one = not is_figure(words[from].text) or dashes[parts[s].text]
      for _, e in ipairs(ends_of(words, from)) do one = one or e == to end
      if not one then
        values = nil
        break
      end
      values[#values + 1] = value(from, to)
    end
    local label = first == 2 and parts[1].text or nil
    if values and #values == k and (not label or label:find "%a") then
      row.label, row.readings = label, { values }
      if label then row.label_x1 = parts[1].x1 end
      return row
    end
    if values and #values > 0 and #values < k and label then
      -- its parts are whole figures: it has holes
      row.label, row.segments, row.label_x1 = label, values, parts[1].x1
      return row
    end
  end
  local wide = false
  for at = 1, #words do
    -- a name does not go over a wide gap
    wide = wide or at > 2 and words[at - 1].gap >= 2
    if not wide and (at > 1 and is_label(at - 1) or at == 1 and is_figure(words[1].text)) then
      for _, r in ipairs(readings(words, at, k)) do
        local values = { label = at > 1 and text_of(words, 1, at - 1) or nil }
        for c, v in ipairs(r) do
          values[c] = value(v.from, v.to)
          values[c].dash = v.dash
        end
        row.readings[#row.readings + 1] = values
      end
    end
  end
  if #row.readings > 0 and #row.readings < most then
    row.label = row.readings[1].label
    return row
  end
  return nil
end

-- ---- a table ----

local function is_sum(label)
  local s = prose.lower(label)
  return s:find "^summa" or s:find "^total" or s:find "^delsumma" or s:find "^samtliga" or s:find "^sammanlagt" or s:find "^alla%f[^%a]"
end

local function begins_small(text) return text:find "^%l" or text:find "^\xC3[\x9F-\xBF]" end

-- The rows from a line on, as far as they go.
local function rows_of(m, from, head)
  local rows, pending, i, blanks, lost = {}, nil, from, 0, 0
  local k = #head.columns
  while m.lines[i] do
    local line = m.lines[i]
    if line.text == "" then
      blanks = blanks + 1
      if blanks > 2 then break end
    elseif m.table_lines[i] then
      break
    else
      heads.words(m, i)
      local row = row_of(line, k, head.named)
      local has_digit = line.text:gsub("^%d+[.)] ", ""):find "%d"
      -- after a blank line only a whole row, a group's name or a part of a row goes on
      if blanks > 0 and #rows > 0 and not (row and #row.readings > 0) and not (not has_digit and heads.level(line.text) and m.lines[i + 1] and m.lines[i + 1].text ~= "") then break end
      if row then
        if not row.label then
          if not pending then break end
          row.label, row.label_lines = pending.text, { pending.order }
        elseif pending and begins_small(row.label) and not heads.level(pending.text) then
          row.label, row.label_lines = pending.text .. " " .. row.label, { pending.order }
        elseif pending and heads.level(pending.text) then
          row.group = pending.text
        elseif pending then
          -- a group's name or a part of a name: of the row under it, or of the one above
          local known = insatser.row_of(m, row.label, "driftredovisning")
          local joined = pending.text .. " " .. row.label
          if insatser.row_of(m, joined, "driftredovisning") then row.label, row.label_lines = joined, { pending.order }
          elseif not known then row.doubtful = true end
          local last = rows[#rows]
          if pending.close and last and not known then last.doubtful = true end
        elseif not line.cells and begins_small(row.label) then
          row.doubtful = true
        end
        pending, lost, row.sum = nil, 0, is_sum(row.label) ~= nil
        rows[#rows + 1] = row
      elseif has_digit or line.cells then
        lost = lost + 1
        if lost > 1 or #rows == 0 or line.text:find "%.$" then break end
      elseif #line.text > 70 or line.text:find "[.:]$" then
        break
      elseif blanks == 0 and #rows > 0 and not pending and begins_small(line.text) and not rows[#rows].sum then
        local last, first = rows[#rows], line.words[1]
        if last.spread and last.label_x1 and first.x0 > last.label_x1 and first.x0 > 0 then break end
        last.label, last.label_lines = last.label .. " " .. line.text, last.label_lines or {}
        table.insert(last.label_lines, i)
      else
        if pending then break end
        pending = { text = line.text, order = i, close = blanks == 0 and #rows > 0 }
      end
      blanks = 0
    end
    i = i + 1
  end
  return rows
end

-- The last column of a table of goals or insatser may be words.
local function of_kinds(t)
  for _, row in ipairs(t.rows) do
    row.readings = only(row.readings, function(r)
      for c, v in pairs(r) do
        if type(c) == "number" and t.columns[c] then
          local word = not v.dash and not v.figure
          if t.columns[c].words and v.figure and not v.text:find "%a" then return false end
          if word and t.columns[c].field and not t.columns[c].words then return false end
        end
      end
      return true
    end)
  end
end

local function mark_shares(t)
  for c, column in ipairs(t.columns) do
    local shares, n = 0, 0
    for _, row in ipairs(t.rows) do
      for _, r in ipairs(row.readings) do
        if r[c] and r[c].figure then
          n = n + 1
          if r[c].text:find "%%" then shares = shares + 1 end
        end
      end
    end
    column.share = column.unit == "%" or n > 0 and shares * 2 > n
  end
end

-- A share that stands right after a count is of it, where it is so in most rows: { of }, an earlier column of counts.
local function find_ratios(t)
  local columns = t.columns
  for c = 3, #columns do
    if columns[c].share and not columns[c - 1].share and not columns[c].words then
      local best
      for b = 1, c - 2 do
        local held, tried = 0, 0
        for _, row in ipairs(t.rows) do
          local r = #row.readings == 1 and row.readings[1]
          local a, of, s = r and r[c - 1] and number(r[c - 1].text), r and r[b] and number(r[b].text), r and r[c] and number(r[c].text)
          if a and of and s and of > 0 and not columns[b].share then
            tried = tried + 1
            if math.abs(a * 100 // (of // 1000) - s) <= 1000 then held = held + 1 end
          end
        end
        if held >= 2 and held * 4 >= tried * 3 then
          if best then best = nil break end
          best = b
        end
      end
      columns[c].of = best
    end
  end
end

-- Does the arithmetic of the head hold nowhere?  Then its words mean something else.
local function refuted(t)
  local held, tried = 0, 0
  for _, row in ipairs(t.rows) do
    if #row.readings == 1 then
      local h, n = identities(t.columns, row.readings[1])
      held, tried = held + h, tried + n
    end
  end
  return tried >= 2 and held == 0
end

local function read_table(m, from, head)
  local t = { kind = head.kind, columns = head.columns, rows = rows_of(m, from, head), head = head, named = head.named,
              from = head.from, edges = head.edges }
  while #t.rows > 0 and #t.rows[#t.rows].readings == 0 and not t.rows[#t.rows].segments do table.remove(t.rows) end
  if #t.rows == 0 then return nil end
  of_kinds(t)
  mark_shares(t)
  settle(t)
  by_sum(t)
  local one, ends = 0, 0
  for _, row in ipairs(t.rows) do
    row.values = #row.readings == 1 and not row.doubtful and row.readings[1] or nil
    if row.values then
      one = one + 1
      row.label = row.label_lines and row.label or row.values.label or row.label
      row.sum = is_sum(row.label) ~= nil
      if row.label:find "%d$" then ends = ends + 1 end
    end
  end
  find_ratios(t)
  -- figures that have no column are no part of the names
  if one == 0 or ends * 2 > one or refuted(t) then return nil end
  t.to = t.rows[#t.rows].order
  return t
end

-- ---- a field on each row, an insats in each column ----

local members = { "kommun", "region", "försäkringskassan", "arbetsförmedlingen", "landsting", "afa", "ålder", "kvinnor", "män" }

local function is_name(text)
  local s = prose.lower(text)
  for _, word in ipairs(members) do if s:find("%f[^%z ]" .. word .. "%f[^%a\x80-\xFF]") then return false end end
  return text:find "%a" ~= nil and not s:find "20%d%d" and not s:find "^budget" and not s:find "^utfall"
end

-- A line whose name is a field and whose figures stand apart: { column, values }.
local function field_row(m, i, list)
  local line = m.lines[i]
  if not line or line.text == "" or m.table_lines[i] then return nil end
  heads.words(m, i)
  if not (line.apart or line.cells) then return nil end
  local parts = heads.segments(line.words)
  local columns = heads.columns(parts[1].text, list)
  if not columns or #columns ~= 1 or not columns[1].field or columns[1].field == "namn" or columns[1].field == "totalt" or #parts < 3 then return nil end
  local row = row_of(line, #parts - 1, true)
  local values = row and row.readings[1]
  if not values or #row.readings ~= 1 then return nil end
  for c = 1, #parts - 1 do if not values[c] then return nil end end
  return { column = columns[1], values = values, n = #parts - 1, order = i }
end

local function transposed(m, i, v)
  local first = field_row(m, i, v.list)
  if not first then return nil end
  local fields, seen, at = { first }, { [first.column.field] = true }, i + 1
  while m.lines[at] and (m.lines[at].text == "" or field_row(m, at, v.list)) do
    local x = m.lines[at].text ~= "" and field_row(m, at, v.list)
    if x then
      if x.n ~= first.n or seen[x.column.field] then return nil end
      seen[x.column.field] = true
      fields[#fields + 1] = x
    elseif m.lines[at + 1] and m.lines[at + 1].text == "" then break end
    at = at + 1
  end
  if #fields < 2 then return nil end
  local above = i - 1
  while m.lines[above] and m.lines[above].text == "" and i - above < 3 do above = above - 1 end
  if not m.lines[above] or m.lines[above].text == "" or m.table_lines[above] then return nil end
  local parts = heads.segments(heads.words(m, above))
  local corner = #parts == first.n + 1 and table.remove(parts, 1).text or nil
  if #parts ~= first.n then return nil end
  local t = { kind = v.kind, columns = {}, rows = {}, from = above, to = fields[#fields].order, turned = true, named = false, lines = {} }
  for c, x in ipairs(fields) do
    if x.column.year and x.column.year ~= m.year then x.column.other, x.column.was, x.column.field = true, x.column.field, nil end
    x.column.words = v.words_of[x.column.field or ""] or false
    t.columns[c] = x.column
    t.lines[#t.lines + 1] = x
  end
  for n, part in ipairs(parts) do
    if not is_name(part.text) or heads.columns(part.text, v.list) and not is_sum(part.text) then return nil end
    local values = {}
    for c, x in ipairs(fields) do values[c] = x.values[n] end
    t.rows[n] = { label = part.text, line = m.lines[above], order = above, readings = { values }, values = values, sum = is_sum(part.text) ~= nil }
  end
  local said = corner or ""
  for k = 1, 4 do said = said .. " " .. (m.lines[above - k] and #m.lines[above - k].text < 80 and m.lines[above - k].text or "") end
  said = prose.lower(said)
  t.named = said:find("insats", 1, true) ~= nil or said:find("projekt", 1, true) ~= nil or said:find("aktivitet", 1, true) ~= nil
  mark_shares(t)
  if refuted(t) then return nil end
  return t
end

-- The lines that statements and notes have their figures from; those that nothing could read are free.
local function lines_of_tables(m)
  local at, by = {}, {}
  for i, line in ipairs(m.lines) do by[line.page .. ":" .. line.line] = i end
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      for _, cell in ipairs(row.cells) do
        if cell.kind ~= "empty" then at[by[cell.page .. ":" .. cell.line] or 0] = true end
      end
    end
  end
  return at
end

-- Lines that a table has taken are no longer those that none could read.
local function take_loose(m, t)
  local own = {}
  for _, row in ipairs(t.lines or t.rows) do
    local line = m.lines[row.order]
    if row.values then own[line.page .. ":" .. line.line] = true end
  end
  for _, x in ipairs(m.tables) do
    x.loose = only(x.loose, function(l) return not own[l.page .. ":" .. l.line] end)
  end
end

-- The tables: { kind, columns, rows = { label, values, line, sum, group }, from, to }, in m.matrices; which lines are theirs.
function matrix.find(m, words)
  m.table_lines, m.matrices, m.own_lines = lines_of_tables(m), {}, {}
  for i, line in ipairs(m.lines) do line.order = i end
  local vocabulary = heads.vocabulary(words)
  local possible, near, failed = heads.possible(m, vocabulary), -99, {}
  local i = 1
  while m.lines[i] do
    near = possible[i] and i or near
    local free = not m.table_lines[i] and i - near <= 20 and m.lines[i].text:find "%d"
    local head = free and heads.above(m, i, vocabulary, row_of, words.other_time)
    -- what was no table from its first row on is none from the second
    local t = head and not failed[head.from] and read_table(m, head.to + 1, head)
    if head and not t then failed[head.from] = true end
    for _, v in ipairs(free and not t and vocabulary or {}) do
      t = v.kind == "insatser" and transposed(m, i, v) or nil
      if t and heads.of_other_time(m, t.from, m.interim and {} or words.other_time) then t = nil end
      if t then break end
    end
    if t then
      near = -99
      m.matrices[#m.matrices + 1] = t
      for n = t.from, t.turned and t.from or t.head.to do m.own_lines[n] = { label = #m.lines[n].text } end
      for _, row in ipairs(t.lines or t.rows) do
        if row.values then
          local at = #m.lines[row.order].text
          for c in ipairs(t.columns) do at = math.min(at, row.values[c] and row.values[c].from - 1 or at) end
          m.own_lines[row.order] = { label = at, values = row.values, columns = t.columns }
          for _, n in ipairs(row.label_lines or {}) do m.own_lines[n] = { label = #m.lines[n].text } end
        end
      end
      take_loose(m, t)
      i = t.to
    end
    i = i + 1
  end
end

return matrix
