return scenario "Negativ tilldelning" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Mer än allt tas bort", from = "2024-01", medlemsbidrag = percent(-120) },
}
