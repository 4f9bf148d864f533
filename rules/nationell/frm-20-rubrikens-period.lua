local manader = { jan = 1, januari = 1, feb = 2, februari = 2, mar = 3, mars = 3, apr = 4, april = 4, maj = 5, jun = 6, juni = 6,
                  jul = 7, juli = 7, aug = 8, augusti = 8, sep = 9, sept = 9, september = 9, okt = 10, oktober = 10,
                  nov = 11, november = 11, dec = 12, december = 12 }

-- Hur dagar och månader skrivs: 2024-08-31, 20240831, 240831, 31/8, 2024-08, 202408.
local monster = { "%f[%d]%d%d%d%d[%-./](%d%d)[%-./]%d%d%f[%D]", "%f[%d]%d%d%d%d(%d%d)%d%d%f[%D]", "%f[%d]%d%d(%d%d)%d%d%f[%D]",
                  "%f[%d]%d%d?/(%d%d?)%f[%D]", "%f[%d]20%d%d%-(%d%d)%f[%D]", "%f[%d]20%d%d(%d%d)%f[%D]" }

-- Första och sista månaden som rubriken nämner, och hur många.
local function manaderna(rubrik)
  local lista = {}
  for _, m in ipairs(monster) do
    for tal in rubrik:gmatch(#lista == 0 and m or "^$") do
      local nr = tonumber(tal)
      if nr and nr >= 1 and nr <= 12 then lista[#lista + 1] = nr end
    end
  end
  for ord in each(#lista == 0 and words(rubrik) or {}) do
    if manader[ord] then lista[#lista + 1] = manader[ord] end
  end
  return lista[1], lista[#lista], #lista
end

-- Delar av ett år som rubriken kan tala om utan någon månad.
local function del_av_aret(rubrik)
  for ord in each { "delår", "tertial", "kvartal", "halvår" } do
    if contains(rubrik, ord) then return true end
  end
  local antal = tonumber(rubrik:match "(%d+)%s*mån")
  return antal ~= nil and antal < 12
end

return rule {
  id     = "FRM-20",
  title  = "Rubrikens period är räkenskapsåret och dess dag årets sista",
  ground = "LKBR 1 kap. 5 §, 4 kap. 2 §, 5 kap. 1 §, 6 kap. 1 §",
  level  = "error",
  recommendation = "Rätta rubriken; är beloppen en delårsrapports ska även de rättas.",
  limits = "Bara rubriker som är angivna som de är tryckta prövas. Det år förbundet bildades kan börja senare än i januari.",
  check  = function(ar)
    if #ar:tables() == 0 then return not_applicable("ingen tabell är tryckt") end
    local fel, bildat = {}, ar:get("forbund.bildat")
    for tabell in each(ar:tables()) do
      for kolumn in each(tabell.printed_headers_ and tabell:columns() or {}) do
        local rubrik = (kolumn.header or ""):lower()
        local forsta, sista, antal = manaderna(rubrik)
        local del = not sista and del_av_aret(rubrik)
        local nytt = bildat and bildat >= kolumn.year .. "-01-01"
        local sen = antal > 1 and forsta > 1 and not nytt
        if kolumn.variant == "utfall" and (del or sista and (sista < 12 or sen)) then
          fel[#fel + 1] = finding("Kolumnen för {ar} i {tabell} har rubriken ”{rubrik}”, men räkenskapsåret är januari till december.",
            { ar = kolumn.year, tabell = tabell.place_, rubrik = kolumn.header }, { at = kolumn })
        end
      end
    end
    return #fel > 0 and fel or nil
  end,
}
