return rule {
  id     = "HUV-08",
  title  = "Verifikationernas datum ligger i räkenskapsåret",
  ground = "BFL 3 kap., 5 kap.",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "För verifikationerna till det år de hör till.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    local start, slut = bok.start and day(bok.start), bok.slut and day(bok.slut)
    if not start or not slut then return not_applicable("filen anger inget räkenskapsår") end
    local underlag, orsaker, n = {}, {}, 0
    for ver, _, _, dag, antal in bok:vouchers() do
      if antal > 0 and dag and (dag < start or dag > slut) then
        n = n + 1
        if n <= 20 then underlag[n], orsaker[n] = bok:voucher(ver), "ver:" .. ver end
      end
    end
    if n == 0 then return end
    return finding("{n} av {antal} verifikationer är " .. (n == 1 and "daterad" or "daterade") .. " utanför räkenskapsåret {start} till {slut}" .. (n == 1 and ": {ver} den {datum}." or ", den första {ver} den {datum}."),
      { n = n, antal = bok.verifikationer, start = bok.start, slut = bok.slut, ver = underlag[1], datum = underlag[1].datum },
      { at = underlag[1], evidence = underlag, causes = orsaker })
  end,
}
