return rule {
  id     = "HUV-06",
  title  = "Verifikationsnumren är obrutna i varje serie",
  ground = "LKBR 3 kap.; god redovisningssed om verifikationsnummer",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Förklara vad de saknade numren är: makulerade, flyttade eller inte med i filen.",
  limits = "En serie vars nummer inte är hela tal prövas inte. Att serien inte börjar på 1 är ingen lucka.",
  check  = function(ar, p, bok)
    local out, tried = {}, false
    for serie, antal, _, _, saknas in bok:series() do
      tried = tried or saknas
      if saknas and saknas > 0 then
        local text, first = {}, nil
        for i, lucka in ipairs(bok:gaps(serie)) do
          first = first or lucka.efter
          if i <= 8 then
            text[i] = lucka.fran == lucka.till and tostring(lucka.fran) or lucka.fran .. "–" .. lucka.till
          elseif i == 9 then
            text[i] = "…"
          end
        end
        out[#out + 1] = finding("Serie {serie}: {saknas} nummer saknas bland {antal} verifikationer: {nummer}.",
          { serie = serie, saknas = saknas, antal = antal, nummer = table.concat(text, ", ") },
          { at = first and bok:voucher(first) })
      end
    end
    if not tried then return not_applicable("inga verifikationer har nummer") end
    return out
  end,
}
