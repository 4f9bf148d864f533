-- verdict.lua: what the granskning arrives at: recommendations, the answer to each
-- revisionsfråga, the conclusion, misstatements against materiality, decided avsteg.
--
-- What the revisor concludes is never changed.  Where what was computed speaks against it, the
-- document says so beside it, and the revisor's reason stands with it.
local words = require "medel.writers.words"

local verdict = {} -- the parts
local weighing = require "medel.granskning.weighing"

-- Recommendations by what was decided, in the order of the findings; own ones are the revisor's.
local function decided(doc, result)
  local out, seen = { ["godkänd"] = {}, ["förslag"] = {}, ["avvisad"] = {} }, {}
  for _, f in ipairs(result.findings) do
    local decision = weighing.decision_on(result, f)
    local wording = decision and decision.text or f.recommendation
    if wording and not seen[wording] and (f.level ~= "note" or decision) then
      seen[wording] = true
      local status = decision and decision.status or result.engagement.ovriga or "förslag"
      if status == "omformulerad" then status = "godkänd" end
      local list = out[status]
      if list then
        list[#list + 1] = { text = status == "avvisad" and ("%s Skäl: %s (%s)"):format(wording, decision.skal, f.rule)
          or ("%s (%s)"):format(wording, f.rule), refs = status ~= "avvisad" and doc:references(f.evidence) or nil }
      end
    end
  end
  for _, own in ipairs(result.engagement.iakttagelser or {}) do
    if own.rekommendation then table.insert(out["godkänd"], { text = ("%s (%s)"):format(own.rekommendation, own.id) }) end
  end
  return out
end

function verdict.rekommendationer(doc, result)
  local list = decided(doc, result)
  if #list["godkänd"] > 0 then
    doc:paragraph "Utifrån granskningen lämnas följande rekommendationer:"
    doc:items(list["godkänd"])
  else
    doc:paragraph "Ingen rekommendation är ännu godkänd av revisorn."
  end
  if #list["förslag"] > 0 then
    doc:heading(3, "Förslag som väntar på revisorns ställningstagande")
    doc:items(list["förslag"])
  end
  if #list["avvisad"] > 0 then
    doc:heading(3, "Förslag som revisorn har avvisat")
    doc:items(list["avvisad"])
  end
end

-- ---- misstatements ----

local function table_of(doc, caption, list, of_books, materiality)
  local rows = {}
  for _, m in ipairs(list) do
    if (m.of_books and true or false) == of_books then
      rows[#rows + 1] = { m.id, m.text, m.amount:text "kr", m.material and "över" or materiality and "under" or "" }
    end
  end
  if #rows == 0 then return end
  rows[#rows + 1] = { "Summa", "Tillsammans, utan hänsyn till tecken", weighing.total(list, of_books):text "kr", "" }
  doc:table(caption, { "Iakttagelse", "Vad", "Skillnad", "Väsentlighetstalet" }, { "l", "l", "r", "l" }, rows)
end

function verdict.felaktigheter(doc, result)
  local w = weighing.weighed(result)
  if #w.list == 0 then
    doc:paragraph(weighing.compared(result) and "Ingen av de prövningar som har gjorts har gett ett felaktigt belopp." or "Inget belopp har kunnat prövas.")
    return
  end
  table_of(doc, "Felaktiga belopp i årsredovisningen", w.list, false, result.materiality)
  table_of(doc, "Felaktiga belopp i bokföringen", w.list, true, result.materiality)
end

-- ---- the answers ----

function verdict.bedomningar(doc, result)
  local rows = {}
  for i, q in ipairs(result.engagement.revisionsfragor or {}) do
    rows[i] = { q.fraga, q.bedomning:gsub("^%l", string.upper), q.motivering or "", q.stod and table.concat(q.stod, ", ") or "" }
  end
  if #rows > 0 then doc:table("Svar på revisionsfrågorna", { "Fråga", "Bedömning", "Motivering", "Stöd" }, { "l", "l", "l", "l" }, rows) end
end

-- What the tool itself can say of the amounts: no more than it computed.
local function of_amounts(result)
  local w, m = weighing.weighed(result), result.materiality
  if #w.list == 0 then
    if not weighing.compared(result) then return "Inget belopp har kunnat prövas. Vad som fattas framgår av begäran till förbundet." end
    return "De prövningar som har kunnat göras har inte gett något felaktigt belopp. Vad som inte har kunnat prövas framgår av begäran till förbundet."
  end
  local text = ("Prövningarna har gett %s, tillsammans %s utan hänsyn till tecken."):format(
    words.count(#w.list, "felaktigt belopp", "felaktiga belopp"), (w.total + w.books):text "kr")
  if not m then return text end
  if w.single > 0 then
    return text .. (" %s är större än väsentlighetstalet %s."):format(w.single == 1 and "Ett av dem" or tostring(w.single) .. " av dem", m.helhet:text "kr")
  elseif w.together then
    return text .. (" Inget av dem är ensamt större än väsentlighetstalet %s, men tillsammans är de det."):format(m.helhet:text "kr")
  end
  return text .. (" Varken var för sig eller tillsammans når de väsentlighetstalet %s."):format(m.helhet:text "kr")
end

function verdict.slutsats(doc, result)
  local c = result.engagement.slutsats
  doc:paragraph(of_amounts(result))
  if not c then
    doc:paragraph("Revisorns slutsats är inte skriven än.", nil, "quiet")
    return
  end
  doc:paragraph(weighing.concluded(result), nil, "conclusion")
  if c.skal then doc:text(c.skal) end
  local against = weighing.against(result)
  if against then doc:paragraph(against .. (c.skal and "" or " Revisorns skäl är inte angivet."), nil, "warning") end
end

-- ---- avsteg ----

function verdict.avsteg(doc, result)
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

return verdict
