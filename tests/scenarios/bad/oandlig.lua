local ar = report "examples/lekeberg-orebro/2023.yaml"

return scenario "Oändlig" {
  base = ar,
  replace = { riktlinje = function(usual) return 1 / 0 end },
}
