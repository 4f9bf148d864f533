-- A figure for next year in the text about contributions or own capital.
local function berattat(ar, ...)
  for u in each(ar.uppgifter) do
    if u.ar == ar.rakenskapsar + 1 then
      for _, ord in ipairs { ... } do
        if contains(u.text, ord) then return true end
      end
    end
  end
end

return rule {
  id     = "UPP-07",
  title  = "Förväntad utveckling anger nästa års bidrag och eget kapital",
  ground = "LKBR 11 kap. 4 §",
  level  = "recommendation",
  needs  = { "forvaltningsberattelse" },
  recommendation = "Ange i förväntad utveckling nästa års medlemsbidrag och det egna kapital som budgeten leder till.",
  check  = function(ar)
    local fb, nasta = ar.forvaltningsberattelse, ar.kommande.budget
    if not fb.forvantad_utveckling then
      return finding("Förvaltningsberättelsen säger inget om förväntad utveckling.", {}, { at = fb, level = "deviation" })
    end
    local bidrag = nasta.medlemsbidrag or ar.kommande.prognos.medlemsbidrag or berattat(ar, "bidrag", "tilldelning")
    local ek = nasta.eget_kapital or nasta.eget_kapital_andel or nasta.arets_resultat or berattat(ar, "eget kapital", "egna kapital")
    if bidrag and ek then return end
    return finding("Förväntad utveckling anger inte {vad} för nästa år i tal.",
      { vad = bidrag and "eget kapital eller resultat" or ek and "medlemsbidragen" or "medlemsbidragen, eget kapital eller resultat" },
      { at = "forvaltningsberattelse.forvantad_utveckling" })
  end,
}
