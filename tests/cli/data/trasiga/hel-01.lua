return rule {
  id = "HEL-01", title = "Körs ändå", ground = "Prov", level = "note",
  check = function(ar) return finding("Resultatet är {r}.", { r = ar.arets_resultat }) end,
}
