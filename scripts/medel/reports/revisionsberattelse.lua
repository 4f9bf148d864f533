-- revisionsberattelse.lua: a draft of the revisionsberättelse, in the tradition of the one who
-- signs (uppdrag.roll): the auktoriserade revisor whom the state's side appoints, or the
-- förtroendevalda of kommuner and regions (FinsamL 25–26 §§; KL 12 kap. 12–13 §§), whom a
-- sakkunnigt biträde assists.
local blocks = require "medel.blocks"
local weighing = require "medel.granskning.weighing"
local words = require "medel.writers.words"

-- What a revisor must decide herself stands in brackets and is never filled in.
local function statement(doc, result, one)
  local concluded = weighing.concluded(result, one)
  if not concluded then
    doc:paragraph("[Revisorns uttalande: slutsatsen i akten är inte skriven än.]", nil, "warning")
    return
  end
  doc:paragraph(concluded, nil, "conclusion")
  local c = result.engagement.slutsats
  if c.skal then doc:text(c.skal) end
  local against = weighing.against(result)
  if against then doc:paragraph(against, nil, "warning") end
end

local function authorised(doc, name, year, result)
  doc:heading(2, "Rapport om årsredovisningen")
  doc:heading(3, "Uttalande")
  doc:paragraph(("Jag har utfört en revision av årsredovisningen för %s för år %d."):format(name, year))
  statement(doc, result, true)
  if result.engagement.uppdrag.sakerhet ~= "rimlig" then
    doc:paragraph("Akten anger inte att granskningen ger rimlig säkerhet, som en revisionsberättelse ska vila på.", nil, "warning")
  end
  doc:heading(3, "Grund för uttalandet")
  doc:paragraph("Revisionen är utförd enligt god revisionssed i kommunal verksamhet. Jag är oberoende i förhållande till förbundet enligt god "
    .. "revisorssed. De revisionsbevis som jag har inhämtat är enligt min bedömning tillräckliga och ändamålsenliga som grund för uttalandet.")
  doc:heading(3, "Styrelsens ansvar")
  doc:paragraph("Styrelsen ansvarar för att årsredovisningen upprättas och ger en rättvisande bild enligt lagen (2018:597) om kommunal bokföring och "
    .. "redovisning, och för den interna kontroll som behövs för att den inte ska innehålla väsentliga fel.")
  doc:heading(3, "Revisorns ansvar")
  doc:paragraph("Mitt mål är att uppnå en rimlig grad av säkerhet om huruvida årsredovisningen som helhet innehåller några väsentliga fel, vare sig de "
    .. "beror på oegentligheter eller på misstag. Rimlig säkerhet är en hög grad av säkerhet men ingen garanti.")
  doc:heading(2, "Rapport om förvaltningen")
  doc:paragraph(("Jag har även granskat styrelsens förvaltning för %s för år %d."):format(name, year))
end

local function elected(doc, name, year, result)
  doc:paragraph(("Vi, av medlemmarna utsedda revisorer, har granskat verksamheten i %s år %d."):format(name, year))
  doc:paragraph("Styrelsen ansvarar för att verksamheten bedrivs enligt gällande mål, beslut och riktlinjer och de lagar och föreskrifter som gäller. "
    .. "Revisorerna ansvarar för att granska verksamheten, räkenskaperna och den interna kontrollen, och för att pröva om verksamheten har bedrivits "
    .. "enligt uppdraget.")
  doc:paragraph("Granskningen har utförts enligt lagen (2003:1210) om finansiell samordning av rehabiliteringsinsatser, kommunallagen (2017:725), "
    .. "god revisionssed i kommunal verksamhet och förbundsordningen.")
  for _, q in ipairs(result.engagement.revisionsfragor or {}) do
    local answer = q.bedomning:gsub("^%l", string.upper)
    doc:paragraph(("%s %s.%s"):format(q.fraga, answer, q.motivering and " " .. q.motivering or ""))
  end
  statement(doc, result)
end

return function(result)
  local ar, e = result.ar, result.engagement
  local name = ar.forbund and ar.forbund.namn or words.title(ar)
  local doc = blocks.new(("Revisionsberättelse för år %d"):format(ar.rakenskapsar), name .. (e.uppdrag.status == "klar" and "" or " · utkast"))
  doc:paragraph("Till " .. (e.mottagare and #e.mottagare > 0 and words.listed(e.mottagare) or "styrelsen, medlemmarna och Arbetsförmedlingen"))
  local assistant = e.uppdrag.roll == "sakkunnigt biträde"
  if assistant or e.uppdrag.roll == "förtroendevald" then elected(doc, name, ar.rakenskapsar, result) else authorised(doc, name, ar.rakenskapsar, result) end
  doc:heading(2, "Ansvarsfrihet")
  doc:paragraph("[Revisorn tillstyrker eller avstyrker ansvarsfrihet för styrelsen och dess ledamöter. Varje medlem prövar frågan (FinsamL 26 §).]", nil, "warning")
  doc:paragraph "Granskningens resultat framgår av den bifogade granskningsrapporten."
  if assistant then -- who assists writes the draft; the revisorer sign
    doc:paragraph("[Ort och datum, och de förtroendevalda revisorernas underskrifter.]", nil, "warning")
  end
  for _, s in ipairs(not assistant and e.underskrifter or {}) do
    local parts = {}
    for _, key in ipairs { "ort", "datum", "namn", "roll" } do parts[#parts + 1] = s[key] end
    doc:paragraph(table.concat(parts, ", "))
  end
  return doc
end
