local function svar_angivna(ar)
  for _, lista in ipairs { ar.enkater or {}, ar.indikatorer or {} } do
    for post in each(lista) do
      if post.svar then return true end
    end
  end
  return false
end

return rule {
  id     = "IND-03",
  title  = "Svarsfrekvensen är rätt räknad, och antalet svar framgår",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §; god sed för enkäter",
  level  = "deviation",
  asks_on = "finding",
  asks   = "Antal tillfrågade och antal svar i varje enkät som årsredovisningen hänvisar till",
  recommendation = "Ange hur många som tillfrågats och svarat.",
  check  = function(ar)
    local ut, indikatorer = {}, ar.indikatorer
    if not ar.enkater and not indikatorer then return not_applicable("inga enkäter eller indikatorer") end
    for enkat in each(ar.enkater) do
      local tryckt, svar, utskick = enkat.svarsfrekvens, enkat.svar, enkat.utskick
      if tryckt and svar and utskick and svar <= utskick and not utskick:is_zero() then  -- fler svar än tillfrågade: MAL-23
        local ska = svar / utskick
        local hur = agreement(tryckt, ska)
        if hur ~= "agree" then
          ut[#ut + 1] = finding("{namn}: svarsfrekvensen är tryckt som {tryckt} men {svar} av {utskick} är {ska:%1}.",
            { namn = enkat.namn, tryckt = tryckt, svar = svar, utskick = utskick, ska = ska },
            { at = tryckt, level = hur == "rounded" and "note" or nil })
        end
      end
    end
    if indikatorer and #indikatorer > 0 and not svar_angivna(ar) then
      ut[#ut + 1] = finding("Det sägs inte hur många som svarat på indikatorernas frågor, så att andelarna inte går att värdera.",
        nil, { at = indikatorer[1], level = "recommendation" })
    end
    return ut
  end,
}
