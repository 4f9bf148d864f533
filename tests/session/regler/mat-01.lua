-- The margin to the guideline, as each face is asked for it.
return rule {
  id     = "MAT-01",
  title  = "Avståndet till riktlinjen",
  ground = "Prov",
  level  = "recommendation",
  needs  = { "eget_kapital", "medlemsbidrag" },
  check  = function(ar, p)
    return finding("Över riktlinjen med {over:kr}.", { over = ar.eget_kapital - p.riktlinje.eget_kapital(ar.medlemsbidrag) })
  end,
}
