local ar = report "examples/lekeberg-orebro/2023.yaml"

error({})
