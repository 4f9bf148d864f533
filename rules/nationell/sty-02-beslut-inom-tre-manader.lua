return rule {
  id     = "STY-02",
  title  = "Årsredovisningen är beslutad inom tre månader från årets slut",
  ground = "FinsamL 24 §",
  level  = "deviation",
  asks   = "Datum för styrelsens beslut om årsredovisningen för {ar}",
  needs  = { "styrning.arsredovisning_beslutad" },
  recommendation = "Besluta om årsredovisningen senast den 31 mars.",
  check  = function(ar)
    local dag, ar_efter = ar.styrning.arsredovisning_beslutad, ar.rakenskapsar + 1
    if dag <= ar_efter .. "-03-31" then return end
    return finding("Årsredovisningen för {ar} beslutades {dag}; det skulle ske senast den 31 mars {efter}.",
      { ar = ar.rakenskapsar, dag = dag, efter = ar_efter }, { at = "styrning.arsredovisning_beslutad" })
  end,
}
