return rule {
  id     = "UPP-04",
  title  = "Avvikelser från RKR:s rekommendationer är motiverade",
  ground = "LKBR 4 kap. 3 §",
  level  = "deviation",
  recommendation = "Ange i not vilken rekommendation som inte är följd och skälen för det.",
  limits = "Att rekommendationerna är tillämpade med ”vissa anpassningar” prövas av FRM-15.",
  check  = function(ar)
    local fel, motiverade = {}, 0
    for avsteg in each(ar.avsteg) do
      local text = avsteg.text
      if contains(text, "RKR") or contains(text, "kommunal redovisning") or contains(avsteg.regel, "RKR") then
        if avsteg.skal then
          motiverade = motiverade + 1
        else
          fel[#fel + 1] = finding("Avsteget ”{text}” anges utan skäl.", { text = text }, { at = avsteg })
        end
      end
    end
    local not1 = ar.redovisningsprinciper
    for ord in each(not1 and { "avviker från", "följer inte", "har inte tillämpats", "tillämpas inte" } or {}) do
      if contains(not1.text, ord) and not not1.skal_for_anpassningar and #fel + motiverade < 1 then
        fel[1] = finding("Redovisningsprinciperna anger en avvikelse (”{ord}”) utan skäl.",
          { ord = ord }, { at = "redovisningsprinciper.text" })
      end
    end
    return #fel > 0 and fel or nil
  end,
}
