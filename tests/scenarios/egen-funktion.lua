-- The same costs by decisions and by a function of the scenario's own: what is drawn moves both alike.
local drawn = { forsening = uniform(0, 9), realisering = uniform(percent(90), percent(105)), index = empirical { percent(0), percent(2) }, medlemsbidrag = empirical { percent(0) } }

local function about(name)
  return scenario(name) { base = report "examples/sydnarke/2023.yaml", years = { 2024, 2026 }, ranta = percent(0), osakerhet = drawn }
end

local steps = { [2024] = 1800000, [2025] = 600000, [2026] = 600000 }

return {
  (about "Beslutat" + decision { "Större", by = "styrelsen", from = "2024-01", kostnad = { mottagningsteam = kr(steps[2024]) } }
    + decision { "Mindre", by = "styrelsen", from = "2025-01", kostnad = { mottagningsteam = kr(steps[2025]) } }):named "Beslutat",
  (about "Egen funktion"):with { replace = { ["kostnad.mottagningsteam"] = function(_, year) return kr(steps[year.ar]) end } },
}
