return rule {
  id     = "HUV-06",
  title  = "Verifikationsnumren är obrutna i varje serie",
  ground = "BFL 5 kap.; god redovisningssed om verifikationsnummer",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Förklara vad de saknade numren är: makulerade, flyttade eller inte med i filen.",
  limits = "En serie vars nummer inte är hela tal prövas inte. Att serien inte börjar på 1 är ingen lucka.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local out, tried = {}, false
    for serie, antal, _, _, saknas, dubbla in bok:series() do
      tried = tried or saknas
      local text, first, moved = {}, nil, {}
      for _, ver in ipairs(dubbla and dubbla > 0 and bok:duplicates(serie) or {}) do
        local nummer = math.tointeger(tonumber(bok:voucher(ver).nummer))
        if nummer then moved[nummer + 1], moved[nummer - 1] = true, true end
      end
      for _, lucka in ipairs(saknas and saknas > 0 and bok:gaps(serie) or {}) do
        if lucka.fran == lucka.till and moved[lucka.fran] then
          saknas = saknas - 1 -- beside a number that is used twice: HUV-07 tells of both
        else
          first = first or lucka.efter
          text[#text + 1] = lucka.fran == lucka.till and tostring(lucka.fran) or lucka.fran .. "–" .. lucka.till
        end
      end
      if first then
        out[#out + 1] = finding("Serie {serie}: {saknas} nummer saknas bland {antal} verifikationer: {nummer}.",
          { serie = serie, saknas = saknas, antal = antal, nummer = listed(text, { most = 8 }) },
          { at = first and bok:voucher(first) })
      end
    end
    if not tried then return not_applicable("inga verifikationer har nummer") end
    return out
  end,
}
