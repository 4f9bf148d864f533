-- lastyear.lua: what last year's report file knows that this year's import need not ask: the rows of the
-- förbund's own and where they belong, what it calls the taxonomy's, its insatser, what a sentence is about.
local medel = require "medel"
local prose = require "medel.import.prose"

local lastyear = {}

local function is_synonym(row)
  for _, s in ipairs(row.synonyms or {}) do if s == row.label then return true end end
  return row.label == row.usual_label
end

-- { table, id, under, label }: rows of its own, and with under "-" labels of the taxonomy's rows.
function lastyear.rows(ar)
  local list = {}
  for _, t in ipairs(ar:tables()) do
    for row in t:rows() do
      if row.own and row.under then
        list[#list + 1] = { table = t.id_, id = row.id, under = row.under, label = row.label, last = true }
      elseif not row.own and not is_synonym(row) then
        list[#list + 1] = { table = t.id_, id = row.id, under = "-", label = row.label, last = true }
      end
    end
  end
  return list
end

-- The förbund's file may lack a row that last year's report has: the row then says itself where it belongs,
-- as it did, and is not asked about.
function lastyear.carry(m)
  local own = m.forbund and m.forbund.values.rader or {}
  local was = {}
  for _, x in ipairs(m.before) do if x.under ~= "-" then was[x.table .. "\0" .. x.id] = x end end
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      local x = was[t.id .. "\0" .. row.id]
      if row.own and x and not (own[t.id] and own[t.id][row.id]) then
        row.own, row.under, row.carried = false, x.under, true
        row.exact_label = false
      end
    end
  end
end

-- The key, the level and the row of last year's insats of that name.
function lastyear.insats(ar, name)
  local list = ar.insatser
  for i = 1, list and #list or 0 do
    if list[i].namn == name then return list[i].id, list[i].typ, list[i].driftrad end
  end
end

-- A sentence without its figures.
function lastyear.form(text)
  return (prose.lower(text):gsub("[%d]+", "#"):gsub("# ?#", "#"):gsub("# ?#", "#"):gsub("%s+", " "))
end

-- The kind of last year's goal of the same words.
function lastyear.goal(ar, text)
  local list = ar.mal
  for i = 1, list and #list or 0 do
    if list[i].text and lastyear.form(list[i].text) == lastyear.form(text) then return list[i].typ end
  end
end

-- What last year's report says of the figures of a sentence of the same form: { begrepp, variant }.
function lastyear.sentences(ar)
  local set, list = {}, ar.uppgifter
  for i = 1, list and #list or 0 do
    local u = list[i]
    if u.text and u.begrepp then
      local form = lastyear.form(u.text)
      set[form] = set[form] or {}
      table.insert(set[form], { begrepp = u.begrepp, variant = u.variant })
    end
  end
  return set
end

return lastyear
