return rule {
  id     = "HUV-12",
  title  = "Varje verifikation har minst två rader",
  ground = "BFL 5 kap.; god redovisningssed",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Kontrollera vad verifikationerna står för.",
  limits = "En verifikation vars alla rader är strukna är en makulering och räknas för sig.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    local underlag, tomma, ensam, struket = {}, 0, 0, 0
    for ver, _, _, _, antal, summa in bok:vouchers() do
      if antal < 2 and summa == 0 then -- one that does not balance is HUV-05's
        local v = bok:voucher(ver)
        if v.olasta > 0 then -- HUV-25 tells of them
        elseif antal == 1 then ensam = ensam + 1 elseif v.strukna > 0 then struket = struket + 1 else tomma = tomma + 1 end
        if v.strukna == 0 and not (v.olasta > 0) and #underlag < 20 then underlag[#underlag + 1] = v end
      end
    end
    if tomma + ensam == 0 then return end
    local delarna = {}
    if tomma > 0 then delarna[1] = "{tomma} av {antal} verifikationer har inga rader" end
    if ensam > 0 then delarna[#delarna + 1] = tomma > 0 and "{ensamma} har en enda" or "{ensamma} av {antal} verifikationer har en enda rad" end
    return finding(table.concat(delarna, " och ") .. "." .. (struket > 0 and " Dessutom är {strukna} helt strukna." or ""),
      { tomma = tomma, ensamma = ensam, strukna = struket, antal = bok.verifikationer }, { at = underlag[1], evidence = underlag })
  end,
}
