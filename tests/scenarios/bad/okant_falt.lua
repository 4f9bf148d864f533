return scenario "Ett fält som inte finns" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Halvering", from = "2024-01", medlemsbidraget = percent(-50) },
}
