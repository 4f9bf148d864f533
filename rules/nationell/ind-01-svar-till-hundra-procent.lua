return rule {
  id     = "IND-01",
  title  = "Svarens andelar summerar till hundra procent",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "indikatorer[negativt, varken, positivt]" },
  check  = function(ar)
    local ut = {}
    for ind in each(ar.indikatorer) do
      local negativt, varken, positivt = ind.negativt, ind.varken, ind.positivt
      if negativt and varken and positivt then
        local summa = negativt + varken + positivt
        if not agrees(summa, percent(100)) then
          ut[#ut + 1] = finding("Indikator {nr}, {vem}: {negativt} negativt, {varken} varken eller och {positivt} positivt är tillsammans {summa:%}.",
            { nr = ind.nr or "utan nummer", vem = ind.respondent or "alla svarande", negativt = negativt,
              varken = varken, positivt = positivt, summa = summa }, { at = positivt })
        end
      end
    end
    return ut
  end,
}
