-- figures.lua: tables and charts of the granskningsrapport that are made of the report's figures.
local medel = require "medel"
local chart = require "medel.chart"
local common = require "medel.reports.common"
local weighing = require "medel.granskning.weighing"
local words = require "medel.writers.words"

local figures = {}

function figures.forvaltningsberattelse(doc, result)
  local fb = result.ar.forvaltningsberattelse
  local n = fb and fb.rubriker and #fb.rubriker or 0
  if n > 0 then doc:paragraph(("Förvaltningsberättelsen är uppställd under %s."):format(words.count(n, "rubrik", "rubriker"))) end
end

function figures.avvikelser_per_verksamhet(doc, result)
  local parts = {}
  for _, part in ipairs { { "avvikelse_struktur", "strukturövergripande insatser" },
                          { "avvikelse_individ", "individinriktade insatser" },
                          { "avvikelse_administration", "administration" } } do
    local line, facts = common.say("{a:+tkr} för " .. part[2], { a = result.ar[part[1]] })
    if line then parts[#parts + 1] = { text = line, refs = doc:references(facts) } end
  end
  if #parts == 0 then return end
  doc:paragraph "Driftredovisningen visar dessa avvikelser mot budget:"
  doc:items(parts)
end

local outcomes = { { "uppnatt", "uppnådd" }, { "delvis", "delvis uppnådd" }, { "ej", "inte uppnådd" } }

function figures.insatser(doc, result)
  local n, met, judged = 0, {}, 0
  for item in medel.each(result.ar.insatser) do
    n = n + 1
    if item.status then met[item.status] = (met[item.status] or 0) + 1 end
  end
  if n == 0 then return end
  local parts = {}
  for _, o in ipairs(outcomes) do
    if met[o[1]] then
      judged = judged + met[o[1]]
      parts[#parts + 1] = ("%s i %d"):format(o[2], met[o[1]])
    end
  end
  local text = ("Årsredovisningen beskriver %s."):format(words.count(n, "insats", "insatser"))
  if judged == 0 then
    text = text .. (n == 1 and " Måluppfyllelsen är inte bedömd i ord." or " Måluppfyllelsen är inte bedömd i ord för någon av dem.")
  else
    text = ("%s Måluppfyllelsen bedöms som %s"):format(text, #parts > 1 and table.concat(parts, ", ", 1, #parts - 1) .. " och " .. parts[#parts] or parts[1])
    text = text .. (judged < n and ("; för %d framgår ingen bedömning."):format(n - judged) or ".")
  end
  doc:paragraph(text)
end

local function years_of(ar, concept)
  local list = {}
  for year = ar.rakenskapsar - 4, ar.rakenskapsar do
    local value = ar:year(year)[concept]
    if value then list[#list + 1] = { year, value } end
  end
  return list
end

-- The norm that counts, for a year's contributions: nil where it was not in force.
local function guideline(result, ar)
  local ok, value = pcall(function() return result.rule_set.parameters:at(ar).riktlinje.eget_kapital(ar.medlemsbidrag) end)
  return ok and value or nil
end

function figures.eget_kapital_over_aren(doc, result)
  local ar = result.ar
  local names, capital, norm, rows = {}, {}, {}, {}
  for i, pair in ipairs(years_of(ar, "eget_kapital")) do
    names[i], capital[i] = tostring(pair[1]), pair[2]
    norm[i] = guideline(result, ar:year(pair[1]))
    rows[i] = { names[i], pair[2]:text "kr", norm[i] and norm[i]:text "kr" or "", norm[i] and (pair[2] - norm[i]):text "+kr" or "" }
  end
  if #names < 2 then return end
  local any = next(norm) ~= nil
  local drawing = chart.years(names, any and { { name = "Eget kapital, tkr", values = capital }, { name = "Riktlinje, tkr", values = norm, line = true } }
    or { { name = "Eget kapital, tkr", values = capital } })
  if drawing then doc:chart("Eget kapital" .. (any and " och riktlinjen" or "") .. " vid årets slut", drawing) end
  doc:table("Eget kapital vid årets slut", { "År", "Eget kapital", "Riktlinje", "Över (+) eller under (−)" }, { "l", "r", "r", "r" }, rows)
end

function figures.budget_och_utfall(doc, result)
  local ar = result.ar
  local names, budget, outcome, rows = {}, {}, {}, {}
  for _, part in ipairs { { "struktur", "Struktur" }, { "individ", "Individ" }, { "administration", "Administration" } } do
    local b, o = ar.budget["kostnader_" .. part[1]], ar["kostnader_" .. part[1]]
    if b and o then
      local i = #names + 1
      names[i], budget[i], outcome[i] = part[2], b:abs(), o:abs()
      rows[i] = { part[2], budget[i]:text "tkr", outcome[i]:text "tkr", (outcome[i] - budget[i]):text "+tkr" }
    end
  end
  if #names == 0 then return end
  doc:chart("Kostnader, budget och utfall " .. ar.rakenskapsar, chart.years(names, {
    { name = "Budget, tkr", values = budget }, { name = "Utfall, tkr", values = outcome } }))
  doc:table("Kostnader, budget och utfall " .. ar.rakenskapsar, { "Verksamhet", "Budget", "Utfall", "Utfall mot budget" }, { "l", "r", "r", "r" }, rows)
end

function figures.huvudbok(doc, result)
  local bok = result.ledger
  doc:paragraph(("Huvudboken, %s, har %s verifikationer i %s rader på %d konton och är läst i sin helhet."):format(
    bok.fil:match "[^/]*$", medel.count(bok.verifikationer):text(), medel.count(bok.rader):text(), bok.konton))
end

-- Under which norms the verdict would have been another: one row for each rule that differs.
function figures.normer(doc, result)
  local rows = {}
  for _, entry in ipairs(result.norms or {}) do
    local said, several = {}, false
    for _, n in ipairs(entry.norms) do
      local text = n.message or words.outcome[n.outcome]
      several = several or (said[1] ~= nil and said[1] ~= text)
      said[#said + 1] = text
    end
    if several then
      for i, n in ipairs(entry.norms) do rows[#rows + 1] = { entry.rule.id, n.title .. (n.usual and " (använd)" or ""), said[i] } end
    end
  end
  if #rows > 0 then doc:table("Utfall under varje norm", { "Regel", "Norm", "Utfall" }, { "l", "l", "l" }, rows) end
end

-- How the förbund counts what stands in several places; the notes below say each.
function figures.konventioner(doc, result)
  local found, kept, year = result.conventions or {}, 0, result.ar.rakenskapsar
  for _, c in ipairs(found) do kept = kept + (c.kept and 1 or 0) end
  if #found == 0 then
    doc:paragraph(weighing.compared(result) and "Granskningen har inte funnit något belopp som är tryckt i en annan form än där det står annars."
      or "Inget i avsnittet har kunnat prövas.", nil, "quiet")
    return
  end
  doc:paragraph(("Samma sak kan räknas på flera sätt: en kostnad med eller utan avskrivningar, före eller efter projektmedel. %s är %s i en egen form, som går jämnt upp mot andra belopp i årsredovisningen för %d. Det är inga felaktigheter. Beloppen är prövade i den formen, i alla år där de är tryckta."):format(
    #found == 1 and "En uppgift" or ("%d uppgifter"):format(#found), #found == 1 and "tryckt" or "tryckta", year))
  if kept > 0 then
    doc:paragraph(("%s följer av vad förbundet har angett eller av förra årets redovisning."):format(
      kept == #found and "Formen" or kept == 1 and "En av formerna" or ("%d av formerna"):format(kept)))
  end
  doc:paragraph "Om förbundet ändrar sitt sätt att räkna ska det sägas i redovisningsprinciperna (LKBR 4 kap. 4 §), så att åren kan jämföras."
end

function figures.begaran(doc, result)
  common.request_tables(doc, result)
end

function figures.uppgifter(doc, result)
  common.evidence_table(doc, result.ar)
end

function figures.manifest(doc, result)
  common.manifest(doc, result)
end

return figures
