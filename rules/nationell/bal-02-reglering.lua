-- Utfallets år som räkningarna, balanskravsutredningen eller översikten visar, det äldsta först.
local function tryckta_ar(ar)
  local sedda, lista = {}, {}
  for _, namn in ipairs { "balanskravsutredning", "resultatrakning", "oversikt", "oversikt_medlemsbidrag" } do
    for _, kolumn in ipairs(ar[namn] and ar[namn]:columns() or {}) do
      if kolumn.variant == "utfall" and kolumn.year <= ar.rakenskapsar and not sedda[kolumn.year] then
        sedda[kolumn.year] = true
        lista[#lista + 1] = kolumn.year
      end
    end
  end
  table.sort(lista)
  return lista
end

return rule {
  id     = "BAL-02",
  title  = "Det framgår hur ett negativt balanskravsresultat regleras och vad som återstår",
  ground = "LKBR 11 kap. 11 §; FinsamL 24 §",
  level  = "recommendation",
  why    = "LKBR 11 kap. 11 § frågar hur resultatet regleras enligt KL 11 kap. 12 §, som FinsamL 21 § inte har med. Antingen ska upplysningen lämnas ändå, eller så har ett förbund som förbrukar sparade medel inget att reglera.",
  needs  = { "balanskravsresultat", "eget_kapital" },
  recommendation = "Upplys i förvaltningsberättelsen om när och hur underskottet regleras, eller att det täcks av sparade medel.",
  limits = "Överskott räknas bara mot underskott från tidigare tryckta år. Vad som hände före dem syns inte.",
  check  = function(ar)
    local nu, ek = ar.balanskravsresultat, ar.eget_kapital
    if ar:get("forvaltningsberattelse.balanskrav_reglering") then return end
    local rest, delar = kr(0), {}
    for _, nr in ipairs(tryckta_ar(ar)) do
      local vy = ar:year(nr)
      local resultat = vy.balanskravsresultat or vy.arets_resultat
      if resultat then
        rest = rest + resultat
        if rest >= kr(0) then rest, delar = kr(0), {} end
        if rest < kr(0) then delar[#delar + 1] = resultat:text("kr") .. " " .. nr end
      end
    end
    if rest >= kr(0) then return end
    local fler = #delar > 1 and " (" .. listed(delar) .. ")" or ""
    if nu < kr(0) then
      local tacks = ek >= kr(0)
      return finding("Balanskravsresultatet är {nu}" .. (#delar > 1 and ", och med tidigare år som är tryckta återstår {rest}{fler}" or "")
        .. ". Eget kapital är {ek} efter det, så att underskottet " .. (tacks and "är täckt av sparade medel." or "inte är täckt.")
        .. " Det sägs inte när och hur det regleras.", { nu = nu, rest = -rest, fler = fler, ek = ek },
        { at = nu, level = tacks and "note" or nil, silence = true })
    end
    return finding("Årets balanskravsresultat är {nu} men {rest} återstår av tidigare års underskott{fler}, och det sägs inte hur det regleras.",
      { nu = nu, rest = -rest, fler = fler }, { at = nu, silence = true })
  end,
}
