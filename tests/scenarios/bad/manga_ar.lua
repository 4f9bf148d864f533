return scenario "En miljon år" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  years = { 2024, 1002024 },
}
