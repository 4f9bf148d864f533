return rule {
  id     = "IND-05",
  title  = "Andelar och trender bygger på tillräckligt många svar",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §; god sed för enkäter",
  level  = "note",
  needs  = { "indikatorer" },
  recommendation = "Ange antalet svar och dra inga slutsatser av ändringar som få svar kan förklara.",
  check  = function(ar, p)
    local groups, order, tried = {}, {}, false
    for ind in each(ar.indikatorer) do
      local svar = ind.svar
      tried = tried or svar
      if svar and svar < p.svar.minsta_antal * count(1) and (ind.positivt or ind.negativt or ind.varken) then
        local key = ind.respondent or ind.kalla or ""
        local g = groups[key]
        if not g then
          g = { n = 0, svar = svar }
          groups[key], order[#order + 1] = g, key
        end
        g.n, g.svar = g.n + 1, smallest(g.svar, svar)
      end
    end
    if not tried then return not_applicable("antalet svar är inte tryckt") end
    local out = {}
    for _, key in ipairs(order) do
      local g = groups[key]
      out[#out + 1] = finding("{vem}: {n} andelar bygger på så få som {svar} svar. Under {grans} svar flyttar ett enda svar andelen mycket, och en ändring mellan åren säger lite.",
        { vem = key, n = g.n, svar = g.svar, grans = (p.svar.minsta_antal * count(1)):text() }, { at = g.svar })
    end
    return out
  end,
}
