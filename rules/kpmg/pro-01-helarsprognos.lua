return rule {
  id     = "PRO-01",
  title  = "Helårsprognosen träffar utfallet",
  ground = "LKBR 11 kap. 9 §; god sed för prognoser",
  level  = "recommendation",
  needs  = { "prognos.arets_resultat", "arets_resultat", "medlemsbidrag" },
  recommendation = "Förbättra träffsäkerheten i prognosarbetet.",
  check  = function(ar, p)
    local prognos, utfall, bidrag = ar.prognos.arets_resultat, ar.arets_resultat, ar.medlemsbidrag
    if bidrag <= kr(0) then return end
    local miss = utfall - prognos
    local andel = miss:abs() / bidrag
    if andel <= p.prognos.storsta_miss then return end
    return finding("Prognosen för årets resultat var {prognos:tkr} och utfallet blev {utfall:tkr}, {miss:tkr} "
      .. (miss > kr(0) and "bättre" or "sämre") .. " eller {andel:%1~grans} av medlemsbidragen. En avvikelse på mer än {grans} bör leda till åtgärd.",
      { prognos = prognos, utfall = utfall, miss = miss:abs(), andel = andel,
        grans = p.prognos.storsta_miss:text() }, { at = prognos })
  end,
}
