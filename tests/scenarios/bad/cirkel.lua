return scenario "En funktion som frågar efter sig själv" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  replace = {
    ["kostnad.personal"] = function(usual, year) return year.eget_kapital / 10 end,
  },
}
