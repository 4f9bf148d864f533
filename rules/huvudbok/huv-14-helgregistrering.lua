return rule {
  id     = "HUV-14",
  title  = "Få verifikationer är registrerade på helger",
  ground = "Standard för kommunal räkenskapsrevision (ISA 240 om journalposter); lag (1989:253) om allmänna helgdagar",
  level  = "note",
  needs  = { "huvudbok" },
  recommendation = "Fråga vem som bokför på helger och varför.",
  limits = "Datum för registrering prövas; saknas det prövas verifikationens datum, som kan vara ett fakturadatum. Automatiska körningar går även på helger.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local registrerat = false
    for _, _, _, _, _, _, registrerad in bok:vouchers() do
      if registrerad then registrerat = true break end
    end
    local n, antal, underlag, dagar = 0, 0, {}, {}
    for ver, _, _, dag, rader, _, registrerad in bok:vouchers() do
      local d = rader > 0 and (registrerat and registrerad or not registrerat and dag) or nil
      if d then
        antal = antal + 1
        local ledigt = dagar[d]
        if ledigt == nil then
          ledigt = weekday(d) > 5 or holiday(d) ~= nil
          dagar[d] = ledigt
        end
        if ledigt then
          n = n + 1
          if n <= 20 then underlag[n] = bok:voucher(ver) end
        end
      end
    end
    local minst = (p.huvudbok.minsta_antal:parts())
    if antal < minst then
      return not_applicable(counted(antal, "verifikation", "verifikationer") .. " med datum är färre än de " .. minst .. " som behövs för att andelen ska säga något")
    end
    if n == 0 then return end
    local forst = underlag[1]
    local d = day(registrerat and forst.registrerad or forst.datum)
    return finding("{n} av {antal} verifikationer är " .. (registrerat and "registrerad" or "daterad") .. (n == 1 and "" or "e") .. " på lördagar, söndagar eller helgdagar, {andel:%1}. " .. (n == 1 and "Det är" or "Den första är") .. " {ver}, {datum} ({helg}).",
      { n = n, antal = antal, andel = count(n) / count(antal), ver = forst, datum = date(d),
        helg = holiday(d) or (weekday(d) < 7 and "lördag" or "söndag") }, { at = forst, evidence = underlag })
  end,
}
