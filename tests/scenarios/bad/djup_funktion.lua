local ar = report "examples/lekeberg-orebro/2023.yaml"

return scenario "Djup" {
  base = ar,
  replace = {
    finansnetto = function(usual)
      local function deeper(n) return usual + deeper(n + 1) end
      return deeper(1)
    end,
  },
}
