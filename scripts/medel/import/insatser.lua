-- insatser.lua: where the insatser of a document are told of one by one: under a name, a line that says
-- whose it is.
local prose = require "medel.import.prose"

local insatser = {}

-- The text after a label that the line begins with, or nil; the longest label is taken.
function insatser.after_label(text, labels)
  local s, best = prose.lower(text), nil
  for _, label in ipairs(labels) do
    if s:sub(1, #label) == label and (not best or #label > best) and not s:find("^[%a\xC3]", #label + 1) then best = #label end
  end
  return best and text:sub(best + 1):gsub("^[%s:]+", "") or nil
end

-- A short line that is no sentence.
local function is_name(text)
  return (text:find "^%u" or text:find "^\xC3[\x80-\x9E]") and (utf8.len(text) or 99) <= 70 and not text:find "[.:;,?!]$"
    and not text:find "^%d" and not text:find "%d%d%d%d%-%d%d"
end

-- The line that names what the line 'at' says the owner of: the nearest above, over a line that goes on
-- ("– en vägledande insats").
local function name_above(lines, at)
  local i = at - 1
  while i > 0 and lines[i].text == "" do i = i - 1 end
  for back = 0, 2 do
    local line = lines[i - back]
    if not line or line.text == "" then return nil end
    if is_name(line.text) then return line end
    if not line.text:find "^[\xE2(%l-]" then return nil end
  end
end

local function owner_of(lines, i, labels)
  local rest = insatser.after_label(lines[i].text, labels)
  if not rest then return nil end
  local from = i
  if rest:find "^och%f[%A]" then
    -- "Insatsägare och samverkansparter": the label goes on
    if rest:find "^och%s*$" then from = i + 1 end
    rest = ""
  end
  if rest == "" then
    local next_line = lines[from + 1]
    if not next_line or next_line.text == "" then next_line = lines[from + 2] end
    if not next_line then return nil end
    return next_line.text:match "^[^.]+", next_line
  end
  if not (rest:find "^%u" or rest:find "^\xC3[\x80-\x9E]") then return nil end
  return rest:match "^[^.]+", lines[i]
end

-- A chapter begins: numbered, or about the follow-up of something else.
local function is_chapter(text)
  return text:find "^%d+%.%d" and text:find "%u" or text:find "^Uppföljning och resultat" or text:find "^%d+%. *%u%l+ *%l*$" and is_name(text:gsub("^%d+%. *", ""))
end

local levels = { { "individ", "individ" }, { "struktur", "struktur" } }

-- What the nearest heading says of the level.
local function level_above(lines, at)
  for i = at, 1, -1 do
    local text = prose.lower(lines[i].text)
    if is_chapter(lines[i].text) or is_name(lines[i].text) then
      for _, x in ipairs(levels) do
        if text:find(x[1], 1, true) and (text:find("insats", 1, true) or text:find("aktivitet", 1, true)) then return x[2] end
      end
    end
  end
end

-- A heading that begins with the insats's name and goes on, as that of a part of it does.
local function is_another(text, name)
  return #text > #name and text:sub(1, #name) == name and text:find("^[,:] ", #name + 1) and is_name(text)
end

local longest = 200 -- lines that one insats is told of on, four pages

-- { { name, line, owner, owner_line, typ, from, to } }, orders of lines.
function insatser.sections(m, words)
  local list, lines = {}, m.lines
  for i = 1, #lines do
    local owner, owner_line = owner_of(lines, i, words.labels.insatsagare)
    local name = owner and name_above(lines, i)
    if name then
      local last = list[#list]
      if last and last.to == nil then last.to = name.order - 1 end
      list[#list + 1] = { name = name.text, line = name, owner = owner, owner_line = owner_line, from = name.order,
                          typ = level_above(lines, i) }
    elseif #list > 0 and not list[#list].to and (is_chapter(lines[i].text) or is_another(lines[i].text, list[#list].name)) then
      list[#list].to = i - 1
    end
  end
  if #list > 0 and not list[#list].to then list[#list].to = #lines end
  for _, s in ipairs(list) do s.to = math.min(s.to, s.from + longest) end
  return list
end

-- ---- its row in the driftredovisning ----

local function words_of(text)
  local list = {}
  for word in prose.lower(text):gmatch "[%w\x80-\xFF]+" do list[#list + 1] = word end
  return list
end

-- "Mottagningsteam" and "Mottagningsteamet".
local function same_word(a, b)
  if a == b then return true end
  local short, long = a, b
  if #a > #b then short, long = b, a end
  return #short >= 5 and long:sub(1, #short) == short and #long - #short <= 3
end

function insatser.same_name(a, b)
  local x, y = words_of(a), words_of(b)
  if #x == 0 or #x ~= #y then return false end
  for i, word in ipairs(x) do if not same_word(word, y[i]) then return false end end
  return true
end

-- The only row of the table that is called as the insats.
function insatser.row_of(m, name, table_id)
  local found
  for _, t in ipairs(m.tables) do
    if t.id == table_id then
      for _, row in ipairs(t.rows) do
        if row.placed and insatser.same_name(row.label, name) then
          if found then return nil end
          found = row
        end
      end
    end
  end
  return found
end

-- The level that a row of the driftredovisning is under, where it says one; the förbund's file has that of its own rows.
function insatser.level_of(m, row)
  local rows = row and row.own and m.forbund and m.forbund.values.rader and m.forbund.values.rader.driftredovisning
  local under = row and (row.under or rows and rows[row.id] and rows[row.id].under)
  return (under == "individ" or under == "struktur") and under or nil
end

return insatser
