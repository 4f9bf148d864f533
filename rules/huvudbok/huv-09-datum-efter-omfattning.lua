return rule {
  id     = "HUV-09",
  title  = "Ingen verifikation är daterad efter det som filen säger sig omfatta",
  ground = "SIE-formatet (#GEN, #OMFATTN)",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Ta reda på när filen togs ut, och ta ut den på nytt när året är stängt.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local gen, omfattn = bok.skapad and day(bok.skapad), bok.omfattning and day(bok.omfattning)
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    if not gen and not omfattn then return not_applicable("filen säger inte när den skapades") end
    local function late(limit, what, date)
      local evidence, n = {}, 0
      for ver, _, _, dag, antal in bok:vouchers() do
        if antal > 0 and dag and dag > limit then
          n = n + 1
          if n <= 20 then evidence[n] = bok:voucher(ver) end
        end
      end
      if n == 0 then return end
      return finding("{n} av {antal} verifikationer är " .. (n == 1 and "daterad" or "daterade") .. " efter " .. what .. " {datum}" .. (n == 1 and ": {ver} den {dag}." or ", den första {ver} den {dag}."),
        { n = n, antal = bok.verifikationer, datum = date, ver = evidence[1], dag = evidence[1].datum },
        { at = evidence[1], evidence = evidence })
    end
    local out = {}
    if gen then out[1] = late(gen, "att filen skapades", bok.skapad) end
    if omfattn then out[#out + 1] = late(omfattn, "det datum som filen omfattar till,", bok.omfattning) end
    return out
  end,
}
