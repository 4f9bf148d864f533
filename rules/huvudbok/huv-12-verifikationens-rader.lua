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
    local evidence, empty, single, struck = {}, 0, 0, 0
    for ver, _, _, _, antal in bok:vouchers() do
      if antal < 2 then
        local v = bok:voucher(ver)
        if v.olasta > 0 then -- HUV-25 tells of them
        elseif antal == 1 then single = single + 1 elseif v.strukna > 0 then struck = struck + 1 else empty = empty + 1 end
        if v.strukna == 0 and not (v.olasta > 0) and #evidence < 20 then evidence[#evidence + 1] = v end
      end
    end
    if empty + single == 0 then return end
    local parts = {}
    if empty > 0 then parts[1] = empty == 1 and "En verifikation har inga rader" or "{tomma} verifikationer har inga rader" end
    if single > 0 then
      parts[#parts + 1] = empty > 0 and (single == 1 and "en" or "{ensamma}") .. " har en enda" or single == 1 and "En verifikation har en enda rad" or "{ensamma} verifikationer har en enda rad"
    end
    return finding(table.concat(parts, " och ") .. ", av {antal}." .. (struck > 0 and " Dessutom är {strukna} helt strukna." or ""),
      { tomma = empty, ensamma = single, strukna = struck, antal = bok.verifikationer }, { at = evidence[1], evidence = evidence })
  end,
}
