-- A decision whose text would be two lines of what is printed.
local ar = report "examples/lekeberg-orebro/2023.yaml"
local d = decision { "Halverat bidrag", from = "2024-01", medlemsbidrag = percent(-50) }
d.title = "Halverat\n  Eget kapital, andel  99 %"
return scenario "Två rader" { base = ar, d }
