return rule {
  id     = "MAL-13",
  title  = "Deltagarna i sammanfattningen är insatsernas deltagare",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "deltagare_totalt", "insatser" },
  recommendation = "Stäm av sammanfattningens antal mot insatsernas.",
  limits = "Den som deltagit i två insatser räknas två gånger här.",
  check  = function(ar)
    local delar, tal = {}, {}
    for insats in each(ar.insatser) do
      if insats.typ == "individ" then
        local antal = insats.deltagare
        if not antal then return not_applicable("antalet deltagare är inte tryckt för varje insats") end
        delar[#delar + 1], tal[#tal + 1] = antal, antal:text()
      end
    end
    local summa, total = sum(delar), ar.deltagare_totalt
    if not summa then return not_applicable("inga individinriktade insatser") end
    if agrees(total, summa) then return end
    if total < summa and contains(total:fact().label, "unik") then
      return not_applicable("sammanfattningen räknar var och en en gång")
    end
    local skillnad = (total:point() - summa):abs()
    return finding("Sammantaget uppges {tryckt} deltagare men insatserna har {summa} ({tal}); skillnaden är {skillnad}.",
      { tryckt = total, summa = summa, tal = table.concat(tal, " + "), skillnad = skillnad },
      { at = total })
  end,
}
