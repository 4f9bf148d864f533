return rule {
  id     = "HUV-07",
  title  = "Varje verifikationsnummer används en gång i sin serie",
  ground = "BFL 5 kap.; god redovisningssed om verifikationsnummer",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Kontrollera om samma händelse är bokförd två gånger.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local out, tried = {}, false
    for serie, antal, _, _, saknas, dubbla in bok:series() do
      tried = tried or saknas
      if dubbla and dubbla > 0 then
        local evidence, names, last = {}, {}, nil
        for i, ver in ipairs(bok:duplicates(serie)) do
          local v = bok:voucher(ver)
          if i <= 20 then evidence[i] = v end
          if v.nummer ~= last then names[#names + 1] = v.nummer end
          last = v.nummer
        end
        out[#out + 1] = finding("Serie {serie}: {dubbla} av {antal} verifikationer har ett nummer som redan är använt: {nummer}.",
          { serie = serie, dubbla = dubbla, antal = antal, nummer = listed(names, { most = 8 }) },
          { at = evidence[1], evidence = evidence })
      end
    end
    if not tried then return not_applicable("inga verifikationer har nummer") end
    return out
  end,
}
