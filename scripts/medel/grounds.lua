-- grounds.lua: what a rule rests on, read by rules/lagar.yaml: which laws and paragraphs, what
-- they were called in an earlier year, and whether there was such a requirement then.
local medel = require "medel"

local grounds = {}

local laws, names, smalls -- names as they begin a sentence or stand within one, in step with them
local newest = "" -- from that day everything is in force as it is written

local function first_small(text)
  return (text:gsub("^%u", string.lower):gsub("^Å", "å"):gsub("^Ä", "ä"):gsub("^Ö", "ö"))
end

local function read()
  if laws then return end
  local path = medel.data .. "/rules/lagar.yaml"
  local doc = require("medel.files").yaml(path)
  if doc.medel_lagar ~= "1" then error(path .. ": medel_lagar: 1 is expected", 0) end
  laws, names = doc.lagar, {}
  for name, law in pairs(laws) do
    names[#names + 1] = name
    if law.from and law.from > newest then newest = law.from end
  end
  table.sort(names, function(a, b) -- the longest first, so that "KL 1991" is not "KL"
    if #a ~= #b then return #a > #b end
    return a < b
  end)
  smalls = {}
  for i, name in ipairs(names) do smalls[i] = first_small(name) end
end

-- The law that a part begins with, or nil.
local function law_of(part)
  local small = first_small(part)
  for i, name in ipairs(names) do
    if small:sub(1, #name) == smalls[i] and not part:find("^%w", #name + 1) then return name end
  end
end

-- The paragraphs of one chapter's part of a ground: "2–3 §§" is 2 and 3; none is the chapter.
local function paragraphs(text)
  local list = {}
  for a, sep, b in text:gmatch "(%d+)(.-)(%d+) §§" do
    if sep == "–" then
      for n = tonumber(a), tonumber(b) do list[#list + 1] = tostring(n) end
    else
      list[#list + 1] = a
      list[#list + 1] = b
    end
  end
  for n in text:gmatch "(%d+)–%d+ %l §§" do list[#list + 1] = n end -- 5–5 a §§
  for n in text:gsub("%d+[^§]-%d+ §§", ""):gmatch "(%d+) §" do list[#list + 1] = n end
  return list
end

-- { { law, rest, places = { { chapter, paragraph } } } }; law is nil where none is named.
function grounds.parts(ground)
  read()
  local out = {}
  for part in ground:gmatch "[^;]+" do
    part = part:gsub("^%s+", ""):gsub("%s+$", "")
    local entry = { text = part, places = {}, law = law_of(part) }
    if entry.law then entry.rest = part:sub(#entry.law + 1):gsub("^%s+", "") end
    local law = laws[entry.law or ""]
    if law and not law.ordagrann then
      local spans = {}
      for from, chapter, to in entry.rest:gmatch "()(%d+) kap%.()" do spans[#spans + 1] = { chapter, to, from } end
      for i, s in ipairs(spans) do
        local text = entry.rest:sub(s[2], spans[i + 1] and spans[i + 1][3] - 1 or -1)
        local list = paragraphs(text)
        for _, n in ipairs(list) do entry.places[#entry.places + 1] = { s[1], n } end
        if #list == 0 then entry.places[#entry.places + 1] = { s[1] } end
      end
      if #spans == 0 then
        for _, n in ipairs(paragraphs(entry.rest)) do entry.places[#entry.places + 1] = { nil, n } end
      end
    end
    out[#out + 1] = entry
  end
  return out
end

local function in_force(law, day)
  return not law.from or law.from <= day
end

-- What stood where the places of a law stand now, in the law before it; nil if nowhere.
local function counterpart(law, entry, day)
  local seen, out = {}, {}
  for _, place in ipairs(entry.places) do
    local to = law.motsvarar[(place[1] or "") .. ":" .. (place[2] or "")] or law.motsvarar[place[1] or ""]
    if type(to) == "table" then to = to.from <= day and to.text or nil end
    if to and to ~= "-" and not seen[to] then
      seen[to] = true
      out[#out + 1] = to
    end
  end
  local kept = {}
  for _, to in ipairs(out) do -- a chapter says nothing beside one of its paragraphs
    local within = false
    for _, other in ipairs(out) do within = within or other ~= to and other:sub(1, #to + 1) == to .. " " end
    if not within then kept[#kept + 1] = to end
  end
  return #kept > 0 and law.fore .. " " .. table.concat(kept, ", ") or nil
end

-- The ground as it was at the end of a year, or nil when none of it was in force.
function grounds.at(ground, year)
  read()
  local day, out, gone = ("%d-12-31"):format(year), {}, false
  if day >= newest then return ground end
  for _, entry in ipairs(grounds.parts(ground)) do
    local law = laws[entry.law or ""]
    local text = entry.text
    if law and not in_force(law, day) then
      text, gone = nil, true
      local name = law.fore
      while law.ordagrann and laws[name or ""] and not in_force(laws[name], day) do name = laws[name].fore end
      local before = laws[name or ""]
      if before and in_force(before, day) then
        text = law.motsvarar and counterpart(law, entry, day) or law.ordagrann and name or nil
      end
    end
    local said = false
    for _, other in ipairs(out) do said = said or other == text end
    if text and not said then out[#out + 1] = text end
  end
  if #out == 0 and gone then return nil end
  return table.concat(out, "; ")
end

-- "LKBR (2018:597) 5 kap. 2 §; RKR R14"
function grounds.full(ground)
  local out = {}
  for i, entry in ipairs(grounds.parts(ground)) do
    local law = laws[entry.law or ""]
    out[i] = law and law.nummer and not entry.text:find(law.nummer, 1, true)
      and ("%s (%s)%s"):format(entry.law, law.nummer, entry.rest ~= "" and " " .. entry.rest or "") or entry.text
  end
  return table.concat(out, "; ")
end

-- The laws that grounds name, each once: { name, titel, nummer, from }.
function grounds.laws(list)
  local seen, out = {}, {}
  for _, ground in ipairs(list) do
    for _, entry in ipairs(grounds.parts(ground)) do
      local law = laws[entry.law or ""]
      if law and not seen[entry.law] then
        seen[entry.law] = true
        out[#out + 1] = { name = entry.law, titel = law.titel, nummer = law.nummer, from = law.from }
      end
    end
  end
  table.sort(out, function(a, b) return a.name < b.name end)
  return out
end

-- Does a ground stand in "LKBR", "LKBR 11" or "LKBR 11:8"?
function grounds.stands_in(ground, wanted)
  local law, chapter, paragraph = wanted:match "^(%S+)%s*(%d*):?(%d*)"
  for _, entry in ipairs(grounds.parts(ground)) do
    if entry.law and entry.law:lower() == (law or ""):lower() then
      if chapter == "" then return true end
      for _, place in ipairs(entry.places) do
        local whole = place[1] and chapter == place[1] and (paragraph == "" or paragraph == place[2])
        if whole or not place[1] and chapter == place[2] then return true end
      end
    end
  end
  return false
end

return grounds
