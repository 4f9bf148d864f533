local manader = { jan = 1, januari = 1, feb = 2, februari = 2, mar = 3, mars = 3, apr = 4, april = 4, maj = 5, jun = 6, juni = 6,
                  jul = 7, juli = 7, aug = 8, augusti = 8, sep = 9, sept = 9, september = 9, okt = 10, oktober = 10,
                  nov = 11, november = 11, dec = 12, december = 12 }

-- Första och sista månaden som rubriken nämner, och hur många.
local function manaderna(rubrik)
  local lista = {}
  for _, m in rubrik:gmatch "(%d%d%d%d)%-(%d%d)%-%d%d" do lista[#lista + 1] = tonumber(m) end
  if #lista == 0 then
    for m in rubrik:gmatch "%f[%d]%d%d%d%d(%d%d)%d%d%f[%D]" do lista[#lista + 1] = tonumber(m) end
  end
  if #lista == 0 then
    for m in rubrik:gmatch "%f[%d]%d%d?/(%d%d?)%f[%D]" do lista[#lista + 1] = tonumber(m) end
  end
  if #lista == 0 then
    for ord in each(words(rubrik)) do
      if manader[ord] then lista[#lista + 1] = manader[ord] end
    end
  end
  return lista[1], lista[#lista], #lista
end

return rule {
  id     = "FRM-20",
  title  = "Rubrikens period är räkenskapsåret och dess dag årets sista",
  ground = "LKBR 1 kap. 5 §, 4 kap. 2 §, 5 kap. 1 §, 6 kap. 1 §",
  level  = "error",
  recommendation = "Rätta rubriken; är beloppen en delårsrapports ska även de rättas.",
  limits = "Bara rubriker som är angivna som de är tryckta prövas. Det år förbundet bildades kan börja senare än i januari.",
  check  = function(ar)
    local fel, bildat = {}, ar:get("forbund.bildat")
    for tabell in each(ar:tables()) do
      for kolumn in each(tabell.printed_headers_ and tabell:columns() or {}) do
        local forsta, sista, antal = manaderna((kolumn.header or ""):lower())
        local nytt = bildat and bildat >= kolumn.year .. "-01-01"
        local sen = antal > 1 and forsta > 1 and not nytt
        if sista and kolumn.variant == "utfall" and (sista < 12 or sen) then
          fel[#fel + 1] = finding("Kolumnen för {ar} i {tabell} har rubriken ”{rubrik}”, men räkenskapsåret är januari till december.",
            { ar = kolumn.year, tabell = tabell.place_, rubrik = kolumn.header }, { at = kolumn })
        end
      end
    end
    return #fel > 0 and fel or nil
  end,
}
