local ar = report "examples/lekeberg-orebro/2023.yaml"

return scenario "Evig" {
  base = ar,
  replace = {
    finansnetto = function(usual)
      while usual == usual do usual = usual + kr(0) end
    end,
  },
}
