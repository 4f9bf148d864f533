-- fields.lua: which field of an insats a figure is, where its label stands right before it, or where the
-- words of its sentence mean one field and the arithmetic of the sentence holds.
local medel = require "medel"
local prose = require "medel.import.prose"
local insatser = require "medel.import.insatser"

local fields = {}

local function unit(f) return f.kind end

local function equal(a, b) return unit(a) == unit(b) and medel.agrees(a.value, b.value) end

-- A whole number, as printed; nil for what is none.
local function whole(f)
  local n, d = f.value:parts()
  return unit(f) == "count" and d == 1 and n or nil
end

local types = { budget = "amount", utfall = "amount", avvikelse = "amount", deltagare = "count", kostnad_per_deltagare = "amount_per_count" }

-- What stands between figures of the paragraph, in lower case.
local function before(p, i)
  local from = p.figures[i - 1] and p.figures[i - 1].to + 1 or 1
  return prose.lower(p.text:sub(from, p.figures[i].from - 1))
end

local function after(p, i)
  local to = p.figures[i + 1] and p.figures[i + 1].from - 1 or #p.text
  return prose.lower(p.text:sub(p.figures[i].to + 1, to))
end

-- ---- a record's figures ----

-- Put a figure in a field.  The same print twice is two prints of it.
local function put(r, field, f)
  if f.field then return false end
  r.figures[field] = r.figures[field] or {}
  table.insert(r.figures[field], f)
  f.field = { section = "insatser", record = r, name = field }
  return true
end

local function take_away(r, field)
  for _, f in ipairs(r.figures[field] or {}) do f.field = nil end
  r.figures[field] = nil
end

local function first(r, field) return r.figures[field] and r.figures[field][1] end

-- ---- labels ----

-- The field whose label ends right before the figure, and begins the line or a sentence.
local function labelled(p, i, labels)
  local text = before(p, i):gsub("[%s:]+$", "")
  for field, kind in pairs(types) do
    for _, label in ipairs(labels[field] or {}) do
      if text:sub(-#label) == label and unit(p.figures[i]) == kind then
        local rest = text:sub(1, -#label - 1)
        if rest == "" or rest:find "[.;:]%s*$" or rest:find("%f[%a]" .. label .. "%s*$") or rest:find "^%s*kr%. *$" then return field end
      end
    end
  end
end

-- After the figure its label is done: nothing but its unit.
local function is_alone(p, i)
  local text = after(p, i)
  return text:find "^%s*$" or text:find "^ ?deltagare%.?%s*$" or text:find "^ ?individer%.?%s*$" or text:find "^%s*[.;,]"
    or text:find "^%s*%(" or text:find "^ ?kr%f[%A]" or text:find "^%s*[•]"
end

local function by_labels(r, p, words)
  for i, f in ipairs(p.figures) do
    local field = not f.field and labelled(p, i, words.labels)
    if field and is_alone(p, i) then put(r, field, f) end
  end
end

-- ---- sentences ----

local function is_person(text) return text:find "^ ?deltagare" or text:find "^ ?individer" or text:find "^ ?personer" end

-- "56 % kvinnor och 44 % män": all of them, or as many as there are participants.
local function by_sex(r, p)
  for i = 1, #p.figures - 1 do
    local a, b = p.figures[i], p.figures[i + 1]
    local x, y = after(p, i), after(p, i + 1)
    local women, men = x:find "^ ?kvinnor" and a or y:find "^ ?kvinnor" and b, x:find "^ ?män%f[^%a\x80-\xFF]" and a or y:find "^ ?män%f[^%a\x80-\xFF]" and b
    if women and men and women ~= men and not women.field and not men.field and unit(a) == unit(b) then
      local all = first(r, "deltagare")
      local sum = women.value + men.value
      local whole_of = unit(a) == "share" and medel.percent(100) or all and all.value
      if whole_of and sum:unit() == whole_of:unit() and medel.agrees(sum, whole_of) and not r.figures.kvinnor then
        put(r, "kvinnor", women)
        put(r, "man", men)
      end
    end
  end
end

-- "16 av 33 avslutade deltagarna har gjort stegförflyttning"
local function by_steps(r, p)
  for i = 1, #p.figures - 1 do
    local a, b = p.figures[i], p.figures[i + 1]
    if after(p, i):find "^ av $" and whole(a) and whole(b) and whole(a) <= whole(b) and medel.contains(a.sentence, "stegförflytt")
      and not r.figures.stegforflyttning then
      put(r, "stegforflyttning", a)
      put(r, "stegforflyttning_av", b)
    end
  end
end

-- "82 %, 289 242 kr är förbrukat av helårsbudgeten 351 068 kr": the share is of the amounts.
local function by_budget(r, p)
  for i = 1, #p.figures do
    local a, b, c = p.figures[i], p.figures[i + 1], p.figures[i + 2]
    if unit(a) == "share" and b and c and unit(b) == "amount" and unit(c) == "amount" and not a.field and not b.field and not c.field
      and after(p, i + 1):find("förbruka", 1, true) and before(p, i + 2):find "budget" and medel.agrees(a.value, b.value / c.value) then
      put(r, "forbrukning", a)
      put(r, "utfall", b)
      put(r, "budget", c)
    elseif unit(a) == "share" and b and unit(b) == "amount" and not a.field and not b.field and before(p, i + 1):find "helårsbudget"
      and after(p, i + 1):find("förbruka", 1, true) then
      put(r, "forbrukning", a)
      put(r, "budget", b)
    end
  end
end

-- The same number of participants again, in a sentence.
local function repeated(r, p)
  local all, goal = first(r, "deltagare"), first(r, "deltagare_mal")
  for i, f in ipairs(p.figures) do
    if not f.field and unit(f) == "count" and is_person(after(p, i)) and not after(p, i):find "^ ?deltagare?n?a? ?som" then
      local is_goal = f.sentence:find "[Ff]örvänta" or prose.lower(before(p, i)):find "mål"
      if is_goal and (not goal or equal(goal, f) or f.text:gsub("%D", "") == goal.text:gsub("%D", "")) then put(r, "deltagare_mal", f)
      elseif not is_goal and all and equal(all, f) then put(r, "deltagare", f) end
    end
  end
end

-- ---- numbered goals with their outcomes ----

local function item(r, list, entry)
  r.lists[list] = r.lists[list] or {}
  table.insert(r.lists[list], entry)
  for _, name in ipairs { "antal", "andel", "mal", "utfall" } do
    if entry[name] then entry[name].field = { section = "insatser", record = r, name = list .. "." .. name } end
  end
end

-- Counts with their words after them, from the i:th figure: { figure, text }.
local function counted(p, i, to)
  local list = {}
  for k = i, to do
    local f = p.figures[k]
    local text = after(p, k):gsub("^%s+", ""):gsub("[%s,;.]*$", ""):gsub("%s+och$", "")
    text = p.text:sub(f.to + 1):match "^%s*([^,;.(]*)":gsub("%s+$", ""):gsub("%s+och%s*$", "")
    if not whole(f) or f.field or text == "" then break end
    if k < to then
      local between = p.text:sub(f.to + 1, p.figures[k + 1].from - 1)
      text = between:match "^%s*([^,;.(]*)":gsub("%s+$", ""):gsub("%s+och$", "")
      list[#list + 1] = { figure = f, text = text }
      if between:find "[.(]" then break end
    else
      list[#list + 1] = { figure = f, text = text }
    end
  end
  return list
end

local function total(list, n)
  local sum = 0
  for i = 1, n or #list do sum = sum + whole(list[i].figure) end
  return sum
end

-- "60 % (6/10), 4 arbete, 1 studier, ...": the share is of the two, and the causes are as many.
local function goal_steps(r, p, goal, i)
  local share, a, b = p.figures[i], p.figures[i + 1], p.figures[i + 2]
  if not (b and a.fraction and b.fraction and whole(b) > 0) then return false end
  if not medel.agrees(share.value, medel.percent(100) * (a.value / b.value)) then return false end
  put(r, "stegforflyttning_mal", goal)
  put(r, "stegforflyttning_andel", share)
  put(r, "stegforflyttning", a)
  put(r, "stegforflyttning_av", b)
  local causes = counted(p, i + 3, #p.figures)
  -- as many of them as the total says
  local n, sum = 0, 0
  while n < #causes and sum < whole(b) do
    n = n + 1
    sum = sum + whole(causes[n].figure)
  end
  if sum ~= whole(b) then return true end
  local positive = 0
  for k = 1, n do
    local x = causes[k]
    positive = positive + whole(x.figure)
    item(r, "avslutsorsaker", { text = x.text, antal = x.figure, positiv = positive <= whole(a), sure = true })
  end
  -- the first of them are the steps only where their sum says so
  local at = 0
  local steps = false
  for k = 1, n do
    at = at + whole(causes[k].figure)
    steps = steps or at == whole(a)
  end
  if not steps then for _, x in ipairs(r.lists.avslutsorsaker) do x.positiv = nil end end
  return true
end

-- "13 individer, 6 kvinnor och 7 män; 4 vägledningar och 9 kartläggningar"
local function goal_people(r, p, goal, i)
  local all = p.figures[i]
  if not (all and whole(all) and is_person(after(p, i))) then return false end
  put(r, "deltagare_mal", goal)
  put(r, "deltagare", all)
  by_sex(r, p)
  local from = r.figures.kvinnor and i + 3 or i + 1
  local parts = counted(p, from, #p.figures)
  local n, sum = 0, 0
  while n < #parts and sum < whole(all) do
    n = n + 1
    sum = sum + whole(parts[n].figure)
  end
  if sum == whole(all) and n > 1 then
    for k = 1, n do item(r, "delar", { text = parts[k].text, antal = parts[k].figure, sure = true }) end
  end
  return true
end

local function decimal(f) return unit(f) == "number" end

-- A goal "N. goal. outcome": which figures are the goal's (its first sentence) and which the outcome's.
local function goal_of(r, p)
  local start = p.text:match "^%d+%. +()"
  if not start or #p.figures == 0 then return end
  local stop = p.text:find("[.]%s+%f[%u%d\xC3\xE2]", start) or #p.text
  local goals, i = {}, 1
  while p.figures[i] and p.figures[i].from <= stop do
    goals[i] = p.figures[i]
    i = i + 1
  end
  local out = p.figures[i]
  if #goals == 0 or not out or goals[1].field or out.field then return end
  local text = prose.lower(p.text:sub(start, stop))
  local goal = goals[1]
  if unit(goal) == "count" and #goals == 1 and not decimal(goal) and (text:find "individer" or text:find "deltagare") then
    return goal_people(r, p, goal, i)
  end
  if decimal(goal) and decimal(out) and (text:find("nöjd", 1, true) or text:find("enkät", 1, true)) and #p.figures == i then
    put(r, "nojdhet_mal", goal)
    put(r, "nojdhet", out)
    return
  end
  if unit(goal) == "share" and unit(out) == "share" and #goals == 1 then
    if (text:find("förbättrat sin förmåga", 1, true) or text:find("stegförflytt", 1, true)) and goal_steps(r, p, goal, i) then return end
    if #p.figures == i then
      local what = p.text:sub(goal.to + 1, stop):gsub("^%s+", ""):gsub("%.$", "")
      item(r, "resultatmal", { text = what, mal = goal, utfall = out, sure = true })
    end
  end
end

-- "20 % Arbetsmarknadskonsulent, Lekebergs kommun."
local function staff(r, p)
  local f = p.figures[1]
  if #p.figures ~= 1 or f.field or unit(f) ~= "share" then return end
  local role = p.text:match("^[%s•]*" .. f.text:gsub("%p", "%%%0") .. "%s+([%u\xC3][^.]*)%.?%s*$")
  if role then item(r, "personal", { roll = role, andel = f, sure = true }) end
end

-- ---- a section ----

-- Of a field with prints that differ: those that the table's row agrees with, or none.
local function settle(r, field, column)
  local list = r.figures[field]
  if not list then return end
  local same = true
  for _, f in ipairs(list) do same = same and equal(f, list[1]) end
  if same then return end
  local kept = {}
  for _, f in ipairs(list) do
    if column and medel.agrees(f.value, column) then kept[#kept + 1] = f end
  end
  take_away(r, field)
  for _, f in ipairs(kept) do put(r, field, f) end
end

-- Its columns as quantities: kostnad, budget, avvikelse of the row.
local function columns_of(m, id)
  local row = m.report and m.report.driftredovisning and m.report.driftredovisning:row(id)
  local out = {}
  for name, column in pairs { utfall = "kostnad", budget = "budget", avvikelse = "avvikelse" } do
    local fact = row and row:fact(column)
    out[name] = fact and fact.state == "value" and fact.value:abs() or nil
  end
  return out
end

-- Where no row is called so: the only row that has both its outcome and its budget.
local function row_by_amounts(m, r)
  local utfall, budget, found = first(r, "utfall"), first(r, "budget"), nil
  if not (utfall and budget) then return nil end
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.id == "driftredovisning" and t.rows or {}) do
      local c = row.placed and columns_of(m, row.id) or {}
      if c.utfall and c.budget and medel.agrees(c.utfall, utfall.value:abs()) and medel.agrees(c.budget, budget.value:abs()) then
        if found then return nil end
        found = row
      end
    end
  end
  return found
end

local function in_list(p, section)
  local order = p.pieces[1].line.order
  return order >= section.from and order <= section.to
end

local function assessment(r, section, m, words)
  for i = section.from, section.to do
    local rest = insatser.after_label(m.lines[i].text, words.labels.maluppfyllelse)
    if rest and rest ~= "" and (utf8.len(rest) or 99) < 40 then
      r.maluppfyllelse = { text = rest, line = m.lines[i] }
      r.status = words.judgements[prose.lower(rest):gsub("[.%s]+$", "")]
      return
    end
  end
end

-- The record of a section: { name, line, typ, figures = { field = { figure } }, lists = { list = { entry } } }.
function fields.record(m, section, paragraphs, words)
  local r = { name = section.name, line = section.line, typ = section.typ, owner = section.owner, owner_line = section.owner_line,
              figures = {}, lists = {}, section = section }
  local own = {}
  for _, p in ipairs(paragraphs) do if in_list(p, section) then own[#own + 1] = p end end
  for _, p in ipairs(own) do by_labels(r, p, words) end
  for _, p in ipairs(own) do
    goal_of(r, p)
    by_budget(r, p)
    by_sex(r, p)
    by_steps(r, p)
    staff(r, p)
  end
  for _, p in ipairs(own) do repeated(r, p) end
  local row = insatser.row_of(m, section.name, "driftredovisning")
  local columns = row and columns_of(m, row.id) or {}
  for _, field in ipairs { "budget", "utfall", "avvikelse" } do settle(r, field, columns[field]) end
  row = row or row_by_amounts(m, r)
  r.driftrad = row and row.id
  assessment(r, section, m, words)
  return r
end

return fields
