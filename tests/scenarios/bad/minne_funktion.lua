local ar = report "examples/lekeberg-orebro/2023.yaml"

return scenario "Minne" {
  base = ar,
  replace = {
    ["kostnad.personal"] = function(usual)
      local all = {}
      for i = 1, 1e9 do
        all[i] = { i, i, i }
      end
      return usual
    end,
  },
}
