return rule {
  id     = "BRE-01",
  title  = "Vad som står bredvid rapporten",
  ground = "Prov",
  level  = "note",
  needs  = { "eget_kapital", "forra.eget_kapital", "sektor", "urval" },
  check  = function(ar)
    local storst = ar.eget_kapital
    for annan in each(ar.sektor) do
      if annan.eget_kapital and annan.eget_kapital > storst then storst = annan.eget_kapital end
    end
    if ar.eget_kapital == storst then return end
    return finding("Eget kapital är {ek}, {forra} i förra årets rapport, och som mest {mest} hos andra; {n} är dragna, först {rad}.",
      { ek = ar.eget_kapital, forra = ar.forra.eget_kapital, mest = storst, n = counted(#ar.urval, "rad", "rader"), rad = ar.urval[1].text },
      { at = ar.eget_kapital, evidence = { ar.urval[1] } })
  end,
}
