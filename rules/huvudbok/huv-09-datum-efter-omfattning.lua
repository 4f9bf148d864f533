return rule {
  id     = "HUV-09",
  title  = "Ingen verifikation är daterad efter det som filen säger sig omfatta",
  ground = "SIE-formatet (#GEN, #OMFATTN)",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Ta reda på när filen togs ut, och ta ut den på nytt när året är stängt.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local skapad, omfattning = bok.skapad and day(bok.skapad), bok.omfattning and day(bok.omfattning)
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    if not skapad and not omfattning then return not_applicable("filen säger inte när den skapades") end
    local function sen(grans, vad, datum)
      local underlag, n = {}, 0
      for ver, _, _, dag, antal in bok:vouchers() do
        if antal > 0 and dag and dag > grans then
          n = n + 1
          if n <= 20 then underlag[n] = bok:voucher(ver) end
        end
      end
      if n == 0 then return end
      return finding("{n} av {antal} verifikationer är " .. (n == 1 and "daterad" or "daterade") .. " efter " .. vad .. " {datum}" .. (n == 1 and ": {ver} den {dag}." or ", den första {ver} den {dag}."),
        { n = n, antal = bok.verifikationer, datum = datum, ver = underlag[1], dag = underlag[1].datum },
        { at = underlag[1], evidence = underlag })
    end
    local ut = {}
    if skapad then ut[1] = sen(skapad, "att filen skapades", bok.skapad) end
    if omfattning then ut[#ut + 1] = sen(omfattning, "det datum som filen omfattar till,", bok.omfattning) end
    return ut
  end,
}
