-- begaran.lua: the request list to the förbund.
local blocks = require "medel.blocks"
local common = require "medel.reports.common"
local words = require "medel.writers.words"

return function(result)
  local doc = blocks.new("Begäran om uppgifter och underlag", words.title(result.ar))
  doc:paragraph("Inför granskningen ber vi om följande. Det som redan är lämnat behöver inte skickas igen. "
    .. "Finns något inte, svara att det inte finns.")
  common.request_tables(doc, result)
  return doc
end
