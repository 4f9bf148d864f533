-- questions.lua: what to ask the förbund for, in words that can be sent to it.
--
-- Three sources, and no others: what the årsredovisning need not say (rules/fragor.yaml), what a
-- rule that could not be tried declares that it asks, and differences that nothing printed explains.  What the engine says of why a rule does not
-- apply is for the revisor (medel audit --why) and never stands here.
local medel = require "medel"

local questions = {}

local known = { del = true, begar = true, varfor = true, grund = true, avsnitt = true, subjekt = true, ogjort = true,
                om = true, utom = true }

local function read()
  local path = medel.data .. "/rules/fragor.yaml"
  local text, why = require("medel.files").read(path)
  if not text then error(why, 0) end
  local doc
  doc, why = medel.yaml(text, path)
  if not doc then error(why, 0) end
  if doc.medel_fragor ~= "1" then error(path .. ": medel_fragor: 1 is expected", 0) end
  local order = {}
  for i, name in ipairs(doc.delar) do order[name] = i end
  for id, q in pairs(doc.fragor) do
    for key in pairs(q) do
      if not known[key] then error(("%s: unknown key '%s' in %s"):format(path, key, id), 0) end
    end
    for _, key in ipairs { "del", "begar", "varfor", "grund", "avsnitt" } do
      if not q[key] then error(("%s: %s has no '%s'"):format(path, id, key), 0) end
    end
    if not order[q.del] then error(("%s: '%s' of %s is none of delar"):format(path, q.del, id), 0) end
  end
  return doc, order
end

-- { id = title }, for the catalogue.
function questions.outside()
  local out = {}
  for id, q in pairs(read().fragor) do out[id] = q.begar end
  return out
end

local function filled(text, result)
  local year = result.ar.rakenskapsar
  return (text:gsub("{(%l+)}", { ar = tostring(year), nasta = tostring(year + 1), fore = tostring(year - 1),
                               slut = result.last_day or year .. "-12-31" }))
end

-- Does the report print what a path names?
local function prints(ar, path)
  local ok, value = pcall(ar.get, ar, path)
  if not ok then value = ar[path] end
  return value ~= nil
end

local rule_parts = { STY = "Styrning och beslut", PRO = "Styrning och beslut", BAL = "Styrning och beslut", EKA = "Styrning och beslut",
                     LIV = "Styrning och beslut", BID = "Intäkter och bidrag", PAN = "Personal, skatter och skulder" }
local of_the_report = "Uppgifter i årsredovisningen"

-- What rules ask: those that could not be tried, and those that found that nothing is said.
local function of_rules(result, list)
  local by_text = {}
  local function add(rule)
    if not rule.asks then return end
    local what = filled(rule.asks, result)
    local entry = by_text[what]
    if not entry then
      entry = { ids = {}, part = rule_parts[rule.id:match "^%a+"] or of_the_report, what = what, why = "Vi prövar kravet: " .. rule.title, ground = rule.ground }
      by_text[what] = entry
      list[#list + 1] = entry
    end
    for _, id in ipairs(entry.ids) do if id == rule.id then return end end
    entry.ids[#entry.ids + 1] = rule.id
  end
  for _, item in ipairs(result.not_applicable) do
    if item.rule.asks_on ~= "finding" then add(item.rule) end
  end
  for _, f in ipairs(result.findings) do
    local rule = result.rule_set and result.rule_set.by_id[f.rule]
    if rule and f.level == "note" then add(rule) end
  end
end

-- A figure that was only cut off, or rounded up, is nothing to ask about.
local function only_rounded(f)
  local first = f.evidence and f.evidence[1]
  return first and f.expected and medel.agreement(first.value, f.expected) == "rounded"
end

-- A difference that may be lawful is asked about, not told as an error (docs/judgement.md).
local function of_differences(result, list)
  for _, f in ipairs(result.findings) do
    if f.proof == "question" and f.difference and not only_rounded(f) then
      local told = f.message:gsub(" Inget tryckt belopp förklarar skillnaden%.$", "")
      list[#list + 1] = { ids = { f.rule }, part = of_the_report, what = "Vad skillnaden består i: " .. told,
                          why = "Vi prövar kravet: " .. f.title, ground = f.ground }
    end
  end
end

-- { { ids, part, what, why, ground, answer, section, subject, undone } }, grouped by part.
function questions.of(result)
  local doc, order = read()
  local list, answers = {}, result.engagement and result.engagement.svar or {}
  for id, q in pairs(doc.fragor) do
    local asked = (not q.om or prints(result.ar, q.om)) and not (q.utom and prints(result.ar, q.utom))
    if asked or answers[id] then
      list[#list + 1] = { ids = { id }, part = q.del, what = filled(q.begar, result), why = q.varfor, ground = q.grund,
                          section = q.avsnitt, subject = q.subjekt, undone = q.ogjort }
    end
  end
  of_rules(result, list)
  of_differences(result, list)
  for _, entry in ipairs(list) do
    for _, id in ipairs(entry.ids) do entry.answer = entry.answer or answers[id] end
  end
  order[of_the_report] = #doc.delar + 1
  table.sort(list, function(a, b)
    if a.part ~= b.part then return order[a.part] < order[b.part] end
    if a.ids[1] ~= b.ids[1] then return a.ids[1] < b.ids[1] end
    return a.what < b.what
  end)
  return list
end

-- What an answer that completes "Beloppet är …" begins with.
local done = { ["avstämt"] = true, ["avstämda"] = true, kontrollerat = true, kontrollerade = true, granskat = true, granskade = true,
               ["prövat"] = true, ["prövade"] = true, ["bekräftat"] = true, ["bekräftade"] = true, verifierat = true, verifierade = true }
local verbs = { ["är"] = true, har = true, ska = true, kan = true, kunde = true, ["stämmer"] = true }

local function ended(text)
  return text:find "[.!?]$" and text or text .. "."
end

-- The sentence that a question is in its section of the granskningsrapport: what has been done
-- about it, or what is to be done; nil when nothing is.
function questions.sentence(entry)
  local answer = entry.answer
  if not answer then return entry.undone and entry.subject .. " " .. entry.undone .. "." end
  local first = medel.words(answer)[1] or ""
  if entry.subject and (done[first] or verbs[first]) then
    local rest = answer:match "^[^%s]+(.*)$" or ""
    return ended(entry.subject .. " " .. (done[first] and "är " or "") .. first .. rest)
  end
  return ended(answer)
end

return questions
