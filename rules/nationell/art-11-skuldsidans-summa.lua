return rule {
  id     = "ART-11",
  title  = "Skuldsidans summa heter efter allt den omfattar",
  ground = "LKBR 6 kap. 2–3 §§",
  level  = "deviation",
  needs  = { "avsattningar", "balansrakning" },
  recommendation = "Ta med avsättningarna i summans beteckning: Summa eget kapital, avsättningar och skulder.",
  check  = function(ar)
    local summa = ar.balansrakning:row("summa_eget_kapital_och_skulder")
    if ar.avsattningar:is_zero() or not summa or contains(summa.label, "avsättning") then return end
    return finding("Balansräkningen har avsättningar på {avsattningar}, men summan heter ”{text}”.",
      { avsattningar = ar.avsattningar, text = summa.label }, { at = summa })
  end,
}
