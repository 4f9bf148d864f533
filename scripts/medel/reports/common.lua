-- common.lua: what the reports share: sentences with figures, request list, manifest.
local medel = require "medel"
local files = require "medel.files"
local words = require "medel.writers.words"

local common = {}

-- A sentence if all its values are there, with the facts behind them; else nil.
function common.say(format, values)
  local facts = {}
  for name in format:gmatch "{([%w_]+)" do
    local value = values[name]
    if value == nil then return nil end
    if medel.is_quantity(value) then words.figures(value, facts) end
  end
  return medel.finding(format, values).message, facts
end

-- The sentences that can be said, as one paragraph.
function common.paragraph(doc, ...)
  local texts, facts = {}, {}
  for _, sentence in ipairs { ... } do
    local text, behind = common.say(sentence[1], sentence[2] or {})
    if text then
      texts[#texts + 1] = text
      for _, f in ipairs(behind) do facts[#facts + 1] = f end
    end
  end
  if #texts > 0 then doc:paragraph(table.concat(texts, " "), facts) end
end

-- Rules that could not be run have found nothing: the document must say so.
function common.broken(doc, result)
  local ids = words.broken(result)
  if ids then doc:paragraph(("Regler som inte kunde köras, och vars krav därför inte har prövats: %s."):format(ids)) end
end

-- ---- what to ask the förbund for ----

-- The request, one table for each part of the audit.
function common.request_tables(doc, result)
  local list = require("medel.questions").of(result)
  local before = result.engagement and result.engagement.uppdrag.svar_senast or "före granskningen"
  local rows, part, n = {}, nil, 0
  local function flush()
    if #rows > 0 then
      doc:table(part, { "Nr", "Vi behöver", "Varför", "Senast", "Svar", "Beteckning" }, { "l", "l", "l", "l", "l", "l" }, rows)
    end
    rows = {}
  end
  for _, entry in ipairs(list) do
    if entry.part ~= part then flush() end
    part, n = entry.part, n + 1
    rows[#rows + 1] = { tostring(n), entry.what, ("%s (%s)"):format(entry.why, entry.ground), entry.answer and "–" or before,
                        entry.answer or "", table.concat(entry.ids, ", ") }
  end
  flush()
  if n == 0 then doc:paragraph "Inget underlag behöver begäras in." end
end

-- In a section of the granskningsrapport: what has been done about its questions, but for those
-- that are told already.
function common.answers(doc, result, section, told)
  result.questions = result.questions or require("medel.questions").of(result)
  local said = {}
  for _, entry in ipairs(result.questions) do
    local sentence = entry.section == section and not (told and told[entry.ids[1]]) and require("medel.questions").sentence(entry)
    if sentence then said[#said + 1] = sentence end
  end
  if #said > 0 then doc:paragraph(table.concat(said, " ")) end
end

-- ---- where everything comes from ----

function common.evidence_table(doc, ar)
  local rows = {}
  for i, fact in ipairs(doc.facts) do
    rows[i] = { tostring(i), words.name(fact), words.value(fact), words.where(ar, fact),
                ("%s:%d:%d"):format(fact.file, fact.line, fact.col), id = "underlag-" .. i }
  end
  if #rows > 0 then
    doc:table("Uppgifter som texten vilar på", { "Nr", "Uppgift", "Belopp", "I årsredovisningen", "I datafilen" },
      { "l", "l", "r", "l", "l" }, rows)
  end
end

local function digest(path)
  local text, why = files.read(path)
  if not text then error(why, 0) end
  return medel.sha256(text)
end

function common.manifest(doc, result)
  local workspace, w = require "medel.workspace", result.rule_set
  local rows, seen = { { "medel", medel.version, "" } }, {}
  local function add(what, path)
    path = path and path:gsub("[^/]+/%.%./", "")
    if path and not seen[path] then
      seen[path] = true
      rows[#rows + 1] = { what, workspace.short(path), digest(path) }
    end
  end
  for _, f in ipairs(result.ar:facts()) do add("Indata", f.file) end
  add("Indata", result.file)
  if result.ledger then -- what is larger than a report can be is known by its size
    local path = result.ledger.fil
    local ok, sum = pcall(digest, path)
    rows[#rows + 1] = { "Huvudbok", workspace.short(path), ok and sum or result.ledger.bytes .. " byte" }
  end
  add("Granskning", result.engagement and result.engagement.path)
  add("Taxonomi", medel.data .. "/rules/taxonomy/finsam.yaml")
  for _, p in ipairs(w.parameters:list()) do
    local path = p.file:find "^/" and p.file or medel.data .. "/" .. p.file
    if not files.is_absent(path) then add("Parametrar", path) end
  end
  local digests, every = {}, {}
  for i, row in ipairs(rows) do every[i] = { what = row[1], name = row[2], sha256 = row[3] ~= "" and row[3] or nil } end
  for i, rule in ipairs(w.loaded) do
    local made_of = rule.path or rule.file -- a line of the taxonomy or of a pack's relations is a rule, too
    if files.is_absent(made_of) then made_of = medel.data .. "/" .. made_of end
    local sum = digest(made_of)
    digests[i] = rule.id .. " " .. sum
    every[#every + 1] = { what = "Regel", id = rule.id, name = workspace.short(made_of), sha256 = sum }
  end
  doc.manifest = every
  rows[#rows + 1] = { "Regler", words.count(#digests, "regelfil", "regelfiler"), medel.sha256(table.concat(digests, "\n")) }
  doc:table("Indata, regler och parametrar", { "Vad", "Namn", "SHA-256" }, { "l", "l", "l" }, rows)
end

return common
