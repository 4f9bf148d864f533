return rule {
  id     = "UPP-05",
  title  = "Det framgår när och hur ett negativt balanskravsresultat regleras",
  ground = "LKBR 11 kap. 11 §",
  level  = "deviation",
  needs  = { "balanskravsresultat" },
  recommendation = "Ange i förvaltningsberättelsen hur underskottet regleras och vad som återstår.",
  limits = "KL 11 kap. 12 § om återställande inom tre år gäller inte samordningsförbund, men upplysningen ska lämnas. Tidigare års underskott prövas av BAL-02.",
  check  = function(ar)
    local nu = ar.balanskravsresultat
    if nu >= kr(0) or ar:get("forvaltningsberattelse.balanskrav_reglering") then return end
    return finding("Balanskravsresultatet är {nu}, men förvaltningsberättelsen anger inte när och hur det ska regleras.",
      { nu = nu }, { at = nu })
  end,
}
