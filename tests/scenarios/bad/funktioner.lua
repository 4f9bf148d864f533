-- The functions of a decision cannot be exchanged for others.
local ar = report "examples/lekeberg-orebro/2023.yaml"
local d = decision { "Halverat bidrag", from = "2024-01", medlemsbidrag = percent(-50) }
d.__index.changes = function() while true do end end
return scenario "Andra funktioner" { base = ar, d }
