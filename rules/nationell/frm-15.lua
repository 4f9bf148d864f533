return rule {
  id     = "FRM-15",
  title  = "Redovisningsprinciperna nämner LKBR och RKR och skälen för anpassningar",
  ground = "LKBR 4 kap. 3 §, 9 kap. 4 §",
  level  = "deviation",
  needs  = { "redovisningsprinciper" },
  recommendation = "Ange vilka anpassningar som gjorts och skälen för dem.",
  check  = function(ar)
    local not1, fel = ar.redovisningsprinciper, {}
    if not not1.namner_lkbr and not contains(not1.text, "kommunal bokföring och redovisning") then
      fel[1] = finding("Redovisningsprinciperna anger inte att årsredovisningen följer lagen om kommunal bokföring och redovisning (LKBR).",
        {}, { at = not1, recommendation = "Ange att LKBR är tillämpad." })
    end
    if not not1.namner_rkr and not contains(not1.text, "Rådet för kommunal redovisning") then
      fel[#fel + 1] = finding("Redovisningsprinciperna anger inte att rekommendationer från Rådet för kommunal redovisning (RKR) är tillämpade.",
        {}, { at = not1, recommendation = "Ange att RKR:s rekommendationer är tillämpade." })
    end
    if not1.anpassningar and not not1.skal_for_anpassningar then
      fel[#fel + 1] = finding("Redovisningsprinciperna uppger ”{text}” utan att ange vilka anpassningarna är eller skälen för dem.",
        { text = not1.anpassningar }, { at = "redovisningsprinciper.anpassningar" })
    end
    return #fel > 0 and fel or nil
  end,
}
