return rule {
  id     = "INF-01",
  title  = "Inflödet är alla deltagare",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "insatser" },
  recommendation = "Redovisa alla vägar in, eller säg att resten är övriga.",
  check  = function(ar)
    local ut, provat = {}, false
    for insats in each(ar.insatser) do
      local andelar, antal = {}, {}
      for kalla in each(insats.inflode) do
        local andel = kalla.andel
        if andel and andel:unit() == "share" then andelar[#andelar + 1] = andel end
        if andel and andel:unit() == "count" then antal[#antal + 1] = andel end
      end
      local summa = #andelar > 1 and sum(andelar)
      provat = provat or summa
      if summa and not agrees(summa, percent(100)) then
        local for_lite = summa < percent(100)
        ut[#ut + 1] = finding("{namn}: vägarna in i insatsen är tillsammans {summa:%}; {rest:pe} "
          .. (for_lite and "är inte redovisade." or "för mycket."),
          { namn = insats.namn, summa = summa, rest = (percent(100) - summa):abs() },
          { at = andelar[1], level = for_lite and "note" or "deviation" })
      end
      local alla, in_ = insats.deltagare, #antal > 1 and #andelar == 0 and sum(antal)
      provat = provat or in_ and alla
      if in_ and alla and not agrees(alla, in_) then
        local for_lite = in_ < alla
        ut[#ut + 1] = finding("{namn}: {summa} har kommit in i insatsen men {alla} har deltagit; {rest} "
          .. (for_lite and "är inte redovisade." or "är för många."),
          { namn = insats.namn, summa = in_, alla = alla, rest = (alla - in_):abs() },
          { at = antal[1], level = "note" })
      end
    end
    if not provat then return not_applicable("inget inflöde är redovisat i andelar eller antal") end
    return ut
  end,
}
