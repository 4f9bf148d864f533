return rule {
  id     = "OVS-08",
  title  = "Översiktens resultat är ungefär intäkter minus kostnader",
  ground = "LKBR 11 kap. 1 §; RKR R15",
  level  = "recommendation",
  needs  = { "oversikt" },
  recommendation = "Kontrollera årets siffror mot den årsredovisning de är hämtade ur.",
  limits = "Gäller år utan tryckt finansnetto; avskrivningar och extraordinära poster kan förklara en skillnad.",
  check  = function(ar, p)
    local ut, provat = {}, false
    for _, kolumn in ipairs(ar.oversikt:columns()) do
      local vy = ar:year(kolumn.year)
      local o = kolumn.variant == "utfall" and vy.oversikt
      local intakter = o and o.verksamhetens_intakter
      if intakter and o.verksamhetens_kostnader and o.arets_resultat and not vy.finansnetto then
        provat = true
        local rest = o.arets_resultat - (intakter + o.verksamhetens_kostnader)
        if rest:abs() > p.oversikt.storsta_finansnetto * intakter:abs() then
          ut[#ut + 1] = finding("Översiktens resultat {ar} är {resultat} men intäkter minus kostnader är {netto}; skillnaden {rest} är större än ett finansnetto brukar vara.",
            { ar = kolumn.year, resultat = o.arets_resultat, netto = intakter + o.verksamhetens_kostnader,
              rest = rest:abs() }, { at = o.arets_resultat })
        end
      end
    end
    if not provat then return not_applicable("finansnettot är tryckt för översiktens alla år") end
    return ut
  end,
}
