local malen = { "deltagare_mal", "nojdhet_mal", "stegforflyttning_mal" }

return rule {
  id     = "MAL-02",
  title  = "Målen för verksamheten är mätbara",
  ground = "KL 11 kap. 6 §; LKBR 11 kap. 8 §",
  level  = "recommendation",
  needs  = { "mal" },
  recommendation = "Ange för varje mål ett tal eller ett kriterium som visar när det är uppnått.",
  limits = "Ett mål utan tal kan vara mätbart genom ett kriterium i ord.",
  check  = function(ar)
    local vaga, alla, forst = 0, 0, nil
    for mal in each(ar.mal) do
      if mal.typ ~= "finansiellt" and mal.typ ~= "samlat" then
        alla = alla + 1
        if not mal.mal then
          vaga, forst = vaga + 1, forst or mal
        end
      end
    end
    local insatser, antal = 0, #(ar.insatser or {})
    for insats in each(ar.insatser) do
      local matt = insats.resultatmal
      for _, namn in ipairs(malen) do matt = matt or insats[namn] end
      if matt then insatser = insatser + 1 end
    end
    if not forst then return end
    local ingen = insatser < 1 and vaga >= alla
    return finding((alla > 1 and (vaga >= alla and "Inget av de {ord} verksamhetsmålen har ett målvärde." or "{vaga} av {alla} verksamhetsmål har inget målvärde.") or "Det enda verksamhetsmålet har inget målvärde.")
      .. (antal > 1 and " Av {antal} insatser har {insatser} mål i tal." or antal > 0 and " Den enda insatsen har " .. (insatser > 0 and "mål i tal." or "inte heller mål i tal.") or ""),
      { vaga = vaga, alla = alla, ord = in_words(alla), antal = antal, insatser = insatser > 0 and insatser or "ingen" },
      { at = forst, level = ingen and "recommendation" or "note" })
  end,
}
