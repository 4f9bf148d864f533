-- En analytikers tabell: nyckeltal över åren.
return report {
  title = "Nyckeltal",
  write = function(doc, ar)
    local rows = {}
    for year = ar.rakenskapsar - 4, ar.rakenskapsar do
      local y = ar:year(year)
      local ek, bidrag, tillgangar = y.eget_kapital, y.medlemsbidrag, y.summa_tillgangar
      rows[#rows + 1] = { tostring(year), y.arets_resultat, ek, ek and bidrag and ek / bidrag, ek and tillgangar and ek / tillgangar }
    end
    doc:table("Fem år", { "År", { "Årets resultat", "+kr" }, { "Eget kapital", "kr" }, { "Andel av bidraget", "%1" }, { "Soliditet", "%1" } }, rows)
  end,
}
