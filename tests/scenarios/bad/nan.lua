return scenario "En funktion som inte svarar" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  replace = {
    ["kostnad.personal"] = function(usual, year)
      return 0 / 0
    end,
  },
}
