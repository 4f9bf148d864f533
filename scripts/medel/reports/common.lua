-- common.lua: what the reports share: sentences with figures, request list, manifest.
local medel = require "medel"
local words = require "medel.writers.words"

local common = {}

local function leaves(node, list)
  if node.fact then
    list[#list + 1] = node.fact
  else
    if node.left then leaves(node.left, list) end
    if node.right then leaves(node.right, list) end
  end
  return list
end

-- A sentence if all its values are there, with the facts behind them; else nil.
function common.say(format, values)
  local facts = {}
  for name in format:gmatch "{([%w_]+)" do
    local value = values[name]
    if value == nil then return nil end
    if medel.is_quantity(value) then leaves(value:derivation(), facts) end
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

-- { { what, rules, answer } }: missing figures rolled up, and what needs outside evidence.
function common.requests(result)
  local by_text, list = {}, {}
  for _, item in ipairs(result.not_applicable) do
    local entry = by_text[item.missing]
    if not entry then
      entry = { what = item.missing, rules = {} }
      by_text[item.missing] = entry
      list[#list + 1] = entry
    end
    entry.rules[#entry.rules + 1] = item.rule.id
  end
  table.sort(list, function(a, b)
    if #a.rules ~= #b.rules then return #a.rules > #b.rules end
    return a.what < b.what
  end)
  for _, question in ipairs(require("medel.catalogue").questions()) do
    list[#list + 1] = { what = question.text, rules = { question.id }, outside = true }
  end
  local answers = result.engagement and result.engagement.svar or {}
  for _, entry in ipairs(list) do
    for _, id in ipairs(entry.rules) do entry.answer = entry.answer or answers[id] end
  end
  return list
end

function common.request_table(doc, result)
  local rows = {}
  for i, entry in ipairs(common.requests(result)) do
    rows[i] = { tostring(i), entry.what, table.concat(entry.rules, ", "), entry.answer or "" }
  end
  if #rows > 0 then
    doc:table("Uppgifter och underlag att begära in", { "Nr", "Vad", "Behövs för", "Svar" }, { "l", "l", "l", "l" }, rows)
  else
    doc:paragraph "Inget underlag behöver begäras in för de regler som har körts."
  end
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
  local text, why = medel.read_file(path)
  if not text then error(why, 0) end
  return medel.sha256(text)
end

function common.manifest(doc, result)
  local workspace, w = require "medel.workspace", result.rule_set
  local rows, seen = { { "medel", medel.version, "" } }, {}
  local function add(what, path)
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
    if not medel.is_absent(path) then add("Parametrar", path) end
  end
  for _, rule in ipairs(w.loaded) do add("Regel " .. rule.id, rule.path) end
  doc:table("Indata, regler och parametrar", { "Vad", "Namn", "SHA-256" }, { "l", "l", "l" }, rows)
end

return common
