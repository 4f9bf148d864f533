return rule {
  id     = "IND-05",
  title  = "Andelar och trender bygger på tillräckligt många svar",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §; god sed för enkäter",
  level  = "note",
  needs  = { "indikatorer" },
  recommendation = "Ange antalet svar och dra inga slutsatser av ändringar som få svar kan förklara.",
  check  = function(ar, p)
    local grupper, ordning, provat = {}, {}, false
    for ind in each(ar.indikatorer) do
      local svar = ind.svar
      provat = provat or svar
      if svar and svar < p.svar.minsta_antal * count(1) and (ind.positivt or ind.negativt or ind.varken) then
        local nyckel = ind.respondent or ind.kalla or ""
        local g = grupper[nyckel]
        if not g then
          g = { n = 0, svar = svar }
          grupper[nyckel], ordning[#ordning + 1] = g, nyckel
        end
        g.n, g.svar = g.n + 1, smallest(g.svar, svar)
      end
    end
    if not provat then return not_applicable("antalet svar är inte tryckt") end
    local ut = {}
    for _, nyckel in ipairs(ordning) do
      local g = grupper[nyckel]
      ut[#ut + 1] = finding("{vem}: {n} andelar bygger på så få som {svar} svar. Under {grans} svar flyttar ett enda svar andelen mycket, och en ändring mellan åren säger lite.",
        { vem = nyckel, n = g.n, svar = g.svar, grans = (p.svar.minsta_antal * count(1)):text() }, { at = g.svar })
    end
    return ut
  end,
}
