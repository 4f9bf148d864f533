-- granskning.lua: the draft of a granskningsrapport.
local medel = require "medel"
local blocks = require "medel.blocks"
local common = require "medel.reports.common"
local words = require "medel.writers.words"

-- ---- which findings belong where ----

-- In the order of the report; the first section that takes a rule has it.
local sections = {
  { "2.1", "Förvaltningsberättelsen", { "FRM-01", "FRM-02", "FRM-03", "FRM-12", "FRM-15", "FRM-16", "UPP", "BAL" } },
  { "2.2", "God ekonomisk hushållning", {} },
  { "2.2.1", "Ekonomiska mål", { "MAL-01", "PRO-02", "NYC", "DRI-07" } },
  { "2.2.2", "Verksamhetsmål", { "MAL", "IND", "INF", "ARB" } },
  { "2.3", "Resultaträkning", { "FRM-04", "SUM-01", "SUM-02", "SUM-03", "SUM-04", "ART-10" } },
  { "2.3.1", "Verksamhetens intäkter", { "NOT-01", "NOT-08", "BID" } },
  { "2.3.2", "Verksamhetens kostnader", { "NOT-02", "NOT-06", "NOT-07" } },
  { "2.4", "Balansräkning", { "FRM-05", "SUM-06", "SUM-07", "SUM-08", "SUM-09", "SUM-10", "SUM-11", "ART-02",
    "ART-03", "ART-04", "ART-11", "ART-12", "ART-13", "ART-14", "NOT", "FRM-14" } },
  { "2.4.1", "Kassa och bank", { "ART-05" } },
  { "2.4.2", "Kassaflödesanalys", { "SUM-12", "SUM-13", "SUM-14", "SUM-15", "ART", "FRM-06" } },
  { "2.5", "Intern kontroll och styrning", {} },
  { "2.5.1", "Styrdokument och beslut", { "STY" } },
  { "2.5.2", "Delårsrapport och prognos", { "PRO" } },
  { "2.6", "Driftredovisning", { "DRI", "SUM-17", "SUM-18", "FRM-07", "FRM-08" } },
  { "2.7", "Eget kapital", { "EKA" } },
  { "2.8", "Uppställning, översikt och text", { "FRM", "OVS", "SUM", "TXT", "JMF" } },
  { "2.9", "Bokföringen", { "HUV", "AVS" } }, -- where a ledger was given
}

local function takes(patterns, id)
  for _, p in ipairs(patterns) do
    if id == p or (not p:find "%-" and id:match "^%a+" == p) then return true end
  end
  return false
end

local function best_section(id)
  for _, s in ipairs(sections) do -- an exact id before a group
    for _, p in ipairs(s[3]) do if p == id then return s[1] end end
  end
  for _, s in ipairs(sections) do if takes(s[3], id) then return s[1] end end
  return "2.8"
end

local function heading_of(result, number, usual)
  return result.engagement and result.engagement.rubriker[number] or result.sections[number] or usual
end

-- ---- findings ----

local level_words = { error = "Fel", deviation = "Avvikelse", recommendation = "Iakttagelse", note = "Notering" }

local function write_finding(doc, f)
  local weight = f.weight and (" (" .. f.weight .. ")") or ""
  local since = f.since and (" – " .. f.since) or ""
  doc:paragraph(("%s%s%s, %s. %s"):format(level_words[f.level], weight, since, f.rule, f.message), f.evidence, "finding")
end

local function write_findings(doc, list)
  for _, f in ipairs(list or {}) do write_finding(doc, f) end
end

-- ---- what each section says besides its findings ----

local text = {}

text["2.1"] = function(doc, ar)
  local fb = ar.forvaltningsberattelse
  local headings = fb and fb.rubriker
  if headings and #headings > 0 then
    doc:paragraph(("Förvaltningsberättelsen är uppställd under %d rubriker."):format(#headings))
  end
  if ar.balanskravsutredning then
    common.paragraph(doc, { "Årsredovisningen innehåller en balanskravsutredning som visar {b}.", { b = ar.balanskravsresultat } })
  end
end

text["2.2.1"] = function(doc, ar)
  local budget, result = ar.budget.arets_resultat, ar.arets_resultat
  local gap = budget and result and result - budget
  common.paragraph(doc,
    { "Årets resultat uppgår till {r:+tkr}.", { r = result } },
    { gap and gap >= medel.kr(0) and "Det är {g:tkr} bättre än budgeterade {b:tkr}." or "Det är {g:tkr} sämre än budgeterade {b:tkr}.",
      { g = gap and gap:abs(), b = budget } })
  local parts = {}
  for _, part in ipairs { { "avvikelse_struktur", "strukturövergripande insatser" },
                          { "avvikelse_individ", "individinriktade insatser" },
                          { "avvikelse_administration", "administration" } } do
    local line, facts = common.say("{a:+tkr} – " .. part[2], { a = ar[part[1]] })
    if line then parts[#parts + 1] = { text = line, refs = doc:references(facts) } end
  end
  if #parts > 0 then
    doc:paragraph "Enligt driftredovisningen fördelar sig avvikelsen på:"
    doc:items(parts)
  end
  local costs, adm = ar.verksamhetens_kostnader, ar.kostnader_administration
  local before = ar.foregaende
  local share = costs and adm and adm / costs
  local last = before.verksamhetens_kostnader and before.kostnader_administration
    and before.kostnader_administration / before.verksamhetens_kostnader
  common.paragraph(doc,
    { "Administrationen utgör {s:%} av verksamhetens kostnader.", { s = share } },
    { "Året innan var andelen {l:%}.", { l = last } })
end

text["2.2.2"] = function(doc, ar)
  local n, met = 0, { uppnatt = 0, delvis = 0, ej = 0, okand = 0 }
  for item in medel.each(ar.insatser) do
    n = n + 1
    if item.status then met[item.status] = met[item.status] + 1 end
  end
  if n > 0 then
    doc:paragraph(("Årsredovisningen beskriver %d insatser. Måluppfyllelsen bedöms som uppnådd i %d, delvis i %d och ej i %d."):format(
      n, met.uppnatt, met.delvis, met.ej))
  end
end

text["2.3.1"] = function(doc, ar)
  common.paragraph(doc,
    { "Verksamhetens intäkter uppgår till {i:tkr}, varav medlemsbidrag {m:tkr}.", { i = ar.verksamhetens_intakter, m = ar.medlemsbidrag } })
end

text["2.3.2"] = function(doc, ar)
  local now, before = ar.verksamhetens_kostnader, ar.foregaende.verksamhetens_kostnader
  common.paragraph(doc,
    { "Verksamhetens kostnader uppgår till {k:tkr}.", { k = now and now:abs() } },
    { "Året innan var de {f:tkr}.", { f = before and before:abs() } })
end

text["2.9"] = function(doc, _, result)
  local bok = result.ledger
  doc:paragraph(("Huvudboken, %s, har %s verifikationer i %s rader på %d konton och är läst i sin helhet."):format(
    bok.fil:match "[^/]*$", medel.count(bok.verifikationer):text(), medel.count(bok.rader):text(), bok.konton))
end

text["2.4"] = function(doc, ar)
  common.paragraph(doc,
    { "Balansomslutningen uppgår till {b:tkr}.", { b = ar.summa_tillgangar } },
    { "Vid förra årets slut var den {f:tkr}.", { f = ar.foregaende.summa_tillgangar } })
end

text["2.4.1"] = function(doc, ar)
  common.paragraph(doc, { "Kassa och bank uppgår till {k:tkr}.", { k = ar.kassa_och_bank } })
end

text["2.4.2"] = function(doc, ar)
  common.paragraph(doc,
    { "Årets kassaflöde är {k:+tkr}.", { k = ar.arets_kassaflode } },
    { "De kortfristiga skulderna uppgår till {s:tkr}.", { s = ar.kortfristiga_skulder } })
end

text["2.5.2"] = function(doc, ar)
  local forecast, result = ar.prognos.arets_resultat, ar.arets_resultat
  common.paragraph(doc,
    { "Under året gjordes en helårsprognos på {p:+tkr}. Utfallet blev {r:+tkr}.", { p = forecast, r = result } })
end

text["2.7"] = function(doc, ar, result)
  local ek, grants = ar.eget_kapital, ar.medlemsbidrag
  common.paragraph(doc,
    { "Eget kapital uppgår till {e:tkr}, {a:%} av medlemsbidragen.", { e = ek, a = ek and grants and ek / grants } })
  local rows = {}
  for _, entry in ipairs(result.norms or {}) do
    for _, n in ipairs(entry.norms) do
      rows[#rows + 1] = { entry.rule.id, n.title .. (n.usual and " (använd)" or ""), n.message or words.outcome[n.outcome] }
    end
  end
  if #rows > 0 then doc:table("Utfall under varje norm", { "Regel", "Norm", "Utfall" }, { "l", "l", "l" }, rows) end
  local next_result, next_grants = ar.kommande.budget.arets_resultat, ar.kommande.budget.medlemsbidrag
  local next_ek = ek and next_result and ek + next_result
  common.paragraph(doc,
    { "Med antagen budget beräknas eget kapital till {e:tkr} vid nästa års slut.", { e = next_ek } },
    { "Det motsvarar {a:%} av nästa års medlemsbidrag {m:tkr}.", { a = next_ek and next_grants and next_ek / next_grants, m = next_grants } })
end

-- ---- opening and closing ----

local function background(doc, w, result)
  local ar, e = result.ar, result.engagement
  doc:heading(2, "1 Bakgrund")
  doc:heading(3, "1.1 " .. heading_of(result, "1.1", "Syfte och revisionsfråga"))
  doc:paragraph(e.uppdrag.syfte or ("Syftet är att bedöma om årsredovisningen är upprättad enligt lag och god "
    .. "redovisningssed, om räkenskaperna är rättvisande och om resultatet är förenligt med de mål som styrelsen har beslutat."))
  doc:heading(3, "1.2 " .. heading_of(result, "1.2", "Revisionskriterier"))
  local grounds, criteria = {}, {}
  for _, rule in ipairs(result.tried) do grounds[#grounds + 1] = result.grounds[rule.id] end
  for _, law in ipairs(require("medel.grounds").laws(grounds)) do
    if law.from then
      local short = law.name:find "^%u%a*%u%a*$" and ", " .. law.name or ""
      criteria[#criteria + 1] = law.titel .. (law.nummer and " (" .. law.nummer .. ")" or "") .. short
    end
  end
  doc:paragraph "Granskningen utgår från förbundsordningen, god redovisningssed och god revisionssed samt från:"
  doc:items(criteria)
  if ar.rakenskapsar >= 2023 then
    doc:paragraph "Granskningen följer Standard för kommunal räkenskapsrevision, som gäller samordningsförbund från 2023."
  end
  doc:paragraph "Vilken bestämmelse varje iakttagelse vilar på framgår av regelns grund."
  doc:heading(3, "1.3 " .. heading_of(result, "1.3", "Metod och avgränsningar"))
  doc:paragraph(("Årsredovisningens %d uppgifter har prövats mot %d regler. %d regler gav ingen avvikelse och %d kunde inte prövas. "
    .. "Två uppgifter anses stämma överens när den tryckta noggrannheten kan förklara skillnaden."):format(
      words.printed_figures(ar), result.rules, #result.passed, #result.not_applicable))
  common.broken(doc, result)
  doc:heading(4, "1.3.1 " .. heading_of(result, "1.3.1", "Risk- och väsentlighetsanalys"))
  local m = result.materiality
  if m then
    common.paragraph(doc,
      { "Väsentlighetstalet är {h:tkr} ({why}). Arbetsväsentlighetstalet är {a:tkr}, och fel under {r:tkr} anses uppenbart obetydliga.",
        { h = m.helhet, a = m.arbete, r = m.ringa, why = m.reason } })
  end
end

local function followup(doc, result)
  local f = result.followup
  doc:heading(2, "3 " .. heading_of(result, "3", "Uppföljning av tidigare granskning"))
  if not f then
    doc:paragraph "Förra årets årsredovisning har inte jämförts."
    return
  end
  doc:paragraph(("%d jämförelsetal har jämförts med förra årets årsredovisning. %d iakttagelser är nya, %d kvarstår och %d är borta."):format(
    f.compared, f.new, f.remaining, #f.gone))
  local rows = {}
  for i, r in ipairs(f.recommendations) do rows[i] = { r.text, r.status } end
  if #rows > 0 then doc:table("Tidigare rekommendationer", { "Rekommendation", "Läge" }, { "l", "l" }, rows) end
end

local function recommendations(doc, result)
  doc:heading(2, "4 " .. heading_of(result, "2.8", "Rekommendationer"))
  local approved, proposed, rejected, seen = {}, {}, {}, {}
  for _, f in ipairs(result.findings) do
    local decision = result.engagement.rekommendationer[f.rule]
    local wording = decision and decision.text or f.recommendation
    if wording and not seen[wording] and (f.level ~= "note" or decision) then
      seen[wording] = true
      local item = { text = ("%s (%s)"):format(wording, f.rule), refs = doc:references(f.evidence) }
      if decision and decision.status == "godkänd" then
        approved[#approved + 1] = item
      elseif decision and decision.status == "avvisad" then
        rejected[#rejected + 1] = ("%s: %s Skäl: %s"):format(f.rule, wording, decision.skal)
      elseif (decision and decision.status or result.engagement.ovriga) ~= "iakttagelse" then
        proposed[#proposed + 1] = item
      end
    end
  end
  if #approved > 0 then
    doc:paragraph "Utifrån iakttagelserna lämnas följande rekommendationer:"
    doc:items(approved)
  else
    doc:paragraph "Ingen rekommendation är ännu godkänd av revisorn."
  end
  if #proposed > 0 then
    doc:heading(3, "Förslag som väntar på revisorns ställningstagande")
    doc:items(proposed)
  end
  if #rejected > 0 then
    doc:heading(3, "Förslag som revisorn har avvisat")
    doc:items(rejected)
  end
end

-- What is wrong by an amount, as rows, and their sum without regard to sign.
local function misstated(result)
  local rows, total = {}, nil
  for _, f in ipairs(result.findings) do
    if f.difference and f.difference:unit() == "amount" and f.level ~= "note" then
      local amount = f.difference:abs()
      total = total and total + amount or amount
      rows[#rows + 1] = { f.rule, f.message, f.difference:text "kr", f.weight or "" }
    end
  end
  return rows, total
end

local function conclusion(doc, result)
  doc:heading(2, "5 " .. heading_of(result, "2.9", "Sammanfattning"))
  local n, material = {}, 0
  for _, f in ipairs(result.findings) do
    n[f.level] = (n[f.level] or 0) + 1
    if f.weight == "väsentlig" then material = material + 1 end
  end
  local parts = {}
  for _, kind in ipairs { { "error", "fel", "fel" }, { "deviation", "avvikelse", "avvikelser" },
                          { "recommendation", "iakttagelse", "iakttagelser" }, { "note", "notering", "noteringar" } } do
    if n[kind[1]] then parts[#parts + 1] = words.count(n[kind[1]], kind[2], kind[3]) end
  end
  doc:paragraph("Granskningen har gett " .. (#parts > 0 and table.concat(parts, ", ") or "inga iakttagelser") .. ".")
  local rows, total = misstated(result)
  local limit, several = result.materiality and result.materiality.helhet, #rows > 1
  if material > 0 then
    doc:paragraph(("%s överstiger väsentlighetstalet och behöver rättas eller förklaras innan årsredovisningen kan bedömas som rättvisande."):format(
      words.count(material, "fel", "fel")))
  elseif several and limit and total > limit then
    -- ISA 450: each by itself, and all of them together
    common.paragraph(doc, { "Inget enskilt belopp överstiger väsentlighetstalet {h:tkr}, men tillsammans är de {s:kr} (bilaga A) och överstiger det. De behöver rättas eller förklaras innan årsredovisningen kan bedömas som rättvisande.",
      { h = limit, s = total } })
  elseif #rows > 0 then
    common.paragraph(doc, { (several and "Felaktiga eller oförklarade belopp har identifierats, tillsammans {s:kr} (bilaga A)."
      or "Ett felaktigt eller oförklarat belopp har identifierats, {s:kr} (bilaga A).")
      .. (limit and (several and " De överstiger varken var för sig eller tillsammans väsentlighetstalet {h:tkr}; de bör rättas."
      or " Det överstiger inte väsentlighetstalet {h:tkr}; det bör rättas.") or ""), { s = total, h = limit } })
  elseif n.error then
    doc:paragraph "Fel har identifierats i årsredovisningen, men inget av dem är ett belopp; de bör rättas."
  else
    doc:paragraph "Inga felaktiga belopp har identifierats i de delar som har kunnat prövas. Bedömningen av årsredovisningen som helhet är revisorns."
  end
end

local function misstatements(doc, result)
  local rows, total = misstated(result)
  doc:heading(2, "Bilaga A Felaktigheter mot väsentlighet")
  if #rows == 0 then
    doc:paragraph "Inga beloppsmässiga felaktigheter har identifierats."
    return
  end
  rows[#rows + 1] = { "Summa", "Sammanlagd storlek utan hänsyn till tecken", total:text "kr", "" }
  doc:table("Beloppsmässiga felaktigheter", { "Regel", "Iakttagelse", "Skillnad", "Vikt" }, { "l", "l", "r", "l" }, rows)
end

local function waived(doc, result)
  if #result.waived + #result.lapsed == 0 then return end
  doc:heading(2, "6 " .. heading_of(result, "6", "Beslutade avsteg"))
  local rows = {}
  for _, f in ipairs(result.waived) do
    local a = f.avsteg
    rows[#rows + 1] = { f.rule, f.message, a.beslutat_av .. " " .. a.datum, a.skal, a.till_och_med or "tills vidare" }
  end
  for _, item in ipairs(result.lapsed) do
    local a = item.avsteg
    rows[#rows + 1] = { a.regel, "Gäller inte: " .. item.why, a.beslutat_av .. " " .. a.datum, a.skal, a.till_och_med or "tills vidare" }
  end
  doc:table("Avsteg från regler", { "Regel", "Iakttagelse", "Beslut", "Skäl", "Till och med" }, { "l", "l", "l", "l", "l" }, rows)
end

return function(result)
  local ar, e, w = result.ar, result.engagement, result.rule_set
  local subtitle = { words.title(ar) }
  if e.uppdrag.revisor then subtitle[#subtitle + 1] = e.uppdrag.revisor end
  if e.uppdrag.datum then subtitle[#subtitle + 1] = e.uppdrag.datum end
  local doc = blocks.new(heading_of(result, "titel", "Granskning av årsredovisning") .. " " .. ar.rakenskapsar,
    table.concat(subtitle, " · ") .. (e.uppdrag.status and "" or " · utkast"))
  background(doc, w, result)
  local by_section = {}
  for _, f in ipairs(result.findings) do
    local s = best_section(f.rule)
    by_section[s] = by_section[s] or {}
    table.insert(by_section[s], f)
  end
  doc:heading(2, "2 " .. heading_of(result, "2", "Resultat av granskningen"))
  for _, s in ipairs(sections) do
    if s[1] ~= "2.9" or result.ledger then
      local level = select(2, s[1]:gsub("%.", "")) + 2
      doc:heading(level, s[1] .. " " .. heading_of(result, s[1], s[2]))
      local mark = doc:mark()
      if text[s[1]] then text[s[1]](doc, ar, result) end
      common.answers(doc, result, s[1])
      write_findings(doc, by_section[s[1]])
      if doc:empty_since(mark) and s[3][1] then doc:paragraph("Inga iakttagelser.", nil, "quiet") end
    end
  end
  followup(doc, result)
  recommendations(doc, result)
  conclusion(doc, result)
  waived(doc, result)
  misstatements(doc, result)
  doc:heading(2, "Bilaga B Begäran till förbundet")
  common.request_tables(doc, result)
  doc:heading(2, "Bilaga C Underlag")
  common.evidence_table(doc, ar)
  doc:heading(2, "Bilaga D Manifest")
  common.manifest(doc, result)
  return doc
end
