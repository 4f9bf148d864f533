local ar = report "examples/lekeberg-orebro/2023.yaml"

local saved
return scenario "Sparat år" {
  base = ar,
  replace = {
    finansnetto = function(usual, year)
      saved = saved or year.foregaende.foregaende
      return usual
    end,
    riktlinje = function(usual, year)
      return saved.kassa
    end,
  },
}
