return scenario "Ett tal utan enhet" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Halvering", from = "2024-01", medlemsbidrag = -0.5 },
}
