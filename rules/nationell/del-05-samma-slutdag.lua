local manader = { jan = 1, januari = 1, feb = 2, februari = 2, mar = 3, mars = 3, apr = 4, april = 4, maj = 5, jun = 6, juni = 6,
                  jul = 7, juli = 7, aug = 8, augusti = 8, sep = 9, sept = 9, september = 9, okt = 10, oktober = 10,
                  nov = 11, november = 11, dec = 12, december = 12 }

local function sista_manad(tabell, ar)
  for _, kolumn in ipairs(tabell.printed_headers_ and tabell:columns() or {}) do
    if kolumn.year == ar and kolumn.variant == "utfall" then
      local rubrik, sista = (kolumn.header or ""):lower(), nil
      for m in rubrik:gmatch "%d%d%d%d%-(%d%d)%-%d%d" do sista = tonumber(m) end
      for ord in each(sista and {} or words(rubrik)) do sista = manader[ord] or sista end
      return sista, kolumn
    end
  end
end

return rule {
  id       = "DEL-05",
  title    = "Resultaträkningen och balansräkningen slutar samma dag",
  ground   = "LKBR 4 kap. 2 §, 13 kap. 1 §; RKR R17",
  level    = "error",
  document = "delarsrapport",
  needs    = { "resultatrakning", "balansrakning" },
  recommendation = "Rätta rubriken, eller beloppen om de avser en annan tid.",
  check  = function(ar)
    local flode, kolumn = sista_manad(ar.resultatrakning, ar.rakenskapsar)
    local stallning, dag = sista_manad(ar.balansrakning, ar.rakenskapsar)
    if not flode or not stallning then return not_applicable("rubrikerna anger ingen period eller dag") end
    if flode == stallning then return end
    return finding("Resultaträkningen är rubricerad ”{period}” och balansräkningen ”{dag}”; de ska avse samma tid.",
      { period = kolumn.header, dag = dag.header }, { at = dag })
  end,
}
