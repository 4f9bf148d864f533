-- told.lua: what running text says of an insats that it names: "Bron hade 34 deltagare, varav 20 kvinnor och 14 män",
-- "Kostnaden för Bron uppgick till 1 250 tkr".  A figure is bound where the sentence names one insats, the words mean one
-- of its fields, and the value is what a table has there, or the sentence's own women and men are all.
local medel = require "medel"
local prose = require "medel.import.prose"
local insatser = require "medel.import.insatser"
local wording = require "medel.import.wording"

local told = {}

-- Where a name stands in a sentence as a word, perhaps with an s after it.
local function stands(sentence, name)
  local from, to = sentence:find(name, 1, true)
  while from do
    local before, after = sentence:sub(from - 1, from - 1), sentence:sub(to + 1):match "^s?([%a\xC3]?)"
    if (from == 1 or not before:find "[%w\x80-\xFF]") and after == "" then return from, to end
    from, to = sentence:find(name, from + 1, true)
  end
end

-- The only insats that a sentence names, the longest of names that are in each other.
local function named(sentence, names)
  local found, at
  for _, x in ipairs(names) do -- the longest first
    local from, to = stands(sentence, x.name)
    if from and not (at and from >= at.from and to <= at.to) then
      if found then return nil end
      found, at = x, { from = from, to = to }
    end
  end
  return found
end

-- All that can be named: records, and rows of the driftredovisning that are under a level.
local function names_of(m, records)
  local list, seen = {}, {}
  for _, r in ipairs(records) do
    if not seen[r.name] then list[#list + 1], seen[r.name] = { name = r.name, record = r, driftrad = r.driftrad }, true end
  end
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.id == "driftredovisning" and t.rows or {}) do
      local level = row.placed and insatser.level_of(m, row)
      if level and not seen[row.label] and #row.label > 3 then
        list[#list + 1], seen[row.label] = { name = row.label, typ = level, driftrad = row.id, line = { page = row.page, line = row.line } }, true
      end
    end
  end
  table.sort(list, function(a, b)
    if #a.name ~= #b.name then return #a.name > #b.name end
    return a.name < b.name
  end)
  return list
end

local function after(f, n) return prose.lower(f.sentence:sub(f.at + #f.text, f.at + #f.text + (n or 30))) end
local function before(f, n) return prose.lower(f.sentence:sub(math.max(1, f.at - (n or 30)), f.at - 1)) end

-- The field that the word right after a count is.
local function counted(f)
  local s = after(f)
  if s:find "^ kvinnor%f[^%a]" then return "kvinnor" end
  if s:find "^ män%f[^%a\x80-\xFF]" then return "man" end
  if s:find "^ avslutade" then return "avslutade" end
  if s:find "^ unika deltagare%f[^%a]" or s:find "^ deltagare%f[^%a]" or s:find "^ individer%f[^%a]" or s:find "^ personer%f[^%a]" then
    return not s:find "avsluta" and not before(f):find "mål" and not before(f):find "förvänta" and not before(f):find "plats" and "deltagare" or nil
  end
end

local function record_of(x, f)
  if not x.record then
    x.record = { name = x.name, typ = x.typ, driftrad = x.driftrad, line = { page = f.page, line = f.line }, figures = {}, lists = {},
                 section = { from = f.order, to = f.order }, new = true }
  end
  return x.record
end

local function put(x, field, f)
  local r = record_of(x, f)
  r.figures[field] = r.figures[field] or {}
  table.insert(r.figures[field], f)
  f.field = { section = "insatser", record = r, name = field }
end

local function has(x, field, f)
  local list = x.record and x.record.figures[field]
  local one = list and list[1]
  return one and one.kind == f.kind and medel.agrees(one.value, f.value)
end

-- "34 deltagare, varav 20 kvinnor och 14 män": all three, where the two are the one.
local function people(x, list)
  local by = {}
  for _, f in ipairs(list) do
    local field = not f.field and f.kind == "count" and counted(f)
    if field and by[field] then return end
    if field then by[field] = f end
  end
  if by.deltagare and by.kvinnor and by.man and not (x.record and x.record.figures.deltagare)
    and medel.agrees(by.deltagare.value, by.kvinnor.value + by.man.value) then
    for _, field in ipairs { "deltagare", "kvinnor", "man" } do put(x, field, by[field]) end
  end
end

local columns = { utfall = { "kostnad", "netto" }, budget = { "budget" } }
local amount_words = { utfall = { "kostnad", "utfall", "förbruka" }, budget = { "budget" } }

local function digits(text) return #(text:gsub("%D", ""):gsub("^0+", ""):gsub("0+$", "")) end

-- Does the driftredovisning, or a table of insatser, have the amount as this?
local function printed(m, x, field, f)
  local row = x.driftrad and m.report and m.report.driftredovisning and m.report.driftredovisning:row(x.driftrad)
  for _, name in ipairs(row and columns[field] or {}) do
    local fact = row:fact(name)
    if fact and fact.state == "value" and medel.agrees(fact.value:abs(), f.value:abs()) then return true end
  end
  return has(x, field, f)
end

local function amount(m, x, f)
  local s, fits = prose.lower(f.sentence), nil
  for field, words in pairs(amount_words) do
    local said = false
    for _, word in ipairs(words) do said = said or s:find(word, 1, true) ~= nil end
    if said and printed(m, x, field, f) then
      if fits then return end
      fits = field
    end
  end
  -- the words right before it say the other one
  local near = fits and before(f, 20)
  if fits == "utfall" and near:find "budget" or fits == "budget" and near:find "kostnad" then return end
  if fits and digits(f.text) >= 3 then put(x, fits, f) end
end

local function other_year(sentence, year)
  for y in sentence:gmatch "%f[%d]20%d%d%f[%D]" do if tonumber(y) ~= year then return true end end
  return false
end

-- Bind what can be bound of the figures; records that are new are added.
function told.read(m, figures, records, words)
  local names, by_sentence, order = names_of(m, records), {}, {}
  if #names == 0 then return end
  for _, f in ipairs(figures) do
    if not f.cell and not f.field and not f.rest then
      local key = f.paragraph
      by_sentence[key] = by_sentence[key] or {}
      if not by_sentence[key][f.sentence] then
        by_sentence[key][f.sentence] = {}
        order[#order + 1] = { list = by_sentence[key][f.sentence], sentence = f.sentence }
      end
      table.insert(by_sentence[key][f.sentence], f)
    end
  end
  for _, one in ipairs(order) do
    local x = named(one.sentence, names)
    local unsure = not x or other_year(one.sentence, m.year) or wording.any(words.before, one.sentence) or wording.any(words.next, one.sentence)
    if not unsure then
      people(x, one.list)
      for _, f in ipairs(one.list) do
        local near = f.sentence:sub(math.max(1, f.at - 30), f.at + #f.text + 15):gsub("varav", "")
        local open = not f.field and not wording.any(words.change, near) and not wording.any(words.level, near)
        local field = open and f.kind == "count" and counted(f)
        if field and has(x, field, f) then put(x, field, f)
        elseif open and f.kind == "amount" then amount(m, x, f) end
      end
      if x.record and x.record.new then
        records[#records + 1], x.record.new = x.record, nil
      end
    end
  end
end

return told
