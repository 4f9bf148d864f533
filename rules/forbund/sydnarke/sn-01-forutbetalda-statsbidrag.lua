return rule {
  id     = "SN-01",
  title  = "Föregående års förutbetalda intäkter är årets bidrag från staten",
  ground = "LKBR 4 kap. 4 § 4; RKR R2",
  level  = "recommendation",
  needs  = { "foregaende.not_kortfristiga_skulder.forutbetalda_intakter", "bidrag_staten" },
  recommendation = "Stäm av de förutbetalda intäkterna mot det bidrag de avser.",
  limits = "Bara för ett förbund som fakturerar statens bidrag i förskott; andra förutbetalda intäkter, till exempel projektmedel, är inget fel.",
  check  = function(ar)
    local forutbetalt = ar.foregaende.not_kortfristiga_skulder.forutbetalda_intakter
    if forutbetalt:is_zero() or agrees(forutbetalt, ar.bidrag_staten) then return end
    if ar.medlemsbidrag and agrees(forutbetalt, ar.medlemsbidrag) then return end
    return finding("Förutbetalda intäkter var {forutbetalt} vid föregående års slut, men årets bidrag från staten är {bidrag}; skillnaden är {skillnad}.",
      { forutbetalt = forutbetalt, bidrag = ar.bidrag_staten,
        skillnad = (forutbetalt - ar.bidrag_staten):abs() }, { at = forutbetalt })
  end,
}
