return rule {
  id     = "STY-04",
  title  = "Varje medlem har ledamot och ersättare i styrelsen",
  ground = "FinsamL 10 §",
  level  = "deviation",
  needs  = { "forbund.medlemmar", "styrning.ledamoter" },
  asks   = "Antal ledamöter och ersättare i styrelsen {ar}, och vem som utsett dem",
  recommendation = "Stäm av styrelsens sammansättning mot förbundsordningen.",
  limits = "Bara antalen prövas, inte vem som utsett vem. Hur många som har skrivit under prövas inte: 10 § säger inget om underskrifter, och för kommun och region räcker ett justerat protokoll.",
  check  = function(ar)
    local ut = {}
    local ledamoter, ersattare = ar.styrning.ledamoter, ar.styrning.ersattare
    local antal = 0
    for m in each(ar.forbund.medlemmar) do
      if not m.till or m.till >= ar.rakenskapsar .. "-12-31" then antal = antal + 1 end
    end
    local medlemmar = count(antal)
    if ledamoter < medlemmar then
      ut[1] = finding("Styrelsen har {ledamoter} ledamöter men förbundet {medlemmar} medlemmar; varje medlem ska ha minst en ledamot.",
        { ledamoter = ledamoter, medlemmar = medlemmar }, { at = ledamoter })
    end
    if ersattare and ersattare ~= ledamoter then
      ut[#ut + 1] = finding("Styrelsen har {ledamoter} ledamöter och {ersattare} ersättare; ersättarna ska vara lika många som ledamöterna.",
        { ledamoter = ledamoter, ersattare = ersattare }, { at = ersattare })
    end
    return ut
  end,
}
