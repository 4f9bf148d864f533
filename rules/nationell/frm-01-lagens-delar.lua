local delar = {
  { "resultatrakning", "resultaträkning" },
  { "balansrakning", "balansräkning" },
  { "kassaflodesanalys", "kassaflödesanalys" },
  { "driftredovisning", "driftredovisning" },
  { "forvaltningsberattelse", "förvaltningsberättelse" },
}

local function har_noter(ar)
  for t in each(ar:tables()) do
    if t.number_ then return true end
  end
  return ar.redovisningsprinciper ~= nil
end

-- Anges det någonstans att inget har investerats, eller varför redovisningen saknas?
local function inga_investeringar(ar)
  if ar.investeringar and ar.investeringar:is_zero() then return true end
  local texter = {}
  texter[#texter + 1] = ar:get("redovisningsprinciper.text")
  texter[#texter + 1] = ar:get("forvaltningsberattelse.vasentliga_handelser")
  for uppgift in each(ar.uppgifter) do texter[#texter + 1] = uppgift.text end
  for avsteg in each(ar.avsteg) do texter[#texter + 1] = avsteg.text end
  for text in each(texter) do
    if contains(text, "inga investeringar") or contains(text, "investeringsredovisning") then
      return true
    end
  end
end

return rule {
  id     = "FRM-01",
  title  = "Årsredovisningen har lagens delar",
  ground = "LKBR 4 kap. 1 §",
  level  = "deviation",
  recommendation = "Komplettera årsredovisningen med den del som saknas; för investeringsredovisningen räcker det att ange att inga investeringar har gjorts.",
  limits = "Noter räknas som en del även om bara redovisningsprinciperna är angivna.",
  check  = function(ar)
    local saknas = {}
    local egna = ar.rakenskapsar >= 2019 -- före LKBR hörde drift och investeringar till förvaltningsberättelsen
    for _, del in ipairs(delar) do
      if not ar[del[1]] and (egna or del[1] ~= "driftredovisning") then
        saknas[#saknas + 1] = finding("Årsredovisningen saknar {del}.", { del = del[2] })
      end
    end
    if not har_noter(ar) then
      saknas[#saknas + 1] = finding("Årsredovisningen saknar noter.")
    end
    if egna and not ar.investeringsredovisning and not inga_investeringar(ar) then
      saknas[#saknas + 1] = finding("Årsredovisningen saknar investeringsredovisning, och det anges inte att inga investeringar har gjorts under {ar}.",
        { ar = ar.rakenskapsar }, { at = ar.driftredovisning })
    end
    return #saknas > 0 and saknas or nil
  end,
}
