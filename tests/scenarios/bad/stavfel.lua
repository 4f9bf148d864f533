return scenario "Ett stavfel" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Teamet upphör", from = "2024-01", stop = "samverkansteamet" },
}
