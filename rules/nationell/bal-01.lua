local same = { arets_resultat = true, efter_balanskravsjusteringar = true, balanskravsresultat = true }

return rule {
  id     = "BAL-01",
  title  = "Balanskravsresultatet är årets resultat när inget justeras",
  ground = "LKBR 11 kap. 10 §",
  level  = "error",
  needs  = { "balanskravsresultat", "arets_resultat" },
  check  = function(ar)
    local utredning = ar.balanskravsutredning
    if utredning then
      for row in utredning:rows() do
        local belopp = row.belopp
        if belopp and not same[row.id] and not belopp:is_zero() then return end
      end
    end
    local balanskrav = ar.balanskravsresultat
    local resultat = utredning and utredning.arets_resultat
      or ar.resultatrakning and ar.resultatrakning.arets_resultat or ar.arets_resultat
    if agrees(balanskrav, resultat) then return end
    return finding("Balanskravsresultatet är {balanskrav} och årets resultat {resultat} utan att någon post är justerad; skillnaden är {skillnad}.",
      { balanskrav = balanskrav, resultat = resultat, skillnad = (balanskrav - resultat):abs() },
      { at = balanskrav })
  end,
}
