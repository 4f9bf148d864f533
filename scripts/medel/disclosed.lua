-- disclosed.lua: a tie between years that fails by an amount which the principles state as a
-- correction or a change is explained by them (LKBR 4 kap. 4 § 7, RKR R12): a note, no error.  A
-- correction of the opening balance that is told of without its amount is a question.  So is a
-- comparative of two places when the principles say that comparatives are restated, or are not in
-- the file and may say it: one may not be.
local medel = require "medel"

local signs = { "rättelse", "rätta", "korriger", "byte av", "ändrad", "ändrade", "omräkn", "justering" }

local openings = { "ingående", "eget kapital", "tidigare års", "föregående års" }

-- The amounts that the principles say were corrected or changed; and whether they speak of the
-- opening balance without any.
local function stated(ar)
  local principles, out, opening = ar.redovisningsprinciper, {}, false
  for _, field in ipairs(principles and { "andrade_principer", "anpassningar", "skal_for_anpassningar", "text" } or {}) do
    local text = principles[field] or ""
    for sentence in (text .. (text:find "[.!?]%s*$" and " " or ". ")):gmatch "(.-[.!?])%s" do
      local speaks = field == "andrade_principer"
      for _, word in ipairs(signs) do speaks = speaks or medel.contains(sentence, word) end
      for _, word in ipairs(openings) do opening = opening or speaks and medel.contains(sentence, word) end
      for _, figure in ipairs(speaks and medel.figures_in(sentence) or {}) do
        if figure.value:unit() == "amount" then out[#out + 1] = figure end
      end
    end
  end
  return out, opening and #out == 0
end

local function of_equity(finding)
  for _, f in ipairs(finding.evidence or {}) do
    if f.concept == "eget_kapital" or f.concept == "ovrigt_eget_kapital" then return true end
  end
  return false
end

local function between_years(finding)
  local facts = finding.evidence or {}
  for _, f in ipairs(facts) do
    if f.year ~= facts[1].year then return true end
  end
  return false
end

local function restated(ar)
  local principles = ar.redovisningsprinciper
  return principles and (principles.omraknade_jamforelsetal
    or medel.contains(principles.andrade_principer or "", "jämförelse")) or false
end

local function of_earlier_years(finding, year)
  for _, f in ipairs(finding.evidence or {}) do
    if f.year >= year then return false end
  end
  return #(finding.evidence or {}) > 0
end

-- What is restated keeps its sign, its unit and about its size.
local slips = { ["omvänt tecken"] = true, ["kronor och tusental förväxlade"] = true,
  ["en siffra har fallit bort"] = true, ["en siffra för mycket"] = true }

local function may_be_restated(f)
  return f.difference and f.difference:unit() == "amount" and not slips[f.cause]
end

local function ask(f, why)
  if f.level == "note" then return end
  f.level, f.proof, f.cause, f.recommendation = "note", "question", nil, nil
  f.message = f.message:gsub(" Trolig orsak:.*$", ""):gsub(" Ändras bara .*$", "") .. why
end

-- Where the principles are not in the file, a tie that the law does not make true is asked about.
local function unread(f, what)
  ask(f, (" Redovisningsprinciperna, som skulle säga om %s, finns inte i filen."):format(what))
end

-- Findings of the core's ties between years, lowered where the difference is such an amount.
return function(result)
  local amounts, unsaid
  for _, f in ipairs(result.findings) do
    local gap, tie = f.difference, f.proof and f.proof ~= "definition"
    if tie and of_earlier_years(f, result.ar.rakenskapsar) then
      if restated(result.ar) then
        ask(f, " Redovisningsprinciperna uppger att jämförelsetalen är omräknade.")
      elseif not result.ar.redovisningsprinciper and may_be_restated(f) then
        unread(f, "jämförelsetalen är omräknade")
      end
    end
    if gap and gap:unit() == "amount" and between_years(f) then
      if tie and not result.ar.redovisningsprinciper and of_equity(f) then
        unread(f, "något har rättats mot det egna kapitalet")
      end
      if not amounts then amounts, unsaid = stated(result.ar) end
      if unsaid and of_equity(f) then
        f.level, f.cause, f.recommendation, f.proof = "note", nil, nil, "question"
        f.message = f.message .. " Redovisningsprinciperna uppger en rättelse eller ändring men inte beloppet."
      end
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
