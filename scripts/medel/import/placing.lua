-- placing.lua: what a figure of running text may be, for a person to choose from, and what was chosen.
local medel = require "medel"
local concepts = require "medel.import.concepts"
local prose = require "medel.import.prose"
local wording = require "medel.import.wording"
local text = require "medel.import.text"
local lastyear = require "medel.import.lastyear"
local insats_table = require "medel.import.insats_table"

local placing = {}

-- The insats that a figure is told of: whose part of the document it stands in, or that its sentence names.
local function insatser_of(m, f)
  local named = {}
  for _, r in ipairs(m.insatser) do
    if f.order >= r.section.from and f.order <= r.section.to then return { r } end
    if medel.contains(f.sentence, r.name) then named[#named + 1] = r end
  end
  return named
end

local types = { amount = { budget = true, utfall = true, avvikelse = true, kostnad_per_deltagare = true },
                count = { deltagare = true, deltagare_mal = true, kvinnor = true, man = true, avslutade = true, stegforflyttning = true },
                share = { kvinnor = true, man = true, stegforflyttning_andel = true, forbrukning = true } }

local function of_fields(m, f)
  local list = {}
  for _, r in ipairs(insatser_of(m, f)) do
    for id in pairs(types[f.kind] or {}) do
      local size = m.wording.fields[id] and wording.any(m.wording.fields[id], f.sentence)
      if size then list[#list + 1] = { size = size, plats = ("insatser.%s.%s"):format(r.key, id) } end
    end
  end
  table.sort(list, function(a, b)
    if a.size ~= b.size then return a.size > b.size end
    return a.plats < b.plats
  end)
  return list
end

-- Has a table the same figure in the place that a choice is about?
local function is_printed(m, f, a)
  if a.svar == "uppgift" then
    for _, x in ipairs(m.prints[a.begrepp] or {}) do
      if x.year == m.year and (a.variant or "utfall") == x.variant and x.value:unit() == f.value:unit() and medel.agrees(x.value:abs(), f.value:abs()) then return true end
    end
    return false
  end
  for _, r in ipairs(m.insatser) do
    local field = a.plats:match("^insatser%." .. r.key .. "%.([%l_]+)$")
    local one = field and r.figures[field] and r.figures[field][1]
    if one and one ~= f and one.kind == f.kind and medel.agrees(one.value, f.value) then return true end
  end
  return false
end

-- The choices: { label, answer }; what a table has printed alike comes first.
function placing.choices(m, f)
  local list = {}
  -- what the same sentence was about last year
  if m.last and not m.sentences then m.sentences = lastyear.sentences(m.last) end
  for _, x in ipairs(m.sentences and m.sentences[lastyear.form(text.words_of(f))] or {}) do
    list[#list + 1] = { label = ("%s%s, som förra året"):format(m.labels[x.begrepp] or x.begrepp, x.variant and " (" .. x.variant .. ")" or ""),
                        answer = { svar = "uppgift", begrepp = x.begrepp, variant = x.variant, tal = concepts.sign(m, f, x.begrepp) } }
  end
  for i = 1, math.min(3, #(f.concepts or {})) do
    local id = f.concepts[i].concept
    local plan = medel.contains(f.sentence, "budget") and "budget" or medel.contains(f.sentence, "prognos") and "prognos" or nil
    if id:find "budget" then plan = nil end -- it is about the budget by itself
    for _, variant in ipairs { plan or false, false } do
      list[#list + 1] = { label = m.labels[id] .. (variant and " (" .. variant .. ")" or ""),
                          answer = { svar = "uppgift", begrepp = id, variant = variant or nil, tal = concepts.sign(m, f, id) } }
      if not variant then break end
    end
  end
  local fields = of_fields(m, f)
  for i = 1, math.min(3, #fields) do
    list[#list + 1] = { label = fields[i].plats, answer = { svar = "falt", plats = fields[i].plats } }
  end
  local first = {}
  for i = #list, 1, -1 do
    if f.value and is_printed(m, f, list[i].answer) then
      list[i].label = list[i].label .. " (samma tal i en tabell)"
      table.insert(first, 1, table.remove(list, i))
    end
  end
  table.move(list, 1, #list, #first + 1, first)
  return first
end

-- A figure that nothing else is printed of: among those of its insats, or of the report.
function placing.alone(m, f)
  local of = insatser_of(m, f)
  if #of ~= 1 then return { svar = "uppgift" } end
  return { svar = "falt", plats = ("insatser.%s.uppgifter[%s].tal"):format(of[1].key, (text.words_of(f):gsub("[%[%]]", ""))) }
end

-- The record that a place is in and that is not there yet: its path, and what it must have.
function placing.fattas(m, plats)
  local section, key = plats:match "^(%l+)%.([%l%d_]+)%."
  local shape = section and m.shape[section]
  if not shape or shape.type ~= "records" then return nil end
  for _, x in ipairs(m.tree.records[section] or {}) do if x.key == key then return nil end end
  local list = {}
  for name, f in pairs(shape.fields) do
    if f.required then list[#list + 1] = { name = name, label = f.label, values = f.values, plats = ("%s.%s.%s"):format(section, key, name) } end
  end
  table.sort(list, function(a, b) return a.name < b.name end)
  return list
end

local of_rows = { insatser = { "insats", "insatser" }, mal = { "mål", "mål" } }

-- Tables whose rows need a person to say their level: { key, line, text, choices = { key, label, answer } }.
function placing.levels(m)
  local list = {}
  for _, q in ipairs(insats_table.questions(m)) do
    local names, n = {}, #q.records
    for i = 1, math.min(3, n) do names[i] = q.records[i].name or q.records[i].text end
    local what = of_rows[q.section]
    local x = { key = q.key, line = q.line, choices = {},
                text = ("%d %s i en tabell: %s%s. %s?"):format(n, what[n == 1 and 1 or 2], table.concat(names, ", "), n > 3 and " …" or "", q.section == "mal" and "Vilket slag" or "Vilken nivå") }
    for i, value in ipairs(q.values) do x.choices[i] = { key = tostring(i), label = value, answer = { svar = "niva", varde = value } } end
    x.choices[#x.choices + 1] = { key = "n", label = ("inga %s"):format(what[2]), answer = { svar = "niva", varde = "inget" } }
    list[#list + 1] = x
  end
  return list
end

-- Figures in the order in which they are asked about: those whose words say what they are and whose value is
-- another than the table's, those that may be something, those that are perhaps nothing.
function placing.order(m)
  local list = text.candidates(m)
  local function rank(f)
    if f.against then return 1 end
    local around = prose.lower(f.sentence:sub(math.max(1, f.at - 12), f.at + #f.text + 4))
    if around:find "%f[%a\xC3]år%f[^%a\xC3]" or around:find "ålder" then return 4 end
    if #(f.concepts or {}) > 0 or #of_fields(m, f) > 0 then return 2 end
    return 3
  end
  for i, f in ipairs(list) do f.rank, f.at_list = rank(f), i end
  table.sort(list, function(a, b)
    if a.rank ~= b.rank then return a.rank < b.rank end
    return a.at_list < b.at_list
  end)
  return list
end

return placing
