-- Parten och de ord som dess revisor känns igen på.
local parter = {
  { "staten", "staten", "staten", "Försäkringskassan", "Arbetsförmedlingen" },
  { "region", "regionen", "region", "landsting", " län" },
  { "kommun", "kommunerna", "kommun" },
}
local gemensam = { "gemensam", "övriga", "medlemmarna", "parterna" }

local function nagon(texter, ord, fran)
  for text in each(texter) do
    for i = fran, #ord do
      if contains(text, ord[i]) then return true end
    end
  end
end

return rule {
  id     = "STY-03",
  title  = "Varje part har en revisor",
  ground = "FinsamL 25 § första stycket",
  level  = "note",
  why    = "Lagen kräver revisorerna, inte att årsredovisningen räknar upp dem; den som inte syns är en fråga till förbundet.",
  needs  = { "revision.revisorer", "forbund.medlemmar" },
  asks   = "Förteckning över revisorerna för {ar}, med den medlem som har utsett var och en",
  recommendation = "Kontrollera att alla medlemmar har utsett revisor, ensamma eller gemensamt.",
  limits = "Försäkringskassan utser en revisor för båda statliga medlemmarna; kommuner och regioner får utse gemensam. Räcker antalet uppräknade till en för varje slags part prövas inte vem som utsett vem.",
  check  = function(ar)
    local revisorer = ar.revision.revisorer
    if nagon(revisorer, gemensam, 1) then return end
    local medlem, slag, saknas = {}, 0, {}
    for m in each(ar.forbund.medlemmar) do medlem[m.part] = true end
    for _, del in ipairs(parter) do
      if medlem[del[1]] then
        slag = slag + 1
        if not nagon(revisorer, del, 3) then saknas[#saknas + 1] = del[2] end
      end
    end
    if #saknas == 0 or #revisorer >= slag then return end
    return finding("Bland revisorerna i årsredovisningen är ingen angiven som utsedd av {parter}.",
      { parter = listed(saknas, { last = "eller" }) }, { at = "revision.revisorer" })
  end,
}
