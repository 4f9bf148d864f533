-- questions.lua: what to ask the förbund for, in words that can be sent to it.
--
-- Three sources, and no others: what the årsredovisning need not say (rules/fragor.yaml), what a
-- rule that could not be tried declares that it asks, and differences that nothing printed explains.  What the engine says of why a rule does not
-- apply is for the revisor (medel audit --why) and never stands here.
local medel = require "medel"
local grounds = require "medel.grounds"
local diagnostics = require "medel.diagnostics"
local shape = require "medel.shape"

local questions = {}

-- Does the report print what a path names?
local function prints(ar, path)
  local ok, value = pcall(ar.get, ar, path)
  if not ok then value = ar[path] end
  return value ~= nil
end

-- ---- when a question is one ----

local conditions = {}

-- How contributions are shared is nothing to ask of a single kommun.
function conditions.flera_kommuner(ar)
  local n, known = 0, false
  for m in medel.each(ar:get "forbund.medlemmar" or {}) do
    local there = (not m.fran or m.fran <= ar.rakenskapsar .. "-12-31") and (not m.till or m.till >= ar.rakenskapsar .. "-01-01")
    known, n = true, n + (m.part == "kommun" and there and 1 or 0)
  end
  return not known or n > 1
end

-- Tables whose columns follow a form, also where last year's are empty (FRM-09).
local by_form = { driftredovisning = true, investeringsredovisning = true }

-- Was there a year before?  Not for a förbund that was formed during the year, or whose report
-- has figures but none of an earlier year.
function conditions.fanns_aret_fore(ar)
  local formed = ar:get "forbund.bildat"
  if formed then return formed < ar.rakenskapsar .. "-01-01" end
  local some = false
  for _, f in ipairs(ar:facts()) do
    if f.state == "value" then
      if f.year < ar.rakenskapsar and f.variant == "utfall" and not by_form[f.table] then return true end
      some = true
    end
  end
  return not some
end

local text, needed = shape.text, shape.needed

local form = shape.map {
  shape.version "medel_fragor",
  { "delar", shape.list("The headings of the request, in order.", nil, true) },
  { "fragor", shape.named("The questions, by id.", shape.map {
    { "del", needed "The heading that it stands under." },
    { "begar", needed "What is asked for." },
    { "varfor", needed "Why." },
    { "grund", needed "Law or norm." },
    { "avsnitt", needed "The section of the granskningsrapport that its answer stands in." },
    { "subjekt", text "What the sentence there is about, until it is answered." },
    { "ogjort", text "What is to be done about it." },
    { "om", text "Asked only where the report prints this." },
    { "utom", text "Not asked where it does." },
    { "nar", shape.choice("Asked only when.", diagnostics.sorted(conditions)) },
    { "dokument", shape.choice("Asked of a delårsrapport, too.", { "alla" }) },
  }) },
}

local function read()
  local doc = shape.read(medel.data .. "/rules/fragor.yaml", form, "fragor.yaml")
  local order = {}
  doc:done()
  for i, name in ipairs(doc.root.delar) do order[name] = i end
  for id, q in pairs(doc.root.fragor) do
    if not order[q.del] then doc:wrong(q, "del", "'%s' of %s is none of delar", q.del, id) end
  end
  doc:done()
  return doc.root, order
end

-- { id = title }, for the catalogue.
function questions.outside()
  local out = {}
  for id, q in pairs(read().fragor) do out[id] = q.begar end
  return out
end

local months = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december" }

-- What the printed result asks for: a surplus is used, a deficit is covered.
local function use_of(ar)
  local result = ar.arets_resultat
  if not result or result:is_zero() then return "årets överskott ska användas eller underskottet täckas" end
  return result > medel.kr(0) and "årets överskott ska användas" or "årets underskott ska täckas"
end

local function filled(text, result)
  local year = result.ar.rakenskapsar
  local unknown = result.kind == "delarsrapport" and not result.last_day -- how far it reaches is not said
  local last = result.last_day or year .. "-12-31"
  local month = math.tointeger(tonumber(last:sub(6, 7)))
  local first, second = month % 12 + 1, (month + 1) % 12 + 1 -- the two that follow
  local later = month == 12 and year + 1 or year
  local both = second > first and ("%s och %s %d"):format(months[first], months[second], later)
    or ("%s %d och %s %d"):format(months[first], later, months[second], later + 1)
  return (text:gsub("{(%l+)}", { ar = tostring(year), nasta = tostring(year + 1), fore = tostring(year - 1),
    slut = unknown and "periodens slut" or last, manaden = unknown and "månaden efter periodens slut" or ("%s %d"):format(months[first], later),
    manaderna = unknown and "de två månaderna efter periodens slut" or both,
    dokumentet = result.kind == "delarsrapport" and "delårsrapporten" or "årsredovisningen " .. year, resultatet = use_of(result.ar) }))
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
      entry = { ids = {}, part = rule_parts[rule.id:match "^%a+"] or of_the_report, what = what, why = "Vi prövar kravet: " .. rule.title,
                ground = result.grounds[rule.id] or rule.ground }
      by_text[what] = entry
      list[#list + 1] = entry
    end
    for _, id in ipairs(entry.ids) do if id == rule.id then return end end
    entry.ids[#entry.ids + 1] = rule.id
  end
  for _, item in ipairs(result.not_applicable) do
    if item.rule.asks_on ~= "finding" and not result.too_early[item.rule.id] then add(item.rule) end
  end
  for _, f in ipairs(result.findings) do
    local rule = result.rule_set and result.rule_set.by_id[f.rule]
    if rule and (f.level == "note" or rule.asks_on == "finding") then add(rule) end
  end
end

-- A figure that was only cut off, or rounded up, is nothing to ask about.
local function only_rounded(f)
  local first = f.evidence and f.evidence[1]
  return first and f.expected and medel.agreement(first.value, f.expected) == "rounded"
end

-- Which rows of the document a difference lies between, whichever of them is accused.
local function between(f)
  local rows = {}
  for i, e in ipairs(f.evidence or {}) do rows[i] = ("%s.%s"):format(e.table, e.row or "") end
  table.sort(rows)
  return f.rule .. " " .. table.concat(rows, " ")
end

-- A difference that may be lawful is asked about, not told as an error (docs/judgement.md); that
-- of several years between the same rows is one question.
local function of_differences(result, list)
  local entries, years = {}, {}
  for _, f in ipairs(result.findings) do
    if f.proof == "question" and f.difference and not only_rounded(f) then
      local told, key = f.message:gsub(" Inget tryckt belopp förklarar skillnaden%.$", ""), between(f)
      if not entries[key] then
        entries[key] = { ids = { f.rule }, part = of_the_report, why = "Vi prövar kravet: " .. f.title, ground = f.ground }
        years[key] = {}
        list[#list + 1] = entries[key]
      end
      table.insert(years[key], { year = f.evidence[1] and f.evidence[1].year or 0, told = told })
    end
  end
  for key, entry in pairs(entries) do
    table.sort(years[key], function(a, b) return a.year > b.year or a.year == b.year and a.told < b.told end)
    local told = {}
    for i, one in ipairs(years[key]) do told[i] = one.told end
    entry.what = (#told > 1 and "Förklaring till skillnaderna: " or "Förklaring till skillnaden: ") .. table.concat(told, " ")
  end
end

-- { { ids, part, what, why, ground, answer, section, subject, undone } }, grouped by part.
function questions.of(result)
  local doc, order = read()
  local list, answers = {}, result.engagement and result.engagement.svar or {}
  for id, q in pairs(doc.fragor) do
    local ground = grounds.at(q.grund, result.ar.rakenskapsar)
    local asked = ground and (result.kind == "arsredovisning" or q.dokument == "alla")
      and (not q.om or prints(result.ar, q.om)) and not (q.utom and prints(result.ar, q.utom))
      and (not q.nar or conditions[q.nar](result.ar))
    if asked or answers[id] then
      list[#list + 1] = { ids = { id }, part = q.del, what = filled(q.begar, result), why = q.varfor, ground = ground or q.grund,
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
