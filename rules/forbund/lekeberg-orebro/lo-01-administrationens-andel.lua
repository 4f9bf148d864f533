return rule {
  id     = "LO-01",
  title  = "Administrationens andel av kostnaderna ryms inom förbundets eget mål",
  ground = "Förbundets eget mål; KL 11 kap. 6 §",
  level  = "recommendation",
  needs  = { "kostnader_administration", "verksamhetens_kostnader" },
  recommendation = "Redovisa varför administrationens andel är högre än målet och vad som görs åt det.",
  limits = "När kostnaderna för insatser minskar ökar andelen även om administrationen kostar lika mycket.",
  check  = function(ar, p)
    local del, allt, mal = ar.kostnader_administration, ar.verksamhetens_kostnader, p.eget_mal.administration
    if allt:is_zero() then return not_applicable("verksamheten har inga kostnader") end
    if del / allt <= mal then return end
    return finding("Administrationen är {del}, {andel:%1~mal} av kostnaderna; förbundets mål är högst {mal}, {ska:kr}.",
      { del = del:abs(), andel = del / allt, mal = mal:text(), ska = (mal * allt):abs() }, { at = del })
  end,
}
