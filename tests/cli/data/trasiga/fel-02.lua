return rule {
  id = "FEL-02", title = "Jämför med ett tal", ground = "Prov", level = "error",
  check = function(ar)
    if ar.arets_resultat == 0 then return finding("noll") end
  end,
}
