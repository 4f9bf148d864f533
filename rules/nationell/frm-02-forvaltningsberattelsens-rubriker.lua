-- Rubrikerna i RKR R15 och de ord som en rubrik känns igen på; koncernen är utelämnad.
local ordning = {
  { "Översikt över verksamhetens utveckling", "översikt", "utveckling" },
  { "Viktiga förhållanden för resultat och ekonomisk ställning", "viktiga förhållanden" },
  { "Händelser av väsentlig betydelse", "händelser", "väsentlig" },
  { "Styrning och uppföljning av verksamheten", "styrning", "uppföljning" },
  { "God ekonomisk hushållning och ekonomisk ställning", "god ekonomisk hushållning" },
  { "Balanskravsresultat", "balanskrav" },
  { "Väsentliga personalförhållanden", "personal" },
  { "Förväntad utveckling", "förväntad" },
}

-- Var i listan den första rubriken med alla orden står.
local function plats(rubriker, ord)
  for i, rubrik in ipairs(rubriker) do
    local alla = true
    for k = 2, #ord do alla = alla and contains(rubrik, ord[k]) end
    if alla then return i end
  end
end

return rule {
  id     = "FRM-02",
  title  = "Förvaltningsberättelsen följer de bestämda rubrikerna",
  ground = "LKBR 11 kap.; RKR R15",
  level  = "deviation",
  from   = "2020-01-01",
  needs  = { "forvaltningsberattelse.rubriker" },
  recommendation = "Ställ upp förvaltningsberättelsen enligt de bestämda rubrikerna.",
  limits = "Rubriker känns igen på enstaka ord, så en rubrik med andra ord räknas som saknad.",
  check  = function(ar)
    local rubriker, fel = ar.forvaltningsberattelse.rubriker, {}
    local sist, forra = 0, nil
    for _, ord in ipairs(ordning) do
      local i = plats(rubriker, ord)
      if not i then
        fel[#fel + 1] = finding("Förvaltningsberättelsen saknar rubriken ”{rubrik}”.",
          { rubrik = ord[1] }, { at = "forvaltningsberattelse.rubriker" })
      elseif i < sist then
        fel[#fel + 1] = finding("”{rubrik}” står före ”{forra}” i förvaltningsberättelsen men ska stå efter.",
          { rubrik = rubriker[i], forra = forra },
          { at = "forvaltningsberattelse.rubriker." .. i })
      else
        sist, forra = i, rubriker[i]
      end
    end
    return #fel > 0 and fel or nil
  end,
}
