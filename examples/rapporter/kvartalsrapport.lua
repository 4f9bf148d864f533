-- Ett förbunds egen rapport till styrelsen:
--   medel report examples/rapporter/kvartalsrapport.lua examples/lekeberg-orebro/2023.yaml -f html -o rapport.html
return report {
  title = "Ekonomin i korthet",
  write = function(doc, ar)
    doc:heading "Resultat"
    doc:say("Årets resultat är {r:+kr}.", { r = ar.arets_resultat })
    doc:say("Budgeten var {b:+kr}.", { b = ar.budget.arets_resultat })
    doc:heading "Eget kapital"
    local names, values = {}, {}
    for i = 1, 5 do
      local year = ar.rakenskapsar - 5 + i
      names[i], values[i] = tostring(year), ar:year(year).eget_kapital
    end
    doc:chart("Eget kapital vid årets slut", names, { { name = "Eget kapital", values = values } })
  end,
}
