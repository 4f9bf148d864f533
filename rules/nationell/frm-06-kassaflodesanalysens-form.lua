local kravs = { lopande_verksamheten = true, arets_kassaflode = true,
                likvida_medel_borjan = true, likvida_medel_slut = true }
local sektion = {
  investering_materiella = "investeringsverksamheten",
  forsaljning_materiella = "investeringsverksamheten",
  investering_finansiella = "investeringsverksamheten",
  nyupptagna_lan = "finansieringsverksamheten",
  amortering = "finansieringsverksamheten",
}

return rule {
  id     = "FRM-06",
  title  = "Kassaflödesanalysen har sektioner, årets kassaflöde och likvida medel",
  ground = "LKBR 8 kap. 1 §; RKR R13",
  level  = "deviation",
  needs  = { "kassaflodesanalys" },
  recommendation = "Komplettera kassaflödesanalysen med de rader som saknas.",
  limits = "Sektioner utan poster får utelämnas och prövas inte.",
  check  = function(ar)
    local kfa, behovs, fel = ar.kassaflodesanalys, {}, {}
    for rad in kfa:rows() do
      if sektion[rad.id] then behovs[sektion[rad.id]] = true end
    end
    for rad in kfa:usual_rows() do
      if (kravs[rad.id] or behovs[rad.id]) and not rad.printed then
        fel[#fel + 1] = finding("Kassaflödesanalysen saknar raden {rad}.", { rad = rad.label },
          { at = kfa })
      end
    end
    return #fel > 0 and fel or nil
  end,
}
