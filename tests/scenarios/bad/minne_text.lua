local ar = report "examples/lekeberg-orebro/2023.yaml"

local s = "x"
for i = 1, 40 do
  s = s .. s
end
