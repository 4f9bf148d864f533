local ar = report "examples/lekeberg-orebro/2023.yaml"

return scenario "Negativ tilldelning" {
  base = ar,
  replace = { medlemsbidrag = function(usual) return -usual end },
}
