local function har_ar(tabell, ar)
  for kolumn in each(tabell:columns()) do
    if kolumn.year == ar then return true end
  end
end

return rule {
  id     = "FRM-09",
  title  = "Varje post i räkningarna har ett jämförelsetal",
  ground = "LKBR 5 kap. 6 §, 6 kap. 5 §",
  level  = "deviation",
  recommendation = "Ange föregående års belopp för varje post.",
  check  = function(ar)
    local fel, provad = {}, false
    for _, namn in ipairs { "resultatrakning", "balansrakning" } do
      local tabell, fg = ar[namn], ar.foregaende[namn]
      provad = provad or tabell ~= nil
      if tabell and not har_ar(tabell, ar.foregaende.rakenskapsar) then
        fel[#fel + 1] = finding("Jämförelsetal för {ar} saknas i {tabell}.",
          { ar = ar.foregaende.rakenskapsar, tabell = tabell.place_ }, { at = tabell })
      elseif tabell then
        for rad in tabell:rows() do
          local nu, da = rad.belopp, fg:row(rad.id):fact()
          local tryckt = da and (da.state == "value" or da.state == "dash")
          if nu and not nu:is_zero() and not tryckt then
            fel[#fel + 1] = finding("{rad} är {belopp} i {tabell} men saknar jämförelsetal för {ar}.",
              { rad = rad.label, belopp = nu, tabell = tabell.place_,
                ar = ar.foregaende.rakenskapsar }, { at = nu })
          end
        end
      end
    end
    if not provad then return not_applicable("Resultaträkning och balansräkning saknas") end
    return #fel > 0 and fel or nil
  end,
}
