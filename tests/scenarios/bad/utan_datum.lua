return scenario "Inget datum" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Halvering", medlemsbidrag = percent(-50) },
}
