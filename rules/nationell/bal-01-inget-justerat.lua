local samma = { arets_resultat = true, efter_balanskravsjusteringar = true, balanskravsresultat = true }

return rule {
  id     = "BAL-01",
  title  = "Balanskravsresultatet är årets resultat när inget justeras",
  ground = "LKBR 11 kap. 10 §",
  level  = "error",
  needs  = { "balanskravsresultat", "arets_resultat" },
  limits = "En utredning som visar både årets resultat och balanskravsresultatet prövas av SUM-21.",
  check  = function(ar)
    local utredning = ar.balanskravsutredning
    if utredning then
      for rad in utredning:rows() do
        local belopp = rad.belopp
        if belopp and not samma[rad.id] and not belopp:is_zero() then return end
      end
    end
    if utredning and utredning:row("arets_resultat") and utredning:row("balanskravsresultat") then
      return not_applicable("utredningens egna rader prövas av SUM-21")
    end
    local balanskrav = ar.balanskravsresultat
    local resultat = ar.resultatrakning and ar.resultatrakning.arets_resultat or ar.arets_resultat
    if agrees(balanskrav, resultat) then return end
    return finding("Balanskravsresultatet är {balanskrav} och årets resultat {resultat} utan att någon post är justerad; skillnaden är {skillnad}.",
      { balanskrav = balanskrav, resultat = resultat, skillnad = (balanskrav - resultat):abs() },
      { at = balanskrav })
  end,
}
