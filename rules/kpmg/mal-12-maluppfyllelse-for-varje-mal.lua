local slagen = { { "aktivitet", "aktivitetsmål" }, { "organisation", "organisationsmål" }, { "resultat", "resultatmål" },
                { "finansiellt", "finansiella mål" }, { "individ", "mål på individnivå" },
                { "struktur", "mål på strukturnivå" }, { "samlat", "samlade mål" },
                { "kommunikation", "kommunikationsmål" } }

return rule {
  id     = "MAL-12",
  title  = "Måluppfyllelsen framgår för varje mål",
  ground = "LKBR 11 kap. 8 §",
  level  = "note",
  needs  = { "mal" },
  limits = "Färger som inte är överförda till texten syns inte.",
  check  = function(ar)
    local utan, n, forst = {}, 0, nil
    for mal in each(ar.mal) do
      if mal.status == "okand" or not (mal.status or mal.farg or mal.maluppfyllelse) then
        n, forst = n + 1, forst or mal
        utan[mal.typ] = (utan[mal.typ] or 0) + 1
      end
    end
    if not forst then return end
    local slag = {}
    for _, par in ipairs(slagen) do
      if utan[par[1]] then slag[#slag + 1] = utan[par[1]] .. " " .. par[2] end
    end
    return finding("Måluppfyllelsen framgår inte i ord för {n} av {alla} mål: {slag}.",
      { n = n, alla = #ar.mal, slag = listed(slag) }, { at = forst })
  end,
}
