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
    local ut, provat = {}, false
    for serie, antal, _, _, saknas, dubbla in bok:series() do
      provat = provat or saknas
      local text, forst, flyttat = {}, nil, {}
      for _, ver in ipairs(dubbla and dubbla > 0 and bok:duplicates(serie) or {}) do
        local nummer = math.tointeger(tonumber(bok:voucher(ver).nummer))
        if nummer then flyttat[nummer + 1], flyttat[nummer - 1] = true, true end
      end
      for _, lucka in ipairs(saknas and saknas > 0 and bok:gaps(serie) or {}) do
        if lucka.fran == lucka.till and flyttat[lucka.fran] then
          saknas = saknas - 1 -- beside a number that is used twice: HUV-07 tells of both
        else
          forst = forst or lucka.efter
          text[#text + 1] = lucka.fran == lucka.till and tostring(lucka.fran) or lucka.fran .. "–" .. lucka.till
        end
      end
      if forst then
        ut[#ut + 1] = finding("Serie {serie}: {saknas} nummer saknas bland {antal} verifikationer: {nummer}.",
          { serie = serie, saknas = saknas, antal = antal, nummer = listed(text, { most = 8 }) },
          { at = forst and bok:voucher(forst) })
      end
    end
    if not provat then return not_applicable("inga verifikationer har nummer") end
    return ut
  end,
}
