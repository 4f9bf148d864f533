-- disclosed.lua: a tie between years that fails by an amount which the principles state as a
-- correction or a change is explained by them (LKBR 4 kap. 4 § 7, RKR R12): a note, no error.
local medel = require "medel"

local signs = { "rättelse", "rätta", "korriger", "byte av", "ändrad", "ändrade", "omräkn", "justering" }

-- The amounts that the principles say were corrected or changed.
local function stated(ar)
  local principles, out = ar.redovisningsprinciper, {}
  for _, field in ipairs(principles and { "andrade_principer", "anpassningar", "skal_for_anpassningar", "text" } or {}) do
    local text = principles[field] or ""
    for sentence in (text .. (text:find "[.!?]%s*$" and " " or ". ")):gmatch "(.-[.!?])%s" do
      local speaks = field == "andrade_principer"
      for _, word in ipairs(signs) do speaks = speaks or medel.contains(sentence, word) end
      for _, figure in ipairs(speaks and medel.figures_in(sentence) or {}) do
        if figure.value:unit() == "amount" then out[#out + 1] = figure end
      end
    end
  end
  return out
end

local function between_years(finding)
  local facts = finding.evidence or {}
  for _, f in ipairs(facts) do
    if f.year ~= facts[1].year then return true end
  end
  return false
end

-- Findings of the core's ties between years, lowered where the difference is such an amount.
return function(result)
  local amounts
  for _, f in ipairs(result.findings) do
    local gap = f.difference
    if gap and gap:unit() == "amount" and between_years(f) then
      amounts = amounts or stated(result.ar)
      for _, figure in ipairs(amounts) do
        if medel.agrees(figure.value:abs(), gap:abs()) then
          f.level, f.cause, f.recommendation = "note", nil, nil
          local told = f.message:gsub(" Inget tryckt belopp förklarar skillnaden%.$", "")
          f.message = ("%s Redovisningsprinciperna uppger en rättelse eller ändring på %s."):format(told, figure.text)
          break
        end
      end
    end
  end
end
