-- A one-off cost moves with what is drawn: here nothing is left to chance.
local function drawn(name, realisering, forsening)
  return scenario(name) {
    base = report "examples/sydnarke/2023.yaml",
    years = { 2024, 2025 },
    ranta = percent(0),
    osakerhet = { realisering = empirical { percent(realisering) }, forsening = uniform(forsening, forsening), index = empirical { percent(0) },
                  medlemsbidrag = empirical { percent(0) } },
    decision { "Flytt", by = "styrelsen", from = "2024-03", one_off = kr(240000) },
  }
end

return { drawn("Som planerat", 100, 0), drawn("Halva kostnaden", 50, 0), drawn("Ett år senare", 100, 12) }
