-- text.lua: what a document says outside of its tables: insatser, goals, indicators and figures of running
-- text.  What is sure is put in its place of the report file; every other figure is a candidate.
local medel = require "medel"
local prose = require "medel.import.prose"
local tree = require "medel.import.tree"
local wording = require "medel.import.wording"
local insatser = require "medel.import.insatser"
local fields = require "medel.import.fields"
local insats_table = require "medel.import.insats_table"
local told = require "medel.import.told"
local goals = require "medel.import.goals"
local indicators = require "medel.import.indicators"
local concepts = require "medel.import.concepts"
local lastyear = require "medel.import.lastyear"
local surveys = require "medel.import.surveys"
local account = require "medel.import.account"

local text = {}

-- A name as a key: "Mottagningsteamet Örebro" is mottagningsteamet_orebro.
local function key_of(name, taken)
  local s = prose.lower(name):gsub("å", "a"):gsub("ä", "a"):gsub("ö", "o"):gsub("é", "e"):gsub("[^%w]+", "_")
  s = s:gsub("^[_%d]+", ""):gsub("_+$", ""):sub(1, 40):gsub("_+$", "")
  if s == "" then s = "namn" end
  local key, n = s, 1
  while taken[key] do
    n = n + 1
    key = s .. "_" .. n
  end
  taken[key] = true
  return key
end

-- The same figure of the same words has the same key, whatever is said of it.
local function give_keys(figures)
  local seen = {}
  for _, f in ipairs(figures) do
    local what = f.sentence .. "\n" .. f.text
    seen[what] = (seen[what] or 0) + 1
    f.key = medel.sha256(what .. "\n" .. seen[what]):sub(1, 16)
  end
end

local function figure(f)
  if f.again then f = f.again end -- a print that another field has, too
  return { tal = f.tal or f.text, line = { page = f.page, line = f.line } }
end

local parts_of_items = { "antal", "andel", "mal", "utfall", "tal", "av" }

local function has_row(m, id)
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.id == "driftredovisning" and t.rows or {}) do if row.id == id and row.placed then return true end end
  end
  return false
end

local function put_insats(m, r, taken)
  local key, typ, driftrad
  if m.last then key, typ, driftrad = lastyear.insats(m.last, r.name) end
  r.typ = r.typ or typ
  r.driftrad = r.driftrad or (driftrad and has_row(m, driftrad) and driftrad or nil)
  if key and taken[key] then key = nil end
  -- a row of a table waits for a person to say its level
  if not r.typ and not r.of_table then
    for _, list in pairs(r.figures) do for _, f in ipairs(list) do f.field = nil end end
    for _, list in pairs(r.lists) do
      for _, e in ipairs(list) do
        for _, name in ipairs(parts_of_items) do if e[name] then e[name].field = nil end end
      end
    end
    return
  end
  r.key = key or key_of(r.name, taken)
  taken[r.key] = true
  local base = "insatser." .. r.key .. "."
  local function put(path, value) assert(tree.put(m.tree, m.shape, base .. path, value)) end
  put("namn", { text = r.name })
  if r.typ then put("typ", { word = r.typ }) end
  if r.owner then put("insatsagare", { text = r.owner:gsub("%s+$", ""), line = r.owner_line }) end
  if r.driftrad then put("driftrad", { word = r.driftrad }) end
  put("rad", { word = tostring(m.source.paged and r.line.page or r.line.line) })
  for name, list in pairs(r.figures) do for _, f in ipairs(list) do put(name, figure(f)) end end
  if r.maluppfyllelse then put("maluppfyllelse", r.maluppfyllelse) end
  if r.status then put("status", { word = r.status }) end
  for list, entries in pairs(r.lists) do
    for i, e in ipairs(entries) do
      local at = ("%s[%d]."):format(list, i)
      if e.roll then put(at .. "roll", { text = e.roll }) end
      if e.text then put(at .. "text", { text = e.text }) end
      if e.positiv ~= nil then put(at .. "positiv", { word = tostring(e.positiv) }) end
      for _, name in ipairs(parts_of_items) do if e[name] then put(at .. name, figure(e[name])) end end
    end
  end
  if r.ages then put("fordelningar[1].text", { text = "ålder" }) end
  for i, e in ipairs(r.ages or {}) do
    put(("fordelningar[1].delar[%d].text"):format(i), { text = e.text })
    put(("fordelningar[1].delar[%d].andel"):format(i), figure(e.andel))
  end
end

local function put_goal(m, r, n)
  r.typ = r.typ or m.last and lastyear.goal(m.last, r.text) or nil
  local base = ("mal.mal_%d."):format(n)
  local function put(path, value) assert(tree.put(m.tree, m.shape, base .. path, value)) end
  put("text", { text = r.text })
  if r.typ then put("typ", { word = r.typ }) end
  for name, list in pairs(r.figures) do for _, f in ipairs(list) do put(name, figure(f)) end end
  if r.utfall_text then put("utfall_text", r.utfall_text) end
  if r.maluppfyllelse then put("maluppfyllelse", r.maluppfyllelse) end
  if r.status then put("status", { word = r.status }) end
  put("rad", { word = tostring(m.source.paged and r.line.page or r.line.line) })
end

local function put_indicator(m, e, n)
  local base = ("indikatorer[%d]."):format(n)
  local function put(path, value) assert(tree.put(m.tree, m.shape, base .. path, value)) end
  for _, name in ipairs { "kalla", "nr", "respondent" } do if e[name] then put(name, { text = e[name] }) end end
  put("ar", { word = tostring(e.ar) })
  for name, list in pairs(e.figures) do put(name, figure(list[1])) end
  if e.fraga then put("fraga", e.fraga) end
end

local function put_surveys(m, found)
  local function put(base, e, texts)
    for name, value in pairs(texts) do assert(tree.put(m.tree, m.shape, base .. name, { text = value })) end
    for name, list in pairs(e.figures) do assert(tree.put(m.tree, m.shape, base .. name, figure(list[1]))) end
  end
  for i, e in ipairs(found.surveys) do put(("enkater[%d]."):format(i), e, { namn = e.name }) end
  for i, e in ipairs(found.markets) do put(("arbetsmarknad[%d]."):format(i), e, { kommun = e.kommun }) end
end

-- The lines in which the auditors speak, not the förbund: from their report to the next årsredovisning.
local function of_auditors(m)
  local from, to
  for i, line in ipairs(m.lines) do
    local s = prose.lower(line.text)
    if not from and (s:find("rapport avseende granskningen", 1, true) or s:find "^%d*%.? *granskningsrapport$" or s:find "^%d*%.? *revisionsrapport$") then
      from = i
    elseif from and not to and i > from + 20 and s:find "^%d*%.? *förvaltningsberättelse$" then
      to = i
    end
  end
  if from and not to then to = #m.lines end
  return from or 0, to or -1
end

-- The words that a figure is called by in the file: its sentence, or what of it is nearest.
local function words_of(f)
  local s = f.sentence:gsub("\t", " "):gsub("^[•✓%s%d.]+%f[%a\xC3]", "")
  if (utf8.len(s) or #s) <= 140 then return s end
  local from = math.max(1, f.at - 70)
  while from > 1 and s:sub(from - 1, from - 1) ~= " " do from = from - 1 end
  local to = math.min(#s, f.at + #f.text + 60)
  while to < #s and s:sub(to + 1, to + 1) ~= " " do to = to + 1 end
  return (from > 1 and "… " or "") .. s:sub(from, to) .. (to < #s and " …" or "")
end
text.words_of = words_of

-- Put a figure of running text among uppgifter: { begrepp, variant, ar, tal, utan_minus, text }.
function text.put_uppgift(m, f, b)
  local section = f.auditors and "revision.uppgifter" or "uppgifter"
  m.uppgifter = m.uppgifter + 1
  local base = ("%s[%d]."):format(section, m.uppgifter)
  local function put(path, value) assert(tree.put(m.tree, m.shape, base .. path, value)) end
  put("text", { text = b.text or words_of(f) })
  if b.begrepp then put("begrepp", { word = b.begrepp }) end
  if b.variant then put("variant", { word = b.variant }) end
  if b.ar then put("ar", { word = tostring(b.ar) }) end
  put("tal", { tal = b.tal or f.text, line = { page = f.page, line = f.line } })
  if b.utan_minus then
    local list = f.auditors and m.tree.records.revision[1].lists.uppgifter or m.tree.lists.uppgifter
    list[#list].comment = "tryckt utan minus"
  end
  f.field = { section = section, name = "tal" }
end

-- ---- answers ----

-- What a person typed as an answer: a concept with its variant and year, or the place of a field.
function text.typed(m, f, typed)
  local first, rest = typed:match "^(%S+)%s*(.-)%s*$"
  if not first then return nil, "a concept or the place of a field was expected" end
  if concepts.known(m, first) then
    if not concepts.takes(m, first, f.kind) then return nil, ("%s: %s cannot be that"):format(first, f.text) end
    local answer = { svar = "uppgift", begrepp = first, tal = m.labels[first] and concepts.sign(m, f, first) or nil }
    for word in rest:gmatch "%S+" do
      if word == "budget" or word == "prognos" then answer.variant = word
      elseif word:find "^20%d%d$" then answer.ar = tonumber(word)
      else return nil, ("%s: budget, prognos or a year was expected"):format(word) end
    end
    return answer
  end
  -- a place may have blanks inside its brackets
  local field, why = tree.field(m.shape, typed)
  if not field then return nil, why end
  if not tree.is_figure(field) then return nil, typed .. ": that is a text, no figure" end
  if not tree.takes(field, f.kind) then return nil, ("%s: %s cannot stand there (%s)"):format(typed, f.text, field.label) end
  return { svar = "falt", plats = typed }
end

local function same_digits(a, b) return a:gsub("%D", "") == b:gsub("%D", "") end

-- Put a figure where a person says that it belongs.  The digits are the print's.
local function answered(m, f, a)
  if a.svar == "skrivet" then
    local read, why = text.typed(m, f, a.text)
    if not read then return nil, why end
    a = read
  end
  local tal = a.tal or f.text
  if not same_digits(tal, f.text) then return nil, ("%s: %s stands in the print"):format(tal, f.text) end
  if a.svar == "inget" then return true end
  if a.svar == "uppgift" then
    if a.begrepp and not (concepts.known(m, a.begrepp) and concepts.takes(m, a.begrepp, f.kind)) then
      return nil, a.begrepp .. ": not that figure's concept"
    end
    text.put_uppgift(m, f, { begrepp = a.begrepp, variant = a.variant, ar = a.ar, tal = tal, text = a.text,
                             utan_minus = tal:find "^[-−]" and not f.text:find "^[-−]" })
    return true
  end
  local field, wrong = tree.field(m.shape, a.plats)
  if not field or not tree.takes(field, f.kind) then return nil, wrong or a.plats .. ": another kind of figure" end
  local ok, why = tree.put(m.tree, m.shape, a.plats, { tal = tal, line = { page = f.page, line = f.line } })
  if ok then f.field = { section = a.plats, name = a.plats } end
  return ok, why
end

-- Answers about figures; then, of what they and the import put in, what was said in words.
local function apply(m, answers, in_words)
  local by_key, seen = {}, {}
  for _, f in ipairs(m.figures) do by_key[f.key] = f end
  for _, a in ipairs(answers) do seen[a.nyckel] = a end
  for _, a in ipairs(answers) do
    local kept, why = seen[a.nyckel] == a, nil
    if (a.svar == "ord" or a.svar == "saknas") ~= in_words or a.svar == "niva" then goto next end
    if kept and a.svar == "ord" then
      local field = tree.field(m.shape, a.plats)
      local form = field and (tree.is_figure(field) and "tal" or (field.type == "text" or field.type == "texts") and "text" or "word")
      kept = field and tree.put(m.tree, m.shape, a.plats, { [form] = a.varde, line = a.rad and { page = a.rad, line = a.rad } })
    elseif kept and a.svar == "saknas" then
      kept = m.shape[a.plats] ~= nil
      m.absent[a.plats] = kept
    elseif kept then
      local f = by_key[a.nyckel]
      kept = f and not f.field and not f.answer
      if kept then kept, why = answered(m, f, a) end
      if kept then f.answer = a end
    end
    if why then m.refused[a.nyckel] = why end
    table.insert(kept and m.kept_answers or (seen[a.nyckel] == a and m.fallen or {}), a)
    ::next::
  end
end

-- What was said of whole tables.
local function of_levels(m, answers)
  local known = {}
  m.levels_said = {}
  for _, t in ipairs(m.matrices) do known[insats_table.key(m, t)] = true end
  for _, a in ipairs(answers) do if a.svar == "niva" then m.levels_said[a.nyckel] = a end end
  for key, a in pairs(m.levels_said) do table.insert(known[key] and m.kept_answers or m.fallen, a) end
end

local about_text = { niva = true, uppgift = true, falt = true, inget = true, ord = true, saknas = true, skrivet = true }
text.answers = about_text

-- m.tree and m.figures, each with its .field where it was bound; answers (of answers.lua) go before what
-- the words of a sentence say.
function text.read(m, taxonomy, answers)
  local words = wording.load()
  m.shape, m.tree, m.uppgifter = tree.shape(taxonomy), tree.new(), 0
  local paragraphs = prose.paragraphs(m)
  m.figures = prose.figures(paragraphs, m)
  local in_text = { table.unpack(m.figures) }
  for _, f in ipairs(insats_table.figures(m)) do m.figures[#m.figures + 1] = f end
  m.wording = words
  give_keys(m.figures)
  local own = {}
  for _, a in ipairs(answers or {}) do if about_text[a.svar] then own[#own + 1] = a end end
  m.kept_answers, m.fallen = m.kept_answers or {}, m.fallen or {}
  of_levels(m, own)
  local from, to = of_auditors(m)
  local left = account.read(m)
  for _, f in ipairs(m.figures) do f.auditors = f.order >= from and f.order <= to end
  m.indicators = indicators.read(m, in_text, words)
  local taken = {}
  m.insatser = {}
  local records = {}
  for i, section in ipairs(insatser.sections(m, words)) do records[i] = fields.record(m, section, paragraphs, words) end
  local function known(name) return insatser.row_of(m, name, "driftredovisning") or m.last and lastyear.insats(m.last, name) end
  for _, r in ipairs(insats_table.insatser(m, words, records, known)) do records[#records + 1] = r end
  m.figures = account.sums(m, m.figures)
  told.read(m, in_text, records, words)
  for _, r in ipairs(records) do
    put_insats(m, r, taken)
    if r.key then m.insatser[#m.insatser + 1] = r end
  end
  m.goals = goals.read(m, paragraphs, words)
  for _, r in ipairs(insats_table.goals(m, words)) do m.goals[#m.goals + 1] = r end
  for i, r in ipairs(m.goals) do put_goal(m, r, i) end
  for _, e in ipairs(insats_table.indicators(m)) do m.indicators[#m.indicators + 1] = e end
  for i, e in ipairs(m.indicators) do put_indicator(m, e, i) end
  put_surveys(m, surveys.read(m, paragraphs))
  m.absent = {}
  m.refused = {}
  for _, f in ipairs(left) do m.figures[#m.figures + 1] = f end
  give_keys(m.figures)
  concepts.begin(m, taxonomy, words)
  apply(m, own, false)
  local rest = {}
  for _, f in ipairs(m.figures) do if not f.field and not f.answer and not f.rest then rest[#rest + 1] = f end end
  concepts.bind(m, rest, words)
  for _, f in ipairs(rest) do
    if f.total and not f.bound then f.bound = { begrepp = "deltagare_totalt", text = f.cell.row.label .. ", " .. f.cell.column.text } end
  end
  for _, f in ipairs(rest) do if f.bound then text.put_uppgift(m, f, f.bound) end end
  apply(m, own, true)
end

function text.candidates(m)
  local list = {}
  for _, f in ipairs(m.figures or {}) do if not f.field and not f.answer then list[#list + 1] = f end end
  return list
end

function text.summary(m)
  local open = #text.candidates(m)
  local waiting = 0
  for _, q in ipairs(insats_table.questions(m)) do waiting = waiting + #q.records end
  return ("%d siffror utanför bokslutets tabeller har fått sin plats, %d är kandidater%s (--uppgifter)."):format(#m.figures - open, open,
    waiting == 0 and "" or waiting == 1 and ", 1 rad väntar på att du säger dess nivå" or (", %d rader väntar på att du säger deras nivå"):format(waiting))
end

-- The candidates as comments of the report file.
function text.comments(m)
  local list = text.candidates(m)
  if #list == 0 then return "" end
  local out = { ("\n# %d siffror i löpande text har ingen plats än. medel import --uppgifter går igenom dem.\n"):format(#list) }
  for _, f in ipairs(list) do
    out[#out + 1] = ("# %s %d: %s: %s%s\n"):format(m.source.paged and "sida" or "rad", m.source.paged and f.page or f.line,
      medel.show(f.text), medel.show(words_of(f)), f.note and (" (%s)"):format(f.note) or "")
  end
  return table.concat(out)
end

-- "# 203 årtal, 54 datum": what is printed with digits and is no figure.
local function others(m)
  local count, words = {}, {}
  for _, n in ipairs(account.others(m)) do count[n.what] = (count[n.what] or 0) + 1 end
  for what in pairs(count) do words[#words + 1] = what end
  table.sort(words)
  for i, what in ipairs(words) do words[i] = what .. " " .. count[what] end
  return #words == 0 and "" or ("\n# Inga siffror, och därför ingenstans: %s (inga_siffror i .import.json).\n"):format(table.concat(words, ", "))
end

-- Lines that may be headings, without their numbers.
local function heads_of(lines)
  local list = {}
  for _, line in ipairs(lines) do
    local head = line.text:gsub("^[%d%. ]+", "")
    if head ~= "" and #head < 60 and not head:find "%.$" then list[#list + 1] = head end
  end
  return list
end

-- Has the document a heading of the table, above what is no table: "1.3 Balanskravsutredning" and then a sentence?
local function headed(heads, t)
  local stem = t.label:find " " and t.label or t.label:sub(1, (utf8.offset(t.label, 11) or #t.label + 1) - 1)
  for _, head in ipairs(heads) do
    if medel.contains(head:sub(1, #stem), stem) then return true end
  end
  return false
end

-- Sections that were not read, or that figures without a place may belong to.
local function untyped(m)
  local typed, open = { noter = true }, #text.candidates(m) > 0
  local described = medel.describe_taxonomy(m.taxonomy)
  local read, waiting, heads = {}, {}, heads_of(m.lines)
  for _, q in ipairs(insats_table.questions(m)) do waiting[q.section] = true end
  for _, t in ipairs(m.tables) do read[t.id] = true end
  for _, t in ipairs(described.tables) do typed[t.id] = read[t.id] or not headed(heads, t) end
  for _, f in ipairs(described.fields) do
    typed[f.name] = m.absent[f.name] or (not open and not waiting[f.name] and (m.tree.records[f.name] or m.tree.lists[f.name]) ~= nil)
  end
  return require("medel.untyped").sections(described, typed)
end

-- What follows the tables in the report file.
function text.write(m)
  local rest = untyped(m)
  local head = #rest > 0 and ("\nej_inskrivet: [%s]\n"):format(table.concat(rest, ", ")) or ""
  return head .. tree.write(m, m.tree, m.shape) .. text.comments(m) .. others(m)
end

return text
