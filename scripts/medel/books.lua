-- books.lua: what every command says of a ledger: what could not be read, and what the rules
-- of the books find.
local medel = require "medel"

local books = {}

-- The fields that could not be read: { line, text }.
function books.unread(bok)
  local list = {}
  for _, d in ipairs(bok.fel > 0 and bok:deviations() or {}) do
    if d.severity == "error" then list[#list + 1] = { line = d.line, label = d.label, text = d.text } end
  end
  return list
end

local function lines_of(list)
  local out = {}
  for i, d in ipairs(list) do
    if i > 8 then
      out[i] = "…"
      break
    end
    out[i] = tostring(d.line)
  end
  if #out < 2 then return "rad " .. (out[1] or "?") end
  local last = table.remove(out)
  return "rad " .. table.concat(out, ", ") .. (last == "…" and " …" or " och " .. last)
end

-- The same as one sentence, or nil: what a figure beside it lacks.
function books.unread_sentence(bok)
  local list = books.unread(bok)
  if #list == 0 then return nil end
  local n = bok.fel
  return medel.show(("Inte allt i filen kunde läsas: %d fält på %s (%s). Poster utan läsbart belopp eller konto är inte med i någon siffra."):format(
    n, lines_of(list), list[1].text))
end

-- Another currency than kronor, or nil.
function books.foreign(bok)
  local valuta = bok.valuta
  return valuta and valuta ~= "" and valuta ~= "SEK" and valuta or nil
end

-- An audit of the ledger alone: on a report that says nothing but its year.  A file that says
-- no year has that of its last voucher; what needs a year of the books says that it does.
-- options: those of a session (medel.session); the pack huvudbok unless others are chosen.
function books.audit(bok, options)
  local how = { ledger = bok, packs = { "huvudbok" }, own_checks = false }
  for key, value in pairs(options or {}) do how[key] = value end
  local asked = require("medel.session").new(how)
  local year = bok.rakenskapsar > 0 and tostring(bok.rakenskapsar) or bok.sista and bok.sista:sub(1, 4) or bok.skapad and bok.skapad:sub(1, 4)
  local ar, why = medel.read_report(asked:taxonomy(), require "medel.yaml_text" { medel = "1", rakenskapsar = year or "2000" }, bok.fil)
  if not ar then error(why, 0) end
  local result = asked:audit(ar)
  result.title = ("%s · huvudbok%s"):format(bok.foretag or bok.fil, bok.rakenskapsar > 0 and " " .. bok.rakenskapsar or "")
  return result
end

return books
