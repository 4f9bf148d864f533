return rule {
  id     = "PRO-02",
  title  = "Budgeten träffar utfallet",
  ground = "LKBR 10 kap. 1 §, 11 kap. 9 §",
  level  = "recommendation",
  needs  = { "budget.arets_resultat", "arets_resultat", "medlemsbidrag" },
  recommendation = "Se över hur budgeten läggs så att utfallet inte avviker år efter år.",
  check  = function(ar, p)
    local budget, utfall = ar.budget:precise("arets_resultat"), ar.arets_resultat
    local bidrag = ar.medlemsbidrag
    if bidrag <= kr(0) then return end
    local avvikelse = utfall - budget
    local andel = avvikelse:abs() / bidrag
    if andel <= p.budget.storsta_avvikelse then return end
    return finding("Årets resultat är {utfall}, {avvikelse} "
      .. (avvikelse > kr(0) and "bättre" or "sämre") .. " än budgeten {budget}. Avvikelsen är {andel:%1~grans} av medlemsbidragen; över {grans} bör den leda till åtgärd.",
      { utfall = utfall, avvikelse = avvikelse:abs(), budget = budget, andel = andel,
        grans = p.budget.storsta_avvikelse:text() }, { at = budget })
  end,
}
