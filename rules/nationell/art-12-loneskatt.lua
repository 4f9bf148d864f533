return rule {
  id     = "ART-12",
  title  = "Löneskatten följer av pensionsavsättningen",
  ground = "LKBR 7 kap. 11 §; lag (1991:687) om särskild löneskatt på pensionskostnader",
  level  = "deviation",
  needs  = { "not_avsattningar.avsattning_pensioner", "not_avsattningar.avsattning_loneskatt" },
  recommendation = "Räkna om avsättningen för särskild löneskatt.",
  limits = "En löneskatt som är avkortad eller avrundad till hela kronor godtas, som skatter är.",
  check  = function(ar, p)
    local fel = {}
    for v in each { ar, ar.foregaende } do
      local pension, skatt = v.not_avsattningar.avsattning_pensioner, v.not_avsattningar.avsattning_loneskatt
      local ska = pension and pension * p.loneskatt.pension
      if ska and skatt and agreement(skatt, ska) == "differ" and (skatt - ska):abs() >= kr(1) then
        fel[#fel + 1] = finding("Avsättningen för löneskatt {ar} är {skatt}; {sats} av pensionsavsättningen {pension} är {ska:kr}.",
          { ar = v.rakenskapsar, skatt = skatt, sats = p.loneskatt.pension, pension = pension, ska = ska },
          { at = skatt })
      end
    end
    return #fel > 0 and fel or nil
  end,
}
