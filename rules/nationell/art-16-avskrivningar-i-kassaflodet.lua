-- Rader i kassaflödesanalysen som bara avser avskrivningar, vad de än heter.
local annat = { "nedskriv", "utrang", "avsättning", "realisation", "reavinst" }

local function avskrivningar(tabell)
  local belopp, rad_med
  for rad in tabell:rows() do
    local ren = contains(rad.label, "avskrivning") and rad.belopp
    for ord in each(annat) do
      if contains(rad.label, ord) then ren = nil end
    end
    if ren then belopp, rad_med = (belopp and belopp + ren:abs() or ren:abs()), rad_med or rad end
  end
  return belopp, rad_med
end

return rule {
  id     = "ART-16",
  title  = "Avskrivningarna i kassaflödesanalysen är resultaträkningens",
  ground = "LKBR 8 kap. 1 §; RKR R13",
  level  = "error",
  needs  = { "kassaflodesanalys", "resultatrakning.avskrivningar" },
  recommendation = "Rätta kassaflödesanalysen eller resultaträkningen, eller förklara skillnaden i en not.",
  limits = "Prövas när kassaflödesanalysen visar avskrivningarna på en egen rad; en rad som också avser nedskrivning eller utrangering prövas inte.",
  check  = function(ar)
    local ut, provad = {}, false
    for v in each { ar, ar.foregaende } do
      local rr, kf, rad = v.resultatrakning.avskrivningar, nil, nil
      if v.kassaflodesanalys then kf, rad = avskrivningar(v.kassaflodesanalys) end
      provad = provad or kf and rr
      if kf and rr and not agrees(kf, rr:abs()) then
        ut[#ut + 1] = finding("{rad} {ar} är {kf} i kassaflödesanalysen men avskrivningarna i resultaträkningen är {rr}; skillnaden är {skillnad}.",
          { rad = rad.label, ar = v.rakenskapsar, kf = kf, rr = rr:abs(), skillnad = (kf - rr:abs()):abs() }, { at = rad })
      end
    end
    if not provad then return not_applicable("kassaflödesanalysen har ingen egen rad för avskrivningar") end
    return ut
  end,
}
