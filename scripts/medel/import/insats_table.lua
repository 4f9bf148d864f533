-- insats_table.lua: what the tables of matrix.lua say: an insats, a goal or an indicator on each row.
local medel = require "medel"
local prose = require "medel.import.prose"
local insatser = require "medel.import.insatser"
local heads = require "medel.import.matrix_head"
local matrix = require "medel.import.matrix"

local insats_table = {}

-- ---- the cells as figures ----

local kinds = { ["%"] = "share", kr = "amount", tkr = "amount", mnkr = "amount" }

local function figure_of(m, t, row, column, v)
  local list = medel.figures_in(v.text)
  local f = list[1]
  if #list ~= 1 or v.text:sub(1, f.from - 1):find "%a" or v.text:sub(f.to + 1):find "[%d]" then return nil end
  local said = ("%s, %s: "):format(row.label, column.text)
  f.kind = kinds[f.unit] or (f.text:find "%d,%d" and "number" or "count")
  if v.text:find "kr ?/ ?%a+" or f.unit == "kr" and column.field == "kostnad_per_deltagare" then f.kind = "amount_per_count" end
  if column.unit and f.kind ~= "share" and f.unit == "" and not (column.unit == "%" and f.kind == "amount") then
    f.tal, f.kind = f.text .. " " .. column.unit, kinds[column.unit]
  end
  f.page, f.line, f.order = v.line.page, v.line.line, v.line.order
  f.from, f.to = v.from + f.from - 1, v.from + f.to - 1
  f.paragraph = { text = v.line.text, pieces = { { at = 1, line = v.line } }, table = t }
  f.sentence, f.at, f.cell = said .. f.text, #said + 1, { table = t, row = row, column = column }
  return f
end

-- The figures of all such tables: { [table] = { [row] = { [column] = figure } } } stand in row.figures.
function insats_table.figures(m)
  local list = {}
  for _, t in ipairs(m.matrices) do
    for _, row in ipairs(t.rows) do
      row.figures = {}
      for c, column in ipairs(t.columns) do
        local v = row.values and row.values[c]
        local f = v and not v.dash and v.figure and figure_of(m, t, row, column, v)
        if f then
          row.figures[c] = f
          list[#list + 1] = f
        end
      end
    end
  end
  return list
end

-- ---- what a table's rows are, where only a person can say ----

-- A table's name in answers: its head and the names of its rows.
function insats_table.key(m, t)
  local list = { t.kind, m.lines[t.from].text }
  for _, row in ipairs(t.rows) do if row.values then list[#list + 1] = row.label end end
  return "tabell:" .. medel.sha256(table.concat(list, "\n")):sub(1, 16)
end

-- What a person said of it: a level, "inget", or nil.
local function said(m, t) return m.levels_said[insats_table.key(m, t)] end

-- Its figures are none that a report file has.
local function is_nothing(m, t)
  local a = said(m, t)
  if not a or a.varde ~= "inget" then return false end
  for _, row in ipairs(t.rows) do for _, f in pairs(row.figures) do f.answer = a end end
  return true
end

-- The tables whose rows have no level yet: { table, key, records, values, section }.
function insats_table.questions(m)
  local list = {}
  for _, t in ipairs(m.matrices) do
    local open = {}
    for _, r in ipairs(t.kind == "insatser" and m.insatser or t.kind == "mal" and m.goals or {}) do
      if r.of_table == t and not r.typ then open[#open + 1] = r end
    end
    if #open > 0 then
      local section = t.kind
      list[#list + 1] = { table = t, key = insats_table.key(m, t), records = open, values = m.shape[section].fields.typ.values, section = section,
                          line = m.lines[t.from] }
    end
  end
  return list
end

-- ---- records ----

local takes = { deltagare = "count", deltagare_mal = "count", avslutade = "count", stegforflyttning = "count", budget = "amount", utfall = "amount",
                avvikelse = "amount", forbrukning = "share", stegforflyttning_andel = "share", kostnad_per_deltagare = "amount_per_count" }

local function fits(field, f)
  if field == "kvinnor" or field == "man" or field == "annat_kon" then return f.kind == "count" or f.kind == "share" end
  if field == "kostnad_per_deltagare" then return f.kind == "amount_per_count" or f.kind == "amount" or f.kind == "count" end
  return takes[field] == f.kind
end

local function put(r, section, field, f)
  r.figures[field] = r.figures[field] or {}
  table.insert(r.figures[field], f)
  f.field = { section = section, record = r, name = field }
end

-- Amounts without a unit are in the one in which the insats's own row of the driftredovisning has them.
local function unit_of(m, t)
  local votes, any = { kr = 0, tkr = 0 }, false
  local ar = m.report and m.report.driftredovisning
  for _, row in ipairs(ar and t.rows or {}) do
    local known = row.figures and not row.sum and insatser.row_of(m, row.label, "driftredovisning")
    local drift = known and ar:row(known.id)
    for c, column in ipairs(t.columns) do
      local f = drift and row.figures[c]
      local names = column.field == "utfall" and { "kostnad", "netto" } or column.field == "budget" and { "budget" } or {}
      if f and f.kind == "count" and not column.unit then
        for _, name in ipairs(names) do
          local fact = drift:fact(name)
          local n = matrix.number(f.text)
          if fact and fact.state == "value" and n and n ~= 0 then
            for unit, text in pairs { kr = " kr", tkr = " tkr" } do
              local as = medel.figures_in(f.text .. text)[1]
              if as and medel.agrees(as.value:abs(), fact.value:abs()) then votes[unit], any = votes[unit] + 1, true break end
            end
          end
        end
      end
    end
  end
  if not any or votes.kr > 0 and votes.tkr > 0 then return nil end
  return votes.kr > 0 and "kr" or "tkr"
end

local function record(m, t, row, words, by_name)
  local r = by_name(row.label)
  if not r then
    r = { name = row.label, line = row.line, figures = {}, lists = {}, section = { from = row.order, to = row.order }, typ = row.typ, of_table = t }
  end
  local ages, age_figures = {}, 0
  for c, column in ipairs(t.columns) do
    local f, v, field = row.figures[c], row.values[c], column.field
    local other = f and field and r.figures[field] and r.figures[field][1].kind ~= f.kind
    if other and f.kind == "share" then
      -- the same in shares of all
      local all = r.figures.deltagare and r.figures.deltagare[1]
      r.lists.uppgifter = r.lists.uppgifter or {}
      table.insert(r.lists.uppgifter, { text = column.text, tal = f, antal = { again = r.figures[field][1] }, av = all and { again = all } })
      f.field = { section = "insatser", record = r, name = "uppgifter.tal" }
    elseif f and field and not column.words then
      if fits(field, f) and not other then put(r, "insatser", field, f)
      elseif takes[field] == "amount" and f.kind == "count" and (column.unit or t.unit) then
        f.tal = f.text .. " " .. (column.unit or t.unit)
        f.kind = "amount"
        put(r, "insatser", field, f)
      end
    elseif f and column.age then
      ages[#ages + 1], age_figures = { text = column.text, andel = f }, age_figures + 1
    elseif f and column.of and not f.field then
      -- a share of the count before it
      local a, of = row.figures[c - 1], row.figures[column.of]
      if a and of and not a.field then
        r.lists.uppgifter = r.lists.uppgifter or {}
        table.insert(r.lists.uppgifter, { text = t.columns[c - 1].text, tal = f, antal = a, av = { again = of } })
        f.field = { section = "insatser", record = r, name = "uppgifter.tal" }
        a.field = { section = "insatser", record = r, name = "uppgifter.antal" }
      end
    elseif v and column.words and v.text:find "%a" then
      if field == "insatsagare" then r.owner, r.owner_line = r.owner or v.text, r.owner_line or v.line
      elseif not r.maluppfyllelse then
        r.maluppfyllelse = { text = v.text, line = v.line }
        r.status = words.judgements[(prose.lower(v.text):gsub("[.%s]+$", ""))]
      end
    end
  end
  if #ages > 1 and t.ages then
    r.ages = r.ages or {}
    for _, x in ipairs(ages) do
      table.insert(r.ages, x)
      x.andel.field = { section = "insatser", record = r, name = "fordelningar.delar.andel" }
    end
  end
  for c, column in ipairs(t.columns) do
    local f = row.figures[c]
    -- what has a head of its own and is no amount is told as it is printed
    if f and not f.field and not column.words and not column.age and (f.kind == "count" or f.kind == "share") and not column.field
      and (not column.was or not takes[column.was] or takes[column.was] ~= "amount") and not column.bare and column.text:find "%a" and t.named then
      r.lists.uppgifter = r.lists.uppgifter or {}
      table.insert(r.lists.uppgifter, { text = column.text, tal = f })
      f.field = { section = "insatser", record = r, name = "uppgifter.tal" }
    end
  end
  return r
end

-- ---- the level of a row ----

local function is_heading(lines, i)
  local text = lines[i].text
  if text == "" or (utf8.len(text) or 99) > 75 or text:find "[.,;]$" or not (text:find "^%u" or text:find "^\xC3[\x80-\x9E]" or text:find "^%d") then return false end
  local above = lines[i - 1]
  return not above or above.text == "" or above.text:find "[.:!?]$" ~= nil or lines[i + 1] and lines[i + 1].text == "" or false
end

local function level_above(m, from)
  local passed = 0
  for i = from - 1, math.max(1, from - 40), -1 do
    if is_heading(m.lines, i) and not m.lines[i].cells then
      local level = heads.level(m.lines[i].text)
      if level then return level end
      passed = passed + 1
      if passed > 2 or m.lines[i].text:find "^%d+ +%u" then return nil end
    end
  end
end

-- A sum with a level's name: "Individinriktade insatser 300".
local function is_group_sum(row) return row.sum or heads.level(row.label) ~= nil and prose.lower(row.label):find "insatser" ~= nil end

-- Do the rows from 'from' to 'to' add up to another, in every column that can be tried?
local function adds_up(t, from, to, sum)
  local tried = false
  for c in ipairs(t.columns) do
    local all, want = 0, sum.values and sum.values[c] and sum.values[c].figure and matrix.number(sum.values[c].text)
    for i = from, to do
      local v = t.rows[i].values and t.rows[i].values[c]
      if not t.rows[i].values then return false end
      all = all + (v and v.figure and matrix.number(v.text) or 0)
    end
    if want and not t.columns[c].share then
      if all ~= want then return false end
      tried = true
    end
  end
  return tried and to >= from
end

-- Rows under a group's name, or that add up to a group's sum before or after them, have its level.
local function levels(m, t)
  local a = said(m, t)
  local above, now = a and a.varde or level_above(m, t.from), nil
  for _, row in ipairs(t.rows) do
    if row.group then now = heads.level(row.group) end
    row.typ = now or above
  end
  local groups = { 0 }
  for i, row in ipairs(t.rows) do if is_group_sum(row) then groups[#groups + 1] = i end end
  groups[#groups + 1] = #t.rows + 1
  for g = 2, #groups - 1 do
    local sum = t.rows[groups[g]]
    local level = heads.level(sum.label)
    local after, before = adds_up(t, groups[g] + 1, groups[g + 1] - 1, sum), adds_up(t, groups[g - 1] + 1, groups[g] - 1, sum)
    if level and after ~= before then
      for i = after and groups[g] + 1 or groups[g - 1] + 1, after and groups[g + 1] - 1 or groups[g] - 1 do t.rows[i].typ = level end
    end
  end
end

-- ---- all of them ----

-- Whether a table without a column of names has insatser on its rows: all are known by name.
local function all_known(m, t, known)
  local n = 0
  for _, row in ipairs(t.rows) do
    if row.values and not is_group_sum(row) then
      if not known(row.label) then return false end
      n = n + 1
    end
  end
  return n > 0
end

-- The printed sum of a table: what adds up is a sum of figures that have their place, and the whole of the participants is
-- told where the rows are all of one level.
local function totals(m, t)
  local row, individ = nil, true
  for _, x in ipairs(t.rows) do
    if x.sum and x.values then
      if row then return end
      row = x
    elseif not x.values then return
    else individ = individ and x.typ == "individ" end
  end
  for c, column in ipairs(row and t.columns or {}) do
    local f, sum = row.figures[c], 0
    local want = f and not f.field and matrix.number(f.text)
    if want and column.of then
      local a, b = row.figures[c - 1], row.figures[column.of]
      local n, whole = a and matrix.number(a.text), b and matrix.number(b.text)
      if n and whole and whole > 0 and math.abs(n * 100 // (whole // 1000) - want) <= 500 then f.is_sum = true end
    elseif want and f.kind ~= "share" then
      for _, x in ipairs(t.rows) do sum = sum + (x ~= row and x.values[c] and x.values[c].figure and matrix.number(x.values[c].text) or 0) end
      if sum == want and column.field == "deltagare" and f.kind == "count" and individ then f.total = true
      elseif sum == want and #t.rows > 2 then f.is_sum = true
      elseif sum ~= want then f.note = ("raderna ger %d"):format(sum // 1000) end
    end
  end
end

-- Does a table say other things of the same insatser than one before it?  One that differs in most of what both have
-- is about something else (a part of the year, a group of them); one that differs here or there has a misprint.
local function contradicts(t, by_name)
  local same, other = 0, 0
  for _, row in ipairs(t.rows) do
    local r = row.values and not is_group_sum(row) and by_name(row.label)
    for c, column in ipairs(r and t.columns or {}) do
      local f, known = row.figures[c], column.field and r.figures[column.field] and r.figures[column.field][1]
      if f and known and known.kind == f.kind then
        if medel.agrees(known.value, f.value) then same = same + 1 else other = other + 1 end
      end
    end
  end
  return other > 1 and other > same
end

-- The records of every such table of insatser; known(name) says the record or the row that is called so.
function insats_table.insatser(m, words, records, known)
  local out = {}
  local function by_name(name)
    for _, list in ipairs { records, out } do
      for _, r in ipairs(list) do if insatser.same_name(r.name, name) then return r end end
    end
  end
  for _, t in ipairs(m.matrices) do
    if t.kind == "insatser" and not is_nothing(m, t) and (t.named or all_known(m, t, function(name) return by_name(name) or known(name) end))
      and not contradicts(t, by_name) then
      levels(m, t)
      t.unit = unit_of(m, t)
      -- ages are told where they add up to all
      t.ages = false
      for _, row in ipairs(t.rows) do
        if row.values then
          local held, tried = matrix.identities(t.columns, row.values)
          t.ages = t.ages or held > 0 and held == tried
        end
      end
      for _, row in ipairs(t.rows) do
        if row.values and not is_group_sum(row) and not row.label:find "%d%d%d" then
          local r = record(m, t, row, words, by_name)
          local drift = insatser.row_of(m, row.label, "driftredovisning")
          r.driftrad = r.driftrad or drift and drift.id
          r.typ = r.typ or insatser.level_of(m, drift)
          row.typ = r.typ
          if not by_name(row.label) and (next(r.figures) or next(r.lists) or r.ages) then out[#out + 1] = r end
        end
      end
      totals(m, t)
    end
  end
  return out
end

-- ---- goals ----

local goal_levels = { { "finansiell", "finansiellt" }, { "ekonomi", "finansiellt" }, { "individ", "individ" }, { "struktur", "struktur" } }

local function goal_kind(m, from)
  for i = from - 1, math.max(1, from - 12), -1 do
    if is_heading(m.lines, i) then
      local s, found = prose.lower(m.lines[i].text), nil
      for _, x in ipairs(goal_levels) do
        if s:find(x[1], 1, true) then
          if found and found ~= x[2] then return nil end
          found = x[2]
        end
      end
      if found then return found end
      if s:find "^%d+ +%a" then return nil end
    end
  end
end

-- The records of goals: { text, line, typ, figures, maluppfyllelse, status }.
function insats_table.goals(m, words)
  local out = {}
  for _, t in ipairs(m.matrices) do
    if t.kind == "mal" and t.named and not is_nothing(m, t) then
      local typ = said(m, t) and said(m, t).varde or goal_kind(m, t.from)
      for _, row in ipairs(t.rows) do
        if row.values and not row.sum then
          local r = { text = row.label, line = row.line, typ = typ, figures = {}, lists = {}, of_table = t }
          for c, column in ipairs(t.columns) do
            local f, v = row.figures[c], row.values[c]
            if f and (column.field == "mal" or column.field == "utfall") then put(r, "mal", column.field, f)
            elseif v and column.field == "maluppfyllelse" and v.text:find "%a" then
              r.maluppfyllelse = { text = v.text, line = v.line }
              r.status = words.judgements[(prose.lower(v.text):gsub("[.%s]+$", ""))]
            end
          end
          if next(r.figures) then out[#out + 1] = r end
        end
      end
    end
  end
  return out
end

-- ---- indicators ----

-- { kalla, nr, respondent, ar, fraga, figures }: a question on each row, its shares beside each other.
function insats_table.indicators(m)
  local out = {}
  for _, t in ipairs(m.matrices) do
    local title
    for i = t.from - 1, math.max(1, t.from - 6), -1 do
      if is_heading(m.lines, i) then title = m.lines[i].text break end
    end
    if t.kind == "indikatorer" and t.named then
      for n, row in ipairs(t.rows) do
        local e = row.values and not row.sum and { kalla = title, nr = row.label:match "^(%d+)[.)]" or tostring(n), ar = m.year, figures = {},
                                                   fraga = { text = row.label:gsub("^%d+[.)] *", ""), line = row.line } }
        for c, column in ipairs(e and t.columns or {}) do
          local f = row.figures[c]
          local field = column.field
          if f and field and (field == "svar" and f.kind == "count" or field ~= "svar" and f.kind == "share") then put(e, "indikatorer", field, f) end
        end
        if e and next(e.figures) then out[#out + 1] = e end
        -- the same answers another year
        for c, column in ipairs(e and t.columns or {}) do
          local f = row.figures[c]
          if f and column.other and column.was == "positivt" and column.year and f.kind == "share" then
            local x = { kalla = title, nr = e.nr, ar = column.year, figures = {} }
            put(x, "indikatorer", "positivt", f)
            out[#out + 1] = x
          end
        end
      end
    end
  end
  return out
end

return insats_table
