-- versions.lua: what a new draft of an årsredovisning changes against the report file of an earlier one.
local medel = require "medel"

local versions = {}

-- The print without what only groups it.
local function plain(text)
  return (text:gsub("−", "-"):gsub("–", "-"):gsub("[%s.]", ""):gsub("\xC2\xA0", ""):gsub(",00$", ""))
end

-- What figures outside of the tables are printed of: their sentence, whose other digits are not looked at, so that
-- the same words with another figure are the same figure.
local function words_of(fact)
  return fact.table .. "\0" .. (fact.row or "") .. "\0" .. fact.label:gsub("%d[%d%s.,]*", "#"):gsub("^%s*…%s*", "")
end

local function add(list, by_key, keys, fact)
  local x = { fact = fact, keys = keys }
  for _, key in ipairs(keys) do by_key[key] = by_key[key] or x end
  list[#list + 1] = x
end

-- By row, and by label for rows that are called otherwise: an own row may have another name.  Figures of text by the
-- n:th print of their words.
local function figures(ar, tables)
  local list, by_key, count = {}, {}, {}
  for _, fact in ipairs(ar:facts()) do
    local there = fact.text and fact.state == "value"
    if there and fact.column then
      local place = fact.table .. "\0" .. (fact.item or "") .. "\0" .. fact.column .. "\0"
      add(list, by_key, { place .. fact.row, place .. "=" .. fact.label }, fact)
    elseif there and not tables then
      local words = words_of(fact)
      count[words] = (count[words] or 0) + 1
      add(list, by_key, { ("%s\0%d"):format(words, count[words]) }, fact)
    end
  end
  return list, by_key
end

local function known(by_key, x)
  for _, key in ipairs(x.keys) do if by_key[key] then return by_key[key].fact end end
end

local function findings(ar)
  local set, list = {}, {}
  for _, check in ipairs((medel.checks(ar))) do
    if check.outcome == "finding" and check.level ~= "note" and not set[check.message] then
      set[check.message] = true
      list[#list + 1] = ("%s %s"):format(check.rule, check.message)
    end
  end
  return list
end

local function without(list, other)
  local known, out = {}, {}
  for _, text in ipairs(other) do known[text] = true end
  for _, text in ipairs(list) do if not known[text] then out[#out + 1] = text end end
  return out
end

-- Figures in running text by the n:th print of their sentence, whose digits are not looked at.
local function sentences(list, sentence, text)
  local by, order, count = {}, {}, {}
  for _, f in ipairs(list) do
    local words = f[sentence]:gsub("%d[%d%s.,]*", "#")
    count[words] = (count[words] or 0) + 1
    local key = ("%s\0%d"):format(words, count[words])
    by[key] = { text = f[text], sentence = f[sentence], page = f.page or f.sida, line = f.line or f.rad }
    order[#order + 1] = key
  end
  return by, order
end

-- What an earlier draft's side file says of its running text against what is read now; nil: it has none.
function versions.sentences(before, now, paged)
  local list = before and before.utanfor_tabeller
  if not list then return nil end
  local out = {}
  local old, old_order = sentences(list, "mening", "tryckt")
  local new, new_order = sentences(now, "sentence", "text")
  local function where(x) return ("%s %d"):format(paged and "sida" or "rad", paged and x.page or x.line) end
  for _, key in ipairs(new_order) do
    local was, x = old[key], new[key]
    if not was then out[#out + 1] = ("ny i texten: %s (%s): %s"):format(x.text, where(x), x.sentence)
    elseif plain(was.text) ~= plain(x.text) then
      out[#out + 1] = ("ändrad i texten: %s i stället för %s (%s): %s"):format(x.text, was.text, where(x), x.sentence)
    end
  end
  for _, key in ipairs(old_order) do
    if not new[key] then out[#out + 1] = ("borta ur texten: %s: %s"):format(old[key].text, old[key].sentence) end
  end
  return out
end

-- Lines of text: figures that are others, that are new and that are gone; what no longer holds, what now does.
-- tables: figures outside of them are told by versions.sentences.
function versions.compare(before, now, tables)
  local old, old_by = figures(before, tables)
  local new, new_by = figures(now, tables)
  local out = {}
  for _, x in ipairs(new) do
    local was = known(old_by, x)
    if not was then out[#out + 1] = ("ny: %s, %s (%s)"):format(x.fact.name, x.fact.text, x.fact.where)
    elseif plain(was.text) ~= plain(x.fact.text) then
      out[#out + 1] = ("ändrad: %s, %s i stället för %s (%s)"):format(x.fact.name, x.fact.text, was.text, x.fact.where)
    end
  end
  for _, x in ipairs(old) do
    if not known(new_by, x) then out[#out + 1] = ("borta: %s, %s"):format(x.fact.name, x.fact.text) end
  end
  local then_, now_ = findings(before), findings(now)
  for _, text in ipairs(without(now_, then_)) do out[#out + 1] = "stämmer inte längre: " .. text end
  for _, text in ipairs(without(then_, now_)) do out[#out + 1] = "stämmer nu: " .. text end
  return out
end

return versions
