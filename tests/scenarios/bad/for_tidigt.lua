return scenario "Före basåret" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Halvering", from = "2021-05", medlemsbidrag = percent(-50) },
}
