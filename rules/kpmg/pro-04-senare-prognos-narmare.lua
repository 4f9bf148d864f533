-- The forecasts of the result, the oldest first.
local function forecasts(ar)
  local list = {}
  for prognos in each(ar.prognoser) do
    if prognos.begrepp == "arets_resultat" then
      for fore in each(prognos.tidigare) do list[#list + 1] = fore end
      list[#list + 1] = prognos
    end
  end
  return list
end

return rule {
  id     = "PRO-04",
  title  = "En senare prognos ligger närmare utfallet",
  ground = "God sed för prognoser",
  level  = "note",
  needs  = { "prognoser", "arets_resultat" },
  recommendation = "Gå igenom varför den senare prognosen inte blev bättre.",
  check  = function(ar)
    local list, utfall, out = forecasts(ar), ar.arets_resultat, {}
    if #list < 2 then return not_applicable("bara en prognos för årets resultat är tryckt") end
    for i = 2, #list do
      local nu, fore = list[i].tal, list[i - 1].tal
      local miss, fore_miss = (utfall - nu):abs(), (utfall - fore):abs()
      if miss > fore_miss and not agrees(nu, fore) then
        out[#out + 1] = finding("Prognosen {nar} var {tal:tkr}, {miss:tkr} från utfallet {utfall:tkr}; den tidigare, {fore:tkr}, låg närmare ({fore_miss:tkr}).",
          { nar = list[i].gjord or "", tal = nu, miss = miss, utfall = utfall, fore = fore, fore_miss = fore_miss },
          { at = nu })
      end
    end
    return out
  end,
}
