local ar = report "examples/lekeberg-orebro/2023.yaml"

local all = {}
for i = 1, 1000 do
  all[i] = ("x"):rep(1000000) .. i
end
