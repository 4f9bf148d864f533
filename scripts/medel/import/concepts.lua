-- concepts.lua: which concept a figure of running text is: one whose words stand in its sentence and
-- whose value, as the tables print it, agrees.  What is not sure is a question, with what it may be.
local medel = require "medel"
local prose = require "medel.import.prose"
local wording = require "medel.import.wording"

local concepts = {}

local fineness = { kr = 3, tkr = 2, mnkr = 1 }

-- What the tables print of each concept, { concept, year, variant, value }: of a year's prints those in
-- the finest unit, so that a misprint is not taken for the rounded figure that it still agrees with.
local function printed(ar, words)
  local list, finest = {}, {}
  local facts = ar and ar:facts() or {}
  for i = 1, #facts do
    local f = facts[i]
    if f.column and f.concept and words.concepts[f.concept] and not f.dimension and f.state == "value" then
      local x = { concept = f.concept, year = f.year, variant = f.variant, value = f.value, fact = f,
                  fine = fineness[f.unit] or 0, of = ("%s %d %s"):format(f.concept, f.year, f.variant) }
      list[#list + 1] = x
      finest[x.of] = math.max(finest[x.of] or 0, x.fine)
    end
  end
  local out = {}
  for _, x in ipairs(list) do
    if x.fine == finest[x.of] then out[#out + 1] = x end
  end
  return out
end

local function agrees(value, other)
  if value:unit() ~= other:unit() then return false end
  return medel.agrees(value:abs(), other:abs())
end

local function digits_of(text) return (text:gsub("%D", "")) end

-- How many digits say something: 4 000 000 says one.
local function digits(text)
  return #digits_of(text):gsub("^0+", ""):gsub("0+$", "")
end

-- The years that a sentence names, also in words.
local function years_of(sentence, year, words)
  local set = {}
  for y in sentence:gmatch "%f[%d]20%d%d%f[%D]" do set[tonumber(y)] = true end
  if wording.any(words.before, sentence) then set[year - 1] = true end
  if wording.any(words.next, sentence) then set[year + 1] = true end
  return set
end

-- Does it name another year than the report's?
local function other_year(years, year)
  for y in pairs(years) do if y ~= year then return true end end
  return false
end

local joints = { "[,;:] ", " men ", " medan ", " vilket ", " vilka ", " som ", " och ", " varpå " }

-- The part of the sentence that a figure stands in, between commas and what joins sentences.
local function clause(f, words)
  local s, from, to = f.sentence, 1, #f.sentence
  -- "kassa och bank" is one thing
  for _, name in ipairs(words.joined) do
    local a, b = prose.lower(s):find(name, 1, true)
    while a do
      s = s:sub(1, a - 1) .. s:sub(a, b):gsub(" och ", "_och_") .. s:sub(b + 1)
      a, b = prose.lower(s):find(name, b, true)
    end
  end
  for _, mark in ipairs(joints) do
    local at = 1
    while true do
      local a, b = s:find(mark, at)
      if not a then break end
      if b < f.at then from = math.max(from, b + 1)
      elseif a >= f.at + #f.text and a - 1 < to then to = a - 1 end
      at = b + 1
    end
  end
  return f.sentence:sub(from, to)
end

local function names_plan(sentence, variant)
  return medel.contains(sentence, variant == "budget" and "budget" or "prognos")
end

-- Of the prints that agree: the one that the sentence is about, or nil.
local function of_sentence(list, f, words, year)
  local best
  local years, part = years_of(f.sentence, year, words), years_of(clause(f, words), year, words)
  for _, x in ipairs(list) do
    local said = x.variant == "utfall" or names_plan(f.sentence, x.variant)
    -- another year is meant only where it is named; this one, where the figure's own part names no other or this one, too:
    -- "uppgår till 73 tkr, att jämföra med 249 tkr föregående år"
    local near = x.year == year and (not other_year(part, year) or years[year]) or (x.year ~= year and years[x.year])
    if said and near then
      if not best or (x.year == year and best.year ~= year) then best = x
      elseif best.year == x.year and best.variant ~= x.variant then return nil end
    end
  end
  return best
end

-- What a figure may be by its words: { concept, size }, the most of words first.
local function by_words(sentence, words)
  local list = {}
  for id, phrases in pairs(words.concepts) do
    local size = wording.any(phrases, sentence)
    if size then list[#list + 1] = { concept = id, size = size } end
  end
  table.sort(list, function(a, b)
    if a.size ~= b.size then return a.size > b.size end
    return a.concept < b.concept
  end)
  return list
end

local function with_minus(text) return text:find "^%d" and "-" .. text or nil end

-- With the sign that the words give it: the text, and whether it was printed without it.
local function signed(f, x, words)
  local is, has = x.value:parts() < 0, f.value:parts() < 0
  if is == has then return f.text, false end
  if has or not (wording.any(words.minus, f.sentence) or wording.any(words.cost, f.sentence)) then return nil end
  return with_minus(f.text), true
end

-- The figure with a minus that a concept has and the print leaves to the words; nil where there is none.
function concepts.sign(m, f, id)
  if f.value:parts() < 0 then return nil end
  local cost = false
  for _, x in ipairs(m.prints[id] or {}) do cost = cost or (x.value:parts() < 0 and id:find "kostnad" ~= nil) end
  local said = wording.any(m.wording.minus, f.sentence) or (cost and wording.any(m.wording.cost, f.sentence))
  return said and with_minus(f.text) or nil
end

-- What stands close to it.
local function around(f)
  return f.sentence:sub(math.max(1, f.at - 30), f.at + #f.text + 15)
end

local function is_deviation(id) return id:find "avvikelse" ~= nil end

-- Does the figure's own part of the sentence say something else than the concept: another one, a plan, a loss
-- of what is none?
local function contradicted(f, x, words)
  local part = clause(f, words)
  local here, own = by_words(part, words), nil
  for _, c in ipairs(here) do if c.concept == x.concept then own = c.size end end
  if #here > 0 and (not own or here[1].size > own) then return true end
  if is_deviation(x.concept) then return false end
  if x.variant == "utfall" and medel.contains(part, "budget") then return true end
  return x.value:parts() > 0 and wording.any(words.minus, part) ~= nil
end

local function bind(f, prints, words, year)
  local fits = {}
  for _, id in ipairs(f.concepts) do
    local agreeing = {}
    for _, x in ipairs(prints[id.concept] or {}) do
      if agrees(f.value, x.value) then agreeing[#agreeing + 1] = x end
    end
    local x = of_sentence(agreeing, f, words, year)
    if x then fits[#fits + 1] = x end
  end
  if #fits ~= 1 or contradicted(f, fits[1], words) then return nil end
  local x = fits[1]
  if not is_deviation(x.concept) and wording.any(words.change, around(f)) then return nil end
  local text, without = signed(f, x, words)
  if not text then return nil end
  return { begrepp = x.concept, ar = x.year ~= year and x.year or nil, variant = x.variant ~= "utfall" and x.variant or nil,
           tal = text, utan_minus = without, mot = x.fact.where }
end

-- The print of the only concept that the words are, where the figure is another than it.
local function against(f, prints, words, year)
  if #f.concepts ~= 1 or other_year(years_of(f.sentence, year, words), year) then return nil end
  local found
  for _, x in ipairs(prints[f.concepts[1].concept] or {}) do
    local variant = medel.contains(f.sentence, "budget") and "budget" or medel.contains(f.sentence, "prognos") and "prognos" or "utfall"
    if x.year == year and x.variant == variant then
      if agrees(f.value, x.value) then return nil end
      found = found or x
    end
  end
  return found and found.fact
end

-- What the taxonomy says that a concept is: amount, share, count.
function concepts.begin(m, taxonomy, words)
  local types = {}
  local described = medel.describe_taxonomy(taxonomy)
  m.labels, m.statements = {}, {}
  for _, c in ipairs(described.concepts) do types[c.id], m.labels[c.id] = c.type, c.label end
  for _, t in ipairs(described.tables) do m.statements[t.id] = true end
  m.types, m.prints = types, {}
  for _, x in ipairs(printed(m.report, words)) do
    m.prints[x.concept] = m.prints[x.concept] or {}
    table.insert(m.prints[x.concept], x)
  end
end

-- Is it a concept, or a row of a table?
function concepts.known(m, name)
  local statement = name:match "^([%l%d_]+)%.[%l%d_]+"
  return m.labels[name] ~= nil or (statement and m.statements[statement]) or false
end

-- May a figure of this kind be the concept?
function concepts.takes(m, name, kind)
  local type_of = m.types[name]
  if not type_of then return true end
  return type_of == kind or (type_of == "amount" and (kind == "count" or kind == "number"))
end

-- Each figure gets .concepts, what its words may mean, and .bound where one fits words and value.
function concepts.bind(m, figures, words)
  local types = m.types
  local prints = m.prints
  for _, f in ipairs(figures) do
    local kind = f.kind
    f.concepts = {}
    for _, x in ipairs((kind == "amount" or kind == "share") and by_words(f.sentence, words) or {}) do
      if (types[x.concept] or "amount") == kind then f.concepts[#f.concepts + 1] = x end
    end
    local level = wording.any(words.level, around(f))
    local sure = digits(f.text) >= (kind == "share" and 2 or 3)
    if sure and not level and #f.concepts > 0 then f.bound = bind(f, prints, words, m.year) end
    if #digits_of(f.text) > 1 and not level and not f.bound then f.against = against(f, prints, words, m.year) end
  end
end

return concepts
