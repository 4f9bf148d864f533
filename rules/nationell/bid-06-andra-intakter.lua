return rule {
  id     = "BID-06",
  title  = "Andra intäkter räknas inte som medlemsbidrag",
  ground = "FinsamL 6 §; Nationella rådets riktlinje 2013-10-02",
  level  = "deviation",
  needs  = { "eget_kapital", "eget_kapital_andel", "medlemsbidrag", "verksamhetens_intakter" },
  recommendation = "Räkna eget kapital i andel av medlemsbidragen, utan projektmedel, försäljning och ersättningar.",
  check  = function(ar)
    local andel, ek = ar.eget_kapital_andel, ar.eget_kapital
    local bidrag, intakter = ar.medlemsbidrag, ar.verksamhetens_intakter
    if bidrag <= kr(0) or intakter <= kr(0) then return end
    if agreement(andel, ek / bidrag) ~= "differ" or not agrees(andel, ek / intakter) then return end
    return finding("Eget kapital uppges till {andel}, som är andelen av alla intäkter, {intakter}. Av medlemsbidragen, {bidrag}, är det {ska:%1}.",
      { andel = andel, intakter = intakter, bidrag = bidrag, ska = ek / bidrag }, { at = andel })
  end,
}
