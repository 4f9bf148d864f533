return rule {
  id = "EGEN-01",
  title = "Årets resultat är högst 1 000 kr",
  ground = "Förbundets egen policy",
  level = "recommendation",
  needs = { "arets_resultat" },
  recommendation = "Förbruka medlen.",
  check = function(ar)
    if ar.arets_resultat <= kr(1000) then return end
    return finding("Årets resultat är {r}, {mer} mer än policyn medger.",
      { r = ar.arets_resultat, mer = ar.arets_resultat - kr(1000) })
  end,
}
