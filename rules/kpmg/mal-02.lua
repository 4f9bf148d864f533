local goals = { "deltagare_mal", "nojdhet_mal", "stegforflyttning_mal" }

return rule {
  id     = "MAL-02",
  title  = "Målen för verksamheten är mätbara",
  ground = "KL 11 kap. 6 §; LKBR 11 kap. 8 §",
  level  = "recommendation",
  needs  = { "mal" },
  recommendation = "Ange för varje mål ett tal eller ett kriterium som visar när det är uppnått.",
  limits = "Ett mål utan tal kan vara mätbart genom ett kriterium i ord.",
  check  = function(ar)
    local vaga, alla, first = 0, 0, nil
    for mal in each(ar.mal) do
      if mal.typ ~= "finansiellt" and mal.typ ~= "samlat" then
        alla = alla + 1
        if not mal.mal then
          vaga, first = vaga + 1, first or mal
        end
      end
    end
    local insatser = 0
    for insats in each(ar.insatser) do
      local measured = insats.resultatmal
      for _, name in ipairs(goals) do measured = measured or insats[name] end
      if measured then insatser = insatser + 1 end
    end
    if not first then return end
    local none = insatser < 1 and vaga >= alla
    return finding("{vaga} av {alla} verksamhetsmål har inget målvärde. {insatser} av insatserna har mål i tal.",
      { vaga = vaga, alla = alla, insatser = insatser > 0 and insatser or "Ingen" },
      { at = first, level = none and "recommendation" or "note" })
  end,
}
