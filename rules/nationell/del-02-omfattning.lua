return rule {
  id       = "DEL-02",
  title    = "Delårsrapporten omfattar minst hälften och högst två tredjedelar av året",
  ground   = "Förbundsordningen; LKBR 13 kap. 1 §",
  level    = "deviation",
  document = "delarsrapport",
  needs    = { "dokument.till", "styrning.delarsrapport_kravs" },
  recommendation = "Upprätta delårsrapporten per den 30 juni, 31 juli eller 31 augusti.",
  limits   = "En tertialrapport som förbundsordningen inte kräver får omfatta vilken tid som helst.",
  check  = function(ar)
    local till = ar.dokument.till
    if not ar.styrning.delarsrapport_kravs then return not_applicable("förbundsordningen kräver ingen delårsrapport") end
    if till >= ar.rakenskapsar .. "-06-30" and till <= ar.rakenskapsar .. "-08-31" then return end
    return finding("Delårsrapporten avser tiden till och med {till}. Den som förbundsordningen kräver ska omfatta minst hälften och högst två tredjedelar av räkenskapsåret.",
      { till = till }, { at = "dokument.till" })
  end,
}
