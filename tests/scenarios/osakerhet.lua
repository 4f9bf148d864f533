-- Distributions of every kind, and correlation.
local ar = report "examples/sydnarke/2023.yaml"

local ett = scenario "Osäkerhet" {
  base = ar,
  years = { 2024, 2026 },
  osakerhet = {
    realisering = triangular(percent(91), percent(97), percent(103)),
    medlemsbidrag = normal(percent(0), percent(3)),
    forsening = uniform(0, 6),
    index = empirical { percent(1), percent(2), percent(6) },
    korrelation = { { "realisering", "index", percent(30) } },
  },
}

return { ett, (ett:with { osakerhet = { realisering = historik(ar, "realisering") } }):named "Kostnader som de har skiftat" }
