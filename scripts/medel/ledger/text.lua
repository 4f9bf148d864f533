-- text.lua: a view of a ledger for a terminal.
local terminal = require "medel.terminal"
local grouped = require("medel.ledger.views").grouped

local function facts(view)
  local widest, out = 0, {}
  for _, f in ipairs(view.facts or {}) do
    if f[2] and f[3] ~= nil then widest = math.max(widest, terminal.width(f[2])) end
  end
  for _, f in ipairs(view.facts or {}) do
    if f[2] and f[3] ~= nil then
      local value = math.type(f[3]) == "integer" and grouped(f[3]) or f[3]
      out[#out + 1] = terminal.fill(("  %s  "):format(terminal.pad(f[2], widest)), terminal.safe(value), widest + 4) .. "\n"
    end
  end
  return #out > 0 and table.concat(out) .. "\n" or ""
end

return function(view, bok)
  local head = ("%s · %s"):format(view.title, terminal.safe(bok.foretag or bok.fil))
  if bok.rakenskapsar > 0 then head = head .. " · " .. bok.rakenskapsar end
  local out = { terminal.paint("bold", terminal.fill("", terminal.safe(head), 2)), "\n\n", facts(view) }
  for _, text in ipairs(view.lacks or {}) do
    out[#out + 1] = terminal.paint("red", terminal.fill("  ", terminal.safe(text), 2)) .. "\n"
  end
  if #(view.lacks or {}) > 0 then out[#out + 1] = "\n" end
  if #view.rows > 0 then out[#out + 1] = require("medel.tables").text(view) else out[#out + 1] = "Inga rader.\n" end
  if #(view.notes or {}) > 0 then out[#out + 1] = "\n" end
  for _, note in ipairs(view.notes or {}) do out[#out + 1] = terminal.fill("  ", terminal.safe(note), 4) .. "\n" end
  return table.concat(out)
end
