-- Årtalen i en rubrik: "2023-01-01 – 2023-12-31" -> { 2023, 2023 }.
local function artal(rubrik)
  local lista = {}
  for i = 1, #rubrik - 3 do
    local tal = tonumber(rubrik:sub(i, i + 3))
    if tal and tal >= 1990 and tal <= 2100 then lista[#lista + 1] = tal end
  end
  return lista
end

local function har(lista, ar)
  for _, tal in ipairs(lista) do
    if tal == ar then return true end
  end
end

return rule {
  id     = "FRM-10",
  title  = "Kolumnerna är rubricerade med sina egna år",
  ground = "LKBR 4 kap. 2 §, 5 kap. 6 §, 6 kap. 5 §",
  level  = "error",
  document = "alla",
  recommendation = "Rätta kolumnrubrikerna.",
  limits = "Kolumner vars rubrik inte har något årtal prövas inte.",
  check  = function(ar)
    if #ar:tables() == 0 then return not_applicable("ingen tabell är tryckt") end
    local fel = {}
    for tabell in each(ar:tables()) do
      for kolumn in each(tabell:columns()) do
        local tryckta = artal(kolumn.header or "")
        if #tryckta > 0 and not har(tryckta, kolumn.year) then
          fel[#fel + 1] = finding("Kolumnen för {ar} i {tabell} har rubriken ”{rubrik}”; den ska ange {ar}.",
            { ar = kolumn.year, tabell = tabell.place_, rubrik = kolumn.header }, { at = kolumn })
        end
      end
    end
    return #fel > 0 and fel or nil
  end,
}
