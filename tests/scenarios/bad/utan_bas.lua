return scenario "Ingen bas" {
  decision { "Halvering", from = "2024-01", medlemsbidrag = percent(-50) },
}
