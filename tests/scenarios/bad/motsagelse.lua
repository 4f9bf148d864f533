return scenario "Två beslut om samma sak" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Teamet upphör", from = "2024-01", stop = "samverkansteam" },
  decision { "Teamet får mer", from = "2024-01", kostnad = { samverkansteam = kr(2000000) } },
}
