-- work.lua: the revisor's own work in the document: purpose, method, risks, evidence from
-- elsewhere, who did what.  Nothing here is computed; what is not written is not claimed.
local medel = require "medel"
local common = require "medel.reports.common"
local shape = require "medel.shape"
local words = require "medel.writers.words"

local work = {}

local function capital(text)
  if text == "" then return text end
  local first = utf8.char(utf8.codepoint(text, 1))
  return (({ ["å"] = "Å", ["ä"] = "Ä", ["ö"] = "Ö" })[first] or first:upper()) .. text:sub(#first + 1)
end

local function sentence(text)
  text = capital((text:gsub("^%s+", ""):gsub("%s+$", "")))
  return (text == "" or text:find "[.!?:]$") and text or text .. "."
end

-- "a, b och c"
local function listed(list)
  if #list < 2 then return list[1] or "" end
  return table.concat(list, ", ", 1, #list - 1) .. " och " .. list[#list]
end

local function when(date)
  local day = tonumber(date:sub(9, 10))
  local months = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december" }
  return ("%d %s %s"):format(day, months[tonumber(date:sub(6, 7))], date:sub(1, 4))
end

local function support(list)
  return list and #list > 0 and table.concat(list, ", ") or ""
end

function work.syfte(doc, result)
  local u = result.engagement.uppdrag
  doc:paragraph(u.syfte or ("Syftet är att bedöma om årsredovisningen är upprättad enligt lag och god redovisningssed, om "
    .. "räkenskaperna är rättvisande och om resultatet är förenligt med de mål som styrelsen har beslutat."))
  if u.uppdragsgivare then doc:paragraph(("Granskningen är gjord på uppdrag av %s."):format(u.uppdragsgivare)) end
end

function work.fragor(doc, result)
  local questions = result.engagement.revisionsfragor or {}
  if #questions == 0 then return end
  doc:paragraph "Granskningen ska svara på följande frågor:"
  local list = {}
  for i, q in ipairs(questions) do list[i] = q.grund and ("%s (%s)"):format(q.fraga, q.grund) or q.fraga end
  doc:items(list)
end

function work.kriterier(doc, result)
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
  if result.ar.rakenskapsar >= 2023 then
    doc:paragraph "Granskningen följer Standard för kommunal räkenskapsrevision, som gäller samordningsförbund från 2023."
  end
end

local kinds = { ["dokumentstudie"] = "Dokumentstudie", ["avstämning"] = "Avstämning", ["stickprov"] = "Stickprov",
  ["intervju"] = "Intervju", ["analytisk granskning"] = "Analytisk granskning", ["observation"] = "Observation", ["annat"] = "Annat" }

function work.metod(doc, result)
  local e = result.engagement
  if e.uppdrag.metod then doc:text(e.uppdrag.metod) end
  local rows = {}
  for i, m in ipairs(e.metod or {}) do
    local who = m.med and (" – " .. m.med) or ""
    rows[i] = { kinds[m.slag], capital(m.vad .. who), m.datum or "", m.av or "", m.resultat and capital(m.resultat) or "", support(m.stod) }
  end
  if #rows > 0 then
    doc:table("Vad som har gjorts", { "Slag", "Vad", "När", "Av", "Resultat", "Underlag" }, { "l", "l", "l", "l", "l", "l" }, rows)
  end
end

function work.provning(doc, result)
  local tried = #result.passed
  local ids = {}
  for _, f in ipairs(result.findings) do ids[f.rule] = true end
  for _ in pairs(ids) do tried = tried + 1 end
  doc:paragraph(("Årsredovisningens siffror har prövats med %s: %s har kunnat prövas, och %s har inte kunnat prövas eftersom uppgifter "
    .. "saknas eller regeln inte gäller förbundet. Två uppgifter anses stämma överens när den tryckta noggrannheten kan förklara skillnaden."):format(
      words.count(result.rules, "regel", "regler"), tried, words.count(#result.not_applicable, "regel", "regler")))
  common.broken(doc, result)
end

function work.avgransning(doc, result)
  local text = result.engagement.uppdrag.avgransning
  if text then doc:text(text) end
end

function work.vasentlighet(doc, result)
  local m = result.materiality
  if not m then return end
  common.paragraph(doc,
    { "Väsentlighetstalet är {h:kr} ({why}). Arbetsväsentlighetstalet är {a:kr}, och fel under {r:kr} anses uppenbart obetydliga.",
      { h = m.helhet, a = m.arbete, r = m.ringa, why = m.reason } })
end

function work.risker(doc, result)
  local rows = {}
  for i, r in ipairs(result.engagement.risker or {}) do
    rows[i] = { r.post, r.risk, r.vasentlighet and shape.amount(r.vasentlighet):text "kr" or "", r.beskrivning and capital(r.beskrivning) or "",
                r.atgard and capital(r.atgard) or "", support(r.stod) }
  end
  if #rows > 0 then
    doc:table("Risk för varje post", { "Post", "Risk", "Väsentligt", "Vad som kan vara fel", "Vad som har gjorts", "Underlag" },
      { "l", "l", "r", "l", "l", "l" }, rows)
  end
end

-- What evidence from elsewhere says of a figure: agreed, or by how much it differs.
function work.avstamt(doc, result, context, concept)
  for _, u in ipairs(result.engagement.underlag or {}) do
    local value = u.uppgift == concept and context.value_of(concept)
    if value then
      for _, id in ipairs(u.svarar_pa or {}) do context.told[id] = true end
    end
    if value and u.belopp then
      local gap = value - shape.amount(u.belopp)
      local agrees = medel.agreement(value, shape.amount(u.belopp)) ~= "differ"
      doc:paragraph(agrees
        and ("Beloppet är avstämt mot %s, %s, utan skillnad (%s)."):format(u.vad, when(u.sett), u.id)
        or ("Beloppet är jämfört med %s, %s; skillnaden är %s (%s)."):format(u.vad, when(u.sett), gap:abs():text "kr", u.id))
    elseif value then
      doc:paragraph(("Beloppet är jämfört med %s, %s (%s).%s"):format(u.vad, when(u.sett), u.id, u.resultat and " " .. sentence(u.resultat) or ""))
    end
  end
end

function work.underlag(doc, result)
  local rows = {}
  for i, u in ipairs(result.engagement.underlag or {}) do
    rows[i] = { u.id, u.vad, u.sett, u.av, u.resultat and capital(u.resultat) or "", u.fil or "", u.sha256 and u.sha256:sub(1, 16) .. "…" or "" }
  end
  if #rows > 0 then
    doc:table("Underlag som revisorn har sett", { "Nr", "Vad", "Sett", "Av", "Resultat", "Fil", "SHA-256" }, { "l", "l", "l", "l", "l", "l", "l" }, rows)
  end
end

function work.arbete(doc, result)
  local rows = {}
  for i, a in ipairs(result.engagement.arbete or {}) do
    rows[i] = { capital(a.vad), a.utfort_av, a.datum, a.granskat_av or "", a.granskat or "" }
  end
  if #rows > 0 then
    doc:table("Vem som har gjort vad", { "Steg", "Utfört av", "Datum", "Granskat av", "Datum" }, { "l", "l", "l", "l", "l" }, rows)
  end
end

function work.uppfoljning(doc, result)
  local f, own = result.followup, result.engagement.uppfoljning or {}
  local said = false
  if #own > 0 then
    said = true
    local rows = {}
    for i, u in ipairs(own) do rows[i] = { u.rekommendation, u.lamnad or "", u.lage, u.skal or "" } end
    doc:table("Tidigare rekommendationer", { "Rekommendation", "År", "Läge", "Hur det är känt" }, { "l", "l", "l", "l" }, rows)
  end
  if f then
    said = true
    doc:paragraph(("%s har jämförts med förra årets årsredovisning. Av iakttagelserna är %d nya och %d kvarstår; %d är borta."):format(
      words.count(f.compared, "jämförelsetal", "jämförelsetal"), f.new, f.remaining, #f.gone))
    local rows = {}
    for i, r in ipairs(f.recommendations) do rows[i] = { r.text, r.status } end
    if #rows > 0 then doc:table("Rekommendationer i förra årets rapport", { "Rekommendation", "Läge enligt reglerna" }, { "l", "l" }, rows) end
  end
  if not said then doc:paragraph("Förra årets granskning och årsredovisning ingår inte i denna granskning.", nil, "quiet") end
end

function work.underskrifter(doc, result)
  local e = result.engagement
  if e.mottagare and #e.mottagare > 0 then doc:paragraph(("Rapporten lämnas till %s."):format(listed(e.mottagare))) end
  local rows = {}
  for i, s in ipairs(e.underskrifter or {}) do
    rows[i] = { s.roll, s.namn or "", table.concat({ s.ort, s.datum }, " ") }
  end
  if #rows > 0 then doc:table("Underskrifter", { "Roll", "Namn", "Ort och datum" }, { "l", "l", "l" }, rows) end
end

return work
