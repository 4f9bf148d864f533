-- wording.lua: the words of running text, from rules/taxonomy/ord.yaml, and where they stand.
local medel = require "medel"
local prose = require "medel.import.prose"

local wording = {}

-- "a|b" as patterns; a word begins where no letter stands before, unless * says that it may end one.
local function stems(text)
  local list = {}
  for word in text:gmatch "[^|]+" do
    word = word:gsub("^%s+", ""):gsub("%s+$", "")
    local inside = word:sub(1, 1) == "*"
    list[#list + 1] = { word = inside and word:sub(2) or word, inside = inside }
  end
  return list
end

local function phrase(text)
  local all = {}
  for part in text:gmatch "[^&]+" do
    local without = part:match "^%s*!(.*)$"
    all[#all + 1] = stems(without or part)
    all[#all].without = without ~= nil
  end
  return all
end

local function letter_before(s, at)
  local c = s:byte(at - 1)
  return at > 1 and (c >= 0x80 or (c | 0x20) >= 97 and (c | 0x20) <= 122)
end

-- Where a stem stands: from, to.
local function find(s, stem)
  local from, to = s:find(stem.word, 1, true)
  while from and not stem.inside and letter_before(s, from) do from, to = s:find(stem.word, from + 1, true) end
  return from, to
end

-- Does the phrase stand in a sentence of lower case?  How much of it, in bytes.
local function stands(s, all)
  local size = 0
  for _, alternatives in ipairs(all) do
    local best = 0
    for _, stem in ipairs(alternatives) do
      if find(s, stem) then best = math.max(best, #stem.word) end
    end
    if (best > 0) == alternatives.without then return nil end
    size = size + best
  end
  return size
end

-- { concepts = { id = { phrase } }, fields = the same, minus, cost, change, before, next = { phrase }, level = { phrase }, labels = { field = { text } },
-- judgements = { text = status }, respondents = { text }, tables = { kind = { field = { text } } }, word_columns = { field = true }, other_time = { text } }
function wording.load()
  local path = medel.data .. "/rules/taxonomy/ord.yaml"
  local text, why = medel.read_file(path)
  if not text then error(why, 0) end
  local one, wrong = medel.yaml(text, path)
  if not one then error(wrong, 0) end
  local w = { concepts = {}, fields = {}, minus = {}, cost = {}, level = {}, change = {}, before = {}, next = {}, joined = {}, labels = one.etiketter, judgements = {}, respondents = one.respondenter, tables = one.kolumner, word_columns = {}, other_time = one.annan_tid }
  for _, x in ipairs(one.ordkolumner) do w.word_columns[x] = true end
  for status, list in pairs(one.bedomning) do
    for _, x in ipairs(list) do w.judgements[x] = status end
  end
  for id, list in pairs(one.begrepp) do
    w.concepts[id] = {}
    for i, x in ipairs(list) do
      w.concepts[id][i] = phrase(x)
      if x:find " och " then w.joined[#w.joined + 1] = x end
    end
  end
  for id, list in pairs(one.falt) do
    w.fields[id] = {}
    for i, x in ipairs(list) do w.fields[id][i] = phrase(x) end
  end
  for i, x in ipairs(one.minus) do w.minus[i] = phrase(x) end
  for i, x in ipairs(one.kostnad) do w.cost[i] = phrase(x) end
  for name, list in pairs { change = one.andring, before = one.forra_aret, next = one.nasta_ar } do
    for i, x in ipairs(list) do w[name][i] = phrase(x) end
  end
  for i, x in ipairs(one.niva) do w.level[i] = phrase(x) end
  return w
end

local lowered = {}

-- One sentence is asked about many phrases.
local function lower(sentence)
  if lowered.of ~= sentence then lowered.of, lowered.text = sentence, prose.lower(sentence) end
  return lowered.text
end

-- How much of the longest of the phrases stands in the sentence; nil if none does.
function wording.any(list, sentence)
  local s, best = lower(sentence), nil
  for _, all in ipairs(list) do
    local size = stands(s, all)
    if size and (not best or size > best) then best = size end
  end
  return best
end

return wording
