return rule {
  id     = "OVS-08",
  title  = "Översiktens resultat är ungefär intäkter minus kostnader",
  ground = "LKBR 11 kap. 1 §; RKR R15",
  level  = "recommendation",
  needs  = { "oversikt" },
  recommendation = "Kontrollera årets siffror mot den årsredovisning de är hämtade ur.",
  limits = "Gäller år utan tryckt finansnetto; avskrivningar och extraordinära poster kan förklara en skillnad.",
  check  = function(ar, p)
    local out, tried = {}, false
    for _, column in ipairs(ar.oversikt:columns()) do
      local view = ar:year(column.year)
      local o = column.variant == "utfall" and view.oversikt
      local intakter = o and o.verksamhetens_intakter
      if intakter and o.verksamhetens_kostnader and o.arets_resultat and not view.finansnetto then
        tried = true
        local rest = o.arets_resultat - (intakter + o.verksamhetens_kostnader)
        if rest:abs() > p.oversikt.storsta_finansnetto * intakter:abs() then
          out[#out + 1] = finding("Översiktens resultat {ar} är {resultat} men intäkter minus kostnader är {netto}; skillnaden {rest} är större än ett finansnetto brukar vara.",
            { ar = column.year, resultat = o.arets_resultat, netto = intakter + o.verksamhetens_kostnader,
              rest = rest:abs() }, { at = o.arets_resultat })
        end
      end
    end
    if not tried then return not_applicable("finansnettot är tryckt för översiktens alla år") end
    return out
  end,
}
