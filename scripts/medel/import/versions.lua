-- versions.lua: what a new draft of an årsredovisning changes against the report file of an earlier one.
local medel = require "medel"

local versions = {}

-- The print without what only groups it.
local function plain(text)
  return (text:gsub("−", "-"):gsub("–", "-"):gsub("[%s.]", ""):gsub("\xC2\xA0", ""):gsub(",00$", ""))
end

-- By row, and by label for rows that are called otherwise: an own row may have another name.
local function figures(ar)
  local list, by_key = {}, {}
  for _, fact in ipairs(ar:facts()) do
    if fact.text and fact.column and fact.state == "value" then
      local place = fact.table .. "\0" .. (fact.item or "") .. "\0" .. fact.column .. "\0"
      local x = { fact = fact, row = place .. fact.row, label = place .. "=" .. fact.label }
      by_key[x.row] = x
      by_key[x.label] = by_key[x.label] or x
      list[#list + 1] = x
    end
  end
  return list, by_key
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

-- Lines of text: figures that are others, that are new and that are gone; what no longer holds, what now does.
function versions.compare(before, now)
  local old, old_by = figures(before)
  local new, new_by = figures(now)
  local out = {}
  for _, x in ipairs(new) do
    local was = old_by[x.row] or old_by[x.label]
    was = was and was.fact
    if not was then out[#out + 1] = ("ny: %s, %s (%s)"):format(x.fact.name, x.fact.text, x.fact.where)
    elseif plain(was.text) ~= plain(x.fact.text) then
      out[#out + 1] = ("ändrad: %s, %s i stället för %s (%s)"):format(x.fact.name, x.fact.text, was.text, x.fact.where)
    end
  end
  for _, x in ipairs(old) do
    if not new_by[x.row] and not new_by[x.label] then out[#out + 1] = ("borta: %s, %s"):format(x.fact.name, x.fact.text) end
  end
  local then_, now_ = findings(before), findings(now)
  for _, text in ipairs(without(now_, then_)) do out[#out + 1] = "stämmer inte längre: " .. text end
  for _, text in ipairs(without(then_, now_)) do out[#out + 1] = "stämmer nu: " .. text end
  return out
end

return versions
