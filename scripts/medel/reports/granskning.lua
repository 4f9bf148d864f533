-- granskning.lua: the granskningsrapport: the revisor's own work and what the rules found, laid
-- out by a template (docs/granskning.md).
local medel = require "medel"
local blocks = require "medel.blocks"
local common = require "medel.reports.common"
local parts = require "medel.granskning.parts"
local template = require "medel.granskning.template"
local document = require "medel.document"
local weighing = require "medel.granskning.weighing"
local words = require "medel.writers.words"

local level_words = { error = "Fel", deviation = "Avvikelse", recommendation = "Iakttagelse", note = "Notering" }
local own_levels = { fel = "error", avvikelse = "deviation", iakttagelse = "recommendation", notering = "note" }
local ranks = { error = 1, deviation = 2, recommendation = 3, note = 4 }

-- ---- findings and own observations of a section ----

-- What she wrote stands between sentences, with or without a full stop.
local function ended(text) return text:find "[.!?]$" and text or text .. "." end

local function write_finding(doc, result, f)
  local decision = weighing.decision_on(result, f)
  local weight = f.weight and (" (" .. f.weight .. ")") or ""
  local since = f.since and (", " .. f.since) or ""
  local message = decision and decision.status == "omformulerad" and decision.text or f.message
  local tail = decision and decision.status == "avvisad" and (" Revisorn: %s"):format(ended(decision.skal)) or ""
  local ground = result.grounds and result.grounds[f.rule] or f.ground
  doc:paragraph(("%s%s%s. %s%s (%s; %s)"):format(level_words[f.level], weight, since, message, tail, f.rule, ground), f.evidence, "finding " .. f.level)
end

local function write_own(doc, own)
  local level = own_levels[own.niva or "iakttagelse"]
  doc:paragraph(("%s. %s (%s%s)"):format(level_words[level], own.text, own.id, own.stod and #own.stod > 0 and ": " .. table.concat(own.stod, ", ") or ""),
    nil, "finding own " .. level)
end

-- Own observations before what the rules found, the gravest of each first.
local function write_findings(doc, result, list, own)
  table.sort(own, function(a, b)
    local x, y = ranks[own_levels[a.niva or "iakttagelse"]], ranks[own_levels[b.niva or "iakttagelse"]]
    if x ~= y then return x < y end
    return a.id < b.id
  end)
  for _, o in ipairs(own) do write_own(doc, o) end
  for _, f in ipairs(list) do write_finding(doc, result, f) end
end

-- ---- one section ----

local there = {
  huvudbok = function(result) return result.ledger ~= nil end,
  avsteg = function(result) return #result.waived + #result.lapsed > 0 end,
  underlag = function(result) return #(result.engagement.underlag or {}) + #(result.engagement.arbete or {}) > 0 end,
}

local function heading(s, result)
  local usual = result.engagement.rubriker[s.id] or result.sections[s.id] or s.rubrik
  if s.id:find "^%a" then return 2, ("Bilaga %s %s"):format(s.id, usual) end
  return select(2, s.id:gsub("%.", "")) + 2, s.id .. " " .. usual
end

-- Has the report any of the parts that the section is about?  A check of all tables is none of one that is not there.
local function has_part(s, ar)
  for _, place in ipairs(s.stallen or {}) do
    if document.part(ar, place:match "^[^.]+") then return true end
  end
  return not s.stallen or s.ovrigt
end

-- Was anything that can stand here tried at all?  A section without findings says which it is.
local function tried_in(t, s, result)
  if not has_part(s, result.ar) then return false end
  for _, rule in ipairs(result.passed) do
    if template.section_of(t, { rule = rule.id, evidence = {} }) == s then return true end
  end
  return false
end

local function write_section(doc, t, s, result, context)
  local findings, own = context.findings[s.id] or {}, context.own[s.id] or {}
  local level, text = heading(s, result)
  doc:heading(level, text)
  local mark = doc:mark()
  local written = result.engagement.avsnitt and result.engagement.avsnitt[s.id]
  local place = written and (written.placering or "fore")
  if place == "fore" or place == "i stallet" then doc:text(written.text) end
  if place ~= "i stallet" then
    for _, paragraph in ipairs(template.paragraphs(s, function(expression) return context.value_of(expression, s) end)) do common.paragraph(doc, table.unpack(paragraph)) end
    for _, name in ipairs(s.delar or {}) do parts.write(name, doc, result, context) end
    common.answers(doc, result, s.id, context.told)
  end
  if place == "efter" then doc:text(written.text) end
  write_findings(doc, result, findings, own)
  for _, name in ipairs(s.efter or {}) do parts.write(name, doc, result, context) end
  if doc:empty_since(mark) and (s.regler or s.stallen) then
    doc:paragraph(tried_in(t, s, result) and "Prövningen har inte gett någon iakttagelse." or "Inget i avsnittet har kunnat prövas.", nil, "quiet")
  end
end

-- ---- the first page ----

local function counts(result)
  local n = {}
  for _, f in ipairs(result.findings) do n[f.level] = (n[f.level] or 0) + 1 end
  for _, o in ipairs(result.engagement.iakttagelser or {}) do
    local level = own_levels[o.niva or "iakttagelse"]
    n[level] = (n[level] or 0) + 1
  end
  local rows = {}
  for _, level in ipairs { "error", "deviation", "recommendation", "note" } do
    if n[level] then rows[#rows + 1] = { level_words[level], tostring(n[level]) } end
  end
  return rows
end

local function first_page(doc, result, context)
  doc:heading(2, "Sammanfattning")
  local concluded = weighing.concluded(result)
  if concluded then
    doc:paragraph(concluded, nil, "conclusion")
    local against = weighing.against(result)
    if against then doc:paragraph(against, nil, "warning") end
  else
    doc:paragraph("Utkast: revisorns slutsats är inte skriven än.", nil, "quiet")
  end
  if #(result.engagement.revisionsfragor or {}) > 0 then parts.write("bedomningar", doc, result, context) end
  local rows = counts(result)
  if #rows > 0 then doc:table("Vad granskningen har gett", { "Slag", "Antal" }, { "l", "r" }, rows) end
end

-- ---- the document ----

local function by_section(t, result)
  local findings, own = {}, {}
  for _, f in ipairs(result.findings) do
    local id = template.section_of(t, f).id
    findings[id] = findings[id] or {}
    table.insert(findings[id], f)
  end
  for _, o in ipairs(result.engagement.iakttagelser or {}) do
    own[o.avsnitt] = own[o.avsnitt] or {}
    table.insert(own[o.avsnitt], o)
  end
  return findings, own
end

-- An own observation, text or heading for a section that the template has not is an error of the akt.
local function check_sections(t, engagement)
  local known = { titel = true }
  for _, s in ipairs(t.avsnitt) do known[s.id] = true end
  require("medel.engagement").check(engagement, function(doc, e)
    local function one(map, key, id)
      if not known[id] then doc:wrong(map, key, "the template %s has no section '%s'", require("medel.workspace").short(t.path), id) end
    end
    for _, o in ipairs(e.iakttagelser or {}) do one(o, "avsnitt", o.avsnitt) end
    for id in pairs(e.avsnitt or {}) do one(e.avsnitt, id, id) end
    for id in pairs(e.rubriker) do one(e.rubriker, id, id) end
  end)
end

-- options: session, template (a path)
return function(result, options)
  local ar, e = result.ar, result.engagement
  local t = template.read(options and options.template or medel.data .. "/rules/mallar/granskning.yaml")
  check_sections(t, e)
  local draft = e.uppdrag.status ~= "klar"
  local subtitle = { ar.forbund and ar.forbund.namn or words.title(ar) }
  for _, key in ipairs { "revisor", "datum" } do subtitle[#subtitle + 1] = e.uppdrag[key] end
  if draft then subtitle[#subtitle + 1] = "utkast" end
  local doc = blocks.new((e.rubriker.titel or result.sections.titel or t.titel or "Granskning av årsredovisning") .. " " .. ar.rakenskapsar,
    table.concat(subtitle, " · "))
  doc.template = t
  local context = { told = {} }
  context.findings, context.own = by_section(t, result)
  -- What the report does not print is nil, and its sentence left out; a name that is none is a fault of the template.
  function context.value_of(expression, s)
    local ok, value, why = pcall(function() return options.session:evaluate(expression, ar) end)
    local wrong = ok and why and (why:find "^unknown " or why:find " near ") and why
    local kind = type(value)
    if ok and (kind == "table" or kind == "function" or kind == "userdata" and not medel.is_quantity(value)) then wrong = "it is no figure and no text" end
    if wrong and s then error(("%s: error: '%s' in section %s: %s"):format(s.at, expression, s.id, wrong), 0) end
    return ok and not wrong and value or nil
  end
  first_page(doc, result, context)
  for _, s in ipairs(t.avsnitt) do
    if not s.villkor or there[s.villkor](result) then write_section(doc, t, s, result, context) end
  end
  return doc
end
