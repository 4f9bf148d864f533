-- What stands beside the report: the sector.
return rule {
  id     = "MAT-02",
  title  = "Sektorns eget kapital",
  ground = "Prov",
  level  = "recommendation",
  needs  = { "eget_kapital", "sektor" },
  check  = function(ar)
    return finding("{n} i sektorn; den förstas eget kapital är {annan:kr}.", { n = #ar.sektor, annan = ar.sektor[1].eget_kapital })
  end,
}
