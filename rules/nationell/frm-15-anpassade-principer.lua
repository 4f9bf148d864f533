return rule {
  id     = "FRM-15",
  title  = "Anpassningar av redovisningsprinciperna är angivna med skäl",
  ground = "LKBR 4 kap. 3 § tredje stycket, 9 kap. 3–4 §§",
  level  = "deviation",
  why    = "Lagen kräver skäl för avvikelser; att noten nämner LKBR eller RKR kräver den inte.",
  needs  = { "redovisningsprinciper" },
  recommendation = "Ange vilka anpassningar som gjorts och skälen för dem.",
  check  = function(ar)
    local not1 = ar.redovisningsprinciper
    if not not1.anpassningar or not1.skal_for_anpassningar then return end
    return finding("Redovisningsprinciperna uppger ”{text}” utan att ange vilka anpassningarna är eller skälen för dem.",
      { text = not1.anpassningar }, { at = "redovisningsprinciper.anpassningar" })
  end,
}
