return rule {
  id     = "HUV-07",
  title  = "Varje verifikationsnummer används en gång i sin serie",
  ground = "BFL 5 kap.; god redovisningssed om verifikationsnummer",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Kontrollera om samma händelse är bokförd två gånger.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local ut, provat = {}, false
    for serie, antal, _, _, saknas, dubbla in bok:series() do
      provat = provat or saknas
      if dubbla and dubbla > 0 then
        local underlag, namnen, senast = {}, {}, nil
        for i, ver in ipairs(bok:duplicates(serie)) do
          local v = bok:voucher(ver)
          if i <= 20 then underlag[i] = v end
          if v.nummer ~= senast then namnen[#namnen + 1] = v.nummer end
          senast = v.nummer
        end
        ut[#ut + 1] = finding("Serie {serie}: {dubbla} av {antal} verifikationer har ett nummer som redan är använt: {nummer}.",
          { serie = serie, dubbla = dubbla, antal = antal, nummer = listed(namnen, { most = 8 }) },
          { at = underlag[1], evidence = underlag })
      end
    end
    if not provat then return not_applicable("inga verifikationer har nummer") end
    return ut
  end,
}
