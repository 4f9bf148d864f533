return rule {
  id     = "STY-04",
  title  = "Varje medlem har ledamot och ersättare i styrelsen, och ledamöterna har skrivit under",
  ground = "FinsamL 10 §",
  level  = "deviation",
  needs  = { "forbund.medlemmar" },
  recommendation = "Stäm av styrelsens sammansättning och underskrifterna mot förbundsordningen.",
  limits = "Bara antalen prövas, inte vem som utsett vem.",
  check  = function(ar)
    local s, out = ar.styrning, {}
    local medlemmar = count(#ar.forbund.medlemmar)
    local ledamoter, ersattare, under = s and s.ledamoter, s and s.ersattare, s and s.underskrifter
    if not ledamoter and not under then return not_applicable("antalet ledamöter är inte tryckt") end
    if ledamoter and ledamoter < medlemmar then
      out[1] = finding("Styrelsen har {ledamoter} ledamöter men förbundet {medlemmar} medlemmar; varje medlem ska ha minst en ledamot.",
        { ledamoter = ledamoter, medlemmar = medlemmar }, { at = ledamoter })
    end
    if ledamoter and ersattare and ersattare ~= ledamoter then
      out[#out + 1] = finding("Styrelsen har {ledamoter} ledamöter och {ersattare} ersättare; ersättarna ska vara lika många som ledamöterna.",
        { ledamoter = ledamoter, ersattare = ersattare }, { at = ersattare })
    end
    if under and under < (ledamoter or medlemmar) then
      out[#out + 1] = finding("Årsredovisningen är undertecknad av {under} ledamöter; styrelsen har "
        .. (ledamoter and "{ska}." or "minst {ska}, en för varje medlem."),
        { under = under, ska = ledamoter or medlemmar }, { at = under, level = "note" })
    end
    return out
  end,
}
