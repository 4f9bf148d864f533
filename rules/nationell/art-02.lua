local function olika_tecken(a, b)
  return a < kr(0) and b > kr(0) or a > kr(0) and b < kr(0)
end

return rule {
  id     = "ART-02",
  title  = "Årets resultat har samma tecken i balansräkningen som i resultaträkningen",
  ground = "LKBR 4 kap. 3 §, 6 kap. 2 §",
  level  = "error",
  needs  = { "resultatrakning.arets_resultat", "balansrakning.arets_resultat" },
  recommendation = "Rätta tecknet för årets resultat i balansräkningen.",
  check  = function(ar)
    local fel = {}
    for v in each { ar, ar.foregaende } do
      local rr, br = v.resultatrakning.arets_resultat, v.balansrakning.arets_resultat
      if rr and br and olika_tecken(rr, br) then
        fel[#fel + 1] = finding("Årets resultat {ar} är {br} i balansräkningen men {rr} i resultaträkningen; tecknet är omvänt.",
          { ar = v.rakenskapsar, br = br, rr = rr }, { at = br })
      end
    end
    return #fel > 0 and fel or nil
  end,
}
