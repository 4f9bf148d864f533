local ar = report "examples/lekeberg-orebro/2023.yaml"

local a = ("a"):rep(30000)
a:find(".-.-.-.-.-.-b")
