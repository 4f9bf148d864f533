-- missiv.lua: the letter that a granskningsrapport is sent with.
local blocks = require "medel.blocks"
local weighing = require "medel.granskning.weighing"
local words = require "medel.writers.words"

return function(result)
  local ar, e = result.ar, result.engagement
  local name = ar.forbund and ar.forbund.namn or words.title(ar)
  local doc = blocks.new(("Missiv: granskning av årsredovisning %d"):format(ar.rakenskapsar),
    table.concat({ name, e.uppdrag.datum }, " · "))
  if e.mottagare and #e.mottagare > 0 then doc:paragraph("Till " .. words.listed(e.mottagare)) end
  doc:paragraph(("Härmed överlämnas rapporten från granskningen av årsredovisningen för %s %d%s."):format(name, ar.rakenskapsar,
    e.uppdrag.revisor and ", gjord av " .. e.uppdrag.revisor or ""))
  local concluded = weighing.concluded(result)
  if concluded then
    doc:paragraph "Slutsatsen i rapporten är:"
    doc:paragraph(concluded, nil, "conclusion")
  else
    doc:paragraph("Rapporten är ett utkast; slutsatsen är inte skriven än.", nil, "quiet")
  end
  local given = weighing.recommendations(result)
  if #given > 0 then
    doc:paragraph "Rapporten lämnar dessa rekommendationer:"
    doc:items(given)
    doc:paragraph("Vi ber om styrelsens svar på rekommendationerna" .. (e.uppdrag.svar_senast and " senast " .. e.uppdrag.svar_senast or "") .. ".")
  end
  for _, s in ipairs(e.underskrifter or {}) do
    local parts = {}
    for _, key in ipairs { "ort", "datum", "namn", "roll" } do parts[#parts + 1] = s[key] end
    doc:paragraph(table.concat(parts, ", "))
  end
  return doc
end
