local ar = report "examples/lekeberg-orebro/2023.yaml"

local function deeper(n)
  return 1 + deeper(n)
end
deeper(1)
