return scenario "Månaden finns inte" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Teamet upphör", from = "2024-13", stop = "samverkansteam" },
}
