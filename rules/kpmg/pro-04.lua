return rule {
  id     = "PRO-04",
  title  = "En senare prognos ligger närmare utfallet",
  ground = "God sed för prognoser",
  level  = "note",
  needs  = { "prognoser", "arets_resultat" },
  recommendation = "Gå igenom varför den senare prognosen inte blev bättre.",
  limits = "Prognoserna ska stå i den ordning de gjordes.",
  check  = function(ar)
    local out, n, fore = {}, 0, nil
    local utfall = ar.arets_resultat
    for prognos in each(ar.prognoser) do
      if prognos.begrepp == "arets_resultat" then
        n = n + 1
        local miss = (utfall - prognos.tal):abs()
        if fore and miss > fore.miss and not agrees(prognos.tal, fore.tal) then
          out[#out + 1] = finding("Prognosen {nar} var {tal:tkr}, {miss:tkr} från utfallet {utfall:tkr}; den tidigare, {fore:tkr}, låg närmare ({fore_miss:tkr}).",
            { nar = prognos.gjord or prognos.kalla or "", tal = prognos.tal, miss = miss, utfall = utfall,
              fore = fore.tal, fore_miss = fore.miss }, { at = prognos.tal })
        end
        fore = { tal = prognos.tal, miss = miss }
      end
    end
    if n < 2 then return not_applicable("bara en prognos för årets resultat är tryckt") end
    return out
  end,
}
