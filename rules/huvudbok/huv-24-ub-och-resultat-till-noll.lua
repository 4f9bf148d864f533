return rule {
  id     = "HUV-24",
  title  = "Utgående balanser och resultat summerar till noll",
  ground = "BFL 5 kap.; dubbel bokföring",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Ta ut en ny SIE-fil och stäm av balans- och resultaträkning mot huvudboken.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local ubs, resultaten, balans, resultat, olasta = 0, 0, 0, 0, false
    for konto, _, _, ub, res in bok:balances() do
      olasta = olasta or bok:lacks(konto)
      if ub then balans, ubs = balans + ub, ubs + 1 end
      if res then resultat, resultaten = resultat + res, resultaten + 1 end
    end
    if ubs == 0 or resultaten == 0 then return not_applicable("filen har inte både utgående balanser och resultat") end
    if bok.verifikationer > 0 then
      return not_applicable("filen har verifikationer, och då prövas saldona konto för konto (HUV-01, HUV-02, HUV-05 och HUV-23)")
    end
    if balans + resultat == 0 then return end
    if olasta then return not_applicable("en utgående balans eller ett resultat kunde inte läsas (HUV-25)") end
    -- The balances agree by themselves, and eget kapital has moved by the result: it is turned over already.
    if balans == 0 and or_zero(bok:ub "20"):ore() - or_zero(bok:ib "20"):ore() == resultat then return end
    local ub, res = bok:ub(""), bok:res("")
    return finding("De utgående balanserna på {n} summerar till {ub} och resultaten på {m} till {res}; tillsammans {summa}, som ska vara 0.",
      { n = counted(ubs, "konto", "konton"), ub = ub, m = counted(resultaten, "konto", "konton"), res = res, summa = ub + res }, { at = ub })
  end,
}
