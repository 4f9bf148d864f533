return rule {
  id     = "EKA-05",
  title  = "Eget kapital är inte negativt, nu eller med nästa års budget",
  ground = "FinsamL 22 §; KL 11 kap. 1 §",
  level  = "deviation",
  document = "alla",
  needs  = { "eget_kapital" },
  recommendation = "Besluta om en åtgärdsplan; medlemmarna ansvarar för de skulder som tillgångarna inte täcker.",
  check  = function(ar)
    local ek = ar.eget_kapital
    if ek < kr(0) then
      return finding("Eget kapital är {ek} vid årets slut: tillgångarna räcker inte till skulder och avsättningar. Det fattas {brist}.",
        { ek = ek, brist = -ek }, { at = ek })
    end
    local resultat = ar.kommande.budget:precise("arets_resultat")
    if not resultat or ek + resultat >= kr(0) then return end
    return finding("Budgeten för {ar} har resultatet {resultat}. Eget kapital, {ek} vid årets slut, räcker inte; det fattas {brist}.",
      { ar = ar.rakenskapsar + 1, resultat = resultat, ek = ek, brist = -(ek + resultat) },
      { at = resultat, level = "recommendation" })
  end,
}
