return rule {
  id     = "INF-01",
  title  = "Inflödets andelar summerar till hundra procent",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "insatser" },
  recommendation = "Redovisa alla vägar in, eller säg att resten är övriga.",
  check  = function(ar)
    local out, tried = {}, false
    for insats in each(ar.insatser) do
      local andelar, antal = {}, {}
      for kalla in each(insats.inflode) do
        local andel = kalla.andel
        local list = andel and (andel:unit() == "share" and andelar or antal)
        if list then list[#list + 1] = andel end
      end
      local nya = sum(antal)
      if nya and insats.deltagare and nya > insats.deltagare and not agrees(nya, insats.deltagare) then
        tried = true
        out[#out + 1] = finding("{namn}: vägarna in i insatsen är tillsammans {nya}, fler än deltagarna, {deltagare}.",
          { namn = insats.namn, nya = nya, deltagare = insats.deltagare }, { at = antal[1], level = "note" })
      end
      local summa = #andelar > 1 and sum(andelar)
      tried = tried or summa
      if summa and not agrees(summa, percent(100)) then
        local for_lite = summa < percent(100)
        out[#out + 1] = finding("{namn}: vägarna in i insatsen är tillsammans {summa:%}; {rest:pe} "
          .. (for_lite and "är inte redovisade." or "för mycket."),
          { namn = insats.namn, summa = summa, rest = (percent(100) - summa):abs() },
          { at = andelar[1], level = for_lite and "note" or "deviation" })
      end
    end
    if not tried then return not_applicable("inget inflöde är redovisat i andelar") end
    return out
  end,
}
