return rule {
  id     = "NYC-08",
  title  = "Soliditeten visar inte främst när nästa års bidrag fakturerats",
  ground = "LKBR 11 kap. 9 §",
  level  = "note",
  needs  = { "eget_kapital", "summa_tillgangar", "not_kortfristiga_skulder.forutbetalda_intakter" },
  check  = function(ar, p)
    local ek, allt = ar.eget_kapital, ar.summa_tillgangar
    local bidrag = ar.not_kortfristiga_skulder.forutbetalda_intakter
    local utan = allt - bidrag
    if utan <= kr(1) then return end
    local fore, efter = (ek / allt):rounded("%2"), (ek / utan):rounded("%2")
    if efter - fore <= p.soliditet.snedvridning then return end
    return finding("Soliditeten är {fore}, men {bidrag} av balansomslutningen {allt} är förutbetalda intäkter. Utan dem är soliditeten {efter}.",
      { fore = fore:text("%"), bidrag = bidrag, allt = allt, efter = efter:text("%") },
      { at = bidrag })
  end,
}
