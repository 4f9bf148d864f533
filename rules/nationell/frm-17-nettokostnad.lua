return rule {
  id     = "FRM-17",
  title  = "Nettokostnaden är en kostnad och inget överskott",
  ground = "LKBR 4 kap. 2 §, 5 kap. 2–3 §§",
  level  = "note",
  why    = "LKBR 5 kap. 2 § föreskriver båda raderna med dessa namn; att beloppet är ett överskott är bara värt att veta.",
  needs  = { "resultatrakning.verksamhetens_nettokostnader", "resultatrakning.verksamhetens_resultat" },
  limits = "Lagens uppställningsform har båda raderna; utan skatteintäkter får de samma belopp.",
  check  = function(ar)
    local netto = ar.resultatrakning:row("verksamhetens_nettokostnader")
    local resultat = ar.resultatrakning:row("verksamhetens_resultat")
    if not netto or not resultat then return end
    if netto.belopp <= kr(0) or netto.belopp:point() ~= resultat.belopp:point() then return end
    return finding("Samma belopp, {belopp}, är tryckt under två namn: {netto} och {resultat}. Beloppet är ett överskott, eftersom medlemsbidragen ingår i verksamhetens intäkter; båda raderna hör till lagens uppställningsform.",
      { belopp = netto.belopp, resultat_belopp = resultat.belopp, netto = netto.label,
        resultat = resultat.label }, { at = netto.belopp })
  end,
}
