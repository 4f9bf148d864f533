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
    local registered = false
    for _, _, _, _, _, _, reg in bok:vouchers() do
      if reg then registered = true break end
    end
    local n, antal, evidence, days = 0, 0, {}, {}
    for ver, _, _, dag, rader, _, reg in bok:vouchers() do
      local d = rader > 0 and (registered and reg or not registered and dag) or nil
      if d then
        antal = antal + 1
        local off = days[d]
        if off == nil then
          off = weekday(d) > 5 or holiday(d) ~= nil
          days[d] = off
        end
        if off then
          n = n + 1
          if n <= 20 then evidence[n] = bok:voucher(ver) end
        end
      end
    end
    local minst = (p.huvudbok.minsta_antal:parts())
    if antal < minst then
      return not_applicable(counted(antal, "verifikation", "verifikationer") .. " med datum är färre än de " .. minst .. " som behövs för att andelen ska säga något")
    end
    if n == 0 then return end
    local first = evidence[1]
    local d = day(registered and first.registrerad or first.datum)
    return finding("{n} av {antal} verifikationer är " .. (registered and "registrerad" or "daterad") .. (n == 1 and "" or "e") .. " på lördagar, söndagar eller helgdagar, {andel:%1}. " .. (n == 1 and "Det är" or "Den första är") .. " {ver}, {datum} ({helg}).",
      { n = n, antal = antal, andel = count(n) / count(antal), ver = first, datum = date(d),
        helg = holiday(d) or (weekday(d) < 7 and "lördag" or "söndag") }, { at = first, evidence = evidence })
  end,
}
