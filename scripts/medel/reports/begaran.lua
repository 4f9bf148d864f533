-- begaran.lua: the request list to the förbund.
local blocks = require "medel.blocks"
local common = require "medel.reports.common"
local words = require "medel.writers.words"

return function(result)
  local doc = blocks.new("Begäran om uppgifter och underlag", words.title(result.ar))
  doc:paragraph("Listan visar vad som saknas för att granskningen ska kunna pröva alla regler, och vilka "
    .. "underlag utanför årsredovisningen som behövs.")
  common.broken(doc, result)
  common.request_table(doc, result)
  return doc
end
