return rule {
  id     = "HUV-26",
  title  = "Huvudboken räcker till årets slut",
  ground = "BFL 4 kap. 2 § och 5 kap. 2 §; SIE-formatet (#OMFATTN, #GEN)",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Ta ut filen på nytt när året är stängt.",
  limits = "Utan #OMFATTN säger filen bara när den skapades. En sista verifikation långt före årets slut är en fråga: året kan vara stilla, eller filen tagen i förtid.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if not bok.slut then return not_applicable("filen anger inget räkenskapsår") end
    local slut, racker = day(bok.slut), day(bok.racker)
    if racker < slut then
      local hur = bok.omfattning and "Filen omfattar till {racker}" or "Filen är skapad {racker}"
      return finding(hur .. ", men räkenskapsåret slutar {slut}. Det som är bokfört därefter är inte med.",
        { racker = bok.racker, slut = bok.slut }, { at = bok })
    end
    if not bok.sista then return end
    if slut - day(bok.sista) >= (p.huvudbok.tyst_dagar:parts()) then
      return finding("Den sista verifikationen är daterad {sista}, {dagar} dagar före årets slut {slut}.",
        { sista = bok.sista, slut = bok.slut, dagar = slut - day(bok.sista) },
        { at = bok, level = "note", recommendation = "Fråga om filen är tagen innan året var bokfört." })
    end
  end,
}
