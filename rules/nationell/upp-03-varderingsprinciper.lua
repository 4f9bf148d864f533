local tecken = { "värder", "anskaffningsvärde", "verkligt värde", "nominell", "periodiser", "avskriv" }

return rule {
  id     = "UPP-03",
  title  = "Principerna för värdering är angivna",
  ground = "LKBR 9 kap. 4 §",
  level  = "deviation",
  needs  = { "redovisningsprinciper" },
  recommendation = "Ange hur tillgångar, avsättningar och skulder värderas och hur intäkter och kostnader periodiseras.",
  limits = "Principerna känns igen på enstaka ord.",
  check  = function(ar)
    local not1 = ar.redovisningsprinciper
    if not1.varderingsprinciper then return end
    for _, ord in ipairs(tecken) do
      if contains(not1.text, ord) then return end
    end
    return finding("Noten om redovisningsprinciper säger inte hur tillgångar, avsättningar och skulder är värderade.",
      {}, { at = not1 })
  end,
}
