return rule {
  id     = "UPP-05",
  title  = "Det framgår när och hur ett negativt balanskravsresultat regleras",
  ground = "LKBR 11 kap. 11 §",
  level  = "deviation",
  needs  = { "balanskravsresultat" },
  recommendation = "Ange i förvaltningsberättelsen hur underskottet regleras och vad som återstår.",
  limits = "Föregående års balanskravsresultat är ofta inte tryckt; då prövas årets resultat. KL 11 kap. 12 § om återställande gäller inte samordningsförbund, bara upplysningen.",
  check  = function(ar)
    if ar:get("forvaltningsberattelse.balanskrav_reglering") then return end
    local fel, nu = {}, ar.balanskravsresultat
    if nu < kr(0) then
      fel[1] = finding("Balanskravsresultatet är {nu}, men förvaltningsberättelsen anger inte när och hur det ska regleras.",
        { nu = nu }, { at = nu })
    end
    local fg = ar.foregaende.balanskravsresultat or ar.foregaende.arets_resultat
    if fg and fg < kr(0) then
      local kvar = smallest(fg + largest(nu, kr(0)), kr(0))
      fel[#fel + 1] = finding("Resultatet för {ar} var {fg}, men balanskravsutredningen anger inte hur det har reglerats. Efter årets balanskravsresultat på {nu} återstår {kvar}.",
        { ar = ar.foregaende.rakenskapsar, fg = fg, nu = nu, kvar = kvar:abs() },
        { at = nu, level = "recommendation" })
    end
    return #fel > 0 and fel or nil
  end,
}
