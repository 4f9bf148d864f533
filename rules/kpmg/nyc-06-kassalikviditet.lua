return rule {
  id     = "NYC-06",
  title  = "Omsättningstillgångarna utan förråd räcker till de kortfristiga skulderna",
  ground = "KL 11 kap. 1 §; LKBR 11 kap. 9 §",
  level  = "recommendation",
  needs  = { "omsattningstillgangar", "kortfristiga_skulder" },
  recommendation = "Följ likviditeten och planera utbetalningarna till insatserna efter den.",
  check  = function(ar, p)
    local forrad = or_zero(ar:get("balansrakning.forrad"))
    local tillgangar, skulder = ar.omsattningstillgangar - forrad, ar.kortfristiga_skulder
    if tillgangar >= p.kassalikviditet.lagst * skulder then return end
    return finding("Kassalikviditeten är {kvot:%1~lagst}: omsättningstillgångarna "
      .. (forrad:is_zero() and "är" or "utan förråd är") .. " {tillgangar} och de kortfristiga skulderna {skulder}. Den bör vara minst {lagst}.",
      { kvot = tillgangar / skulder, tillgangar = tillgangar, skulder = skulder,
        lagst = p.kassalikviditet.lagst:text() }, { at = skulder })
  end,
}
