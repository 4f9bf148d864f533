return rule {
  id     = "BAL-02",
  title  = "Ett negativt balanskravsresultat täcks, och vad som återstår uppges",
  ground = "LKBR 11 kap. 11 §; FinsamL 24 §",
  level  = "deviation",
  needs  = { "balanskravsresultat", "eget_kapital" },
  recommendation = "Upplys i förvaltningsberättelsen om när och hur underskottet regleras, eller att det täcks av sparade medel.",
  limits = "Kommunallagens krav på återställning inom tre år gäller inte ett samordningsförbund; upplysningen gör det.",
  check  = function(ar)
    local nu, ek = ar.balanskravsresultat, ar.eget_kapital
    if nu < kr(0) then
      local tacks = ek >= kr(0)
      return finding("Balanskravsresultatet är {nu}. Eget kapital är {ek} efter det, så att underskottet "
        .. (tacks and "är täckt." or "inte är täckt."), { nu = nu, ek = ek },
        { at = nu, level = tacks and "note" or "deviation" })
    end
    local fore = ar.foregaende.balanskravsresultat or ar.foregaende.arets_resultat
    local fb = ar.forvaltningsberattelse
    if not fore or fore + nu >= kr(0) or (fb and fb.balanskrav_reglering) then return end
    return finding("Årets balanskravsresultat är {nu} men föregående års underskott var {fore}; {rest} återstår och det sägs inte hur det regleras.",
      { nu = nu, fore = fore, rest = -(fore + nu) }, { at = nu, level = "recommendation" })
  end,
}
