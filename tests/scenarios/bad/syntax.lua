return scenario "Ett komma för lite" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  decision { "Halvering" from = "2024-01" },
}
