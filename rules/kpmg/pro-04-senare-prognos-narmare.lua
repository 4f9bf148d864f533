-- The forecasts of the result, the oldest first.
local function prognoser(ar)
  local lista = {}
  for prognos in each(ar.prognoser) do
    if prognos.begrepp == "arets_resultat" then
      for fore in each(prognos.tidigare) do lista[#lista + 1] = fore end
      lista[#lista + 1] = prognos
    end
  end
  return lista
end

return rule {
  id     = "PRO-04",
  title  = "En senare prognos ligger närmare utfallet",
  ground = "God sed för prognoser",
  level  = "note",
  needs  = { "prognoser", "arets_resultat" },
  recommendation = "Gå igenom varför den senare prognosen inte blev bättre.",
  check  = function(ar)
    local lista, utfall, ut = prognoser(ar), ar.arets_resultat, {}
    if #lista < 2 then return not_applicable("bara en prognos för årets resultat är tryckt") end
    for i = 2, #lista do
      local nu, fore = lista[i].tal, lista[i - 1].tal
      local miss, fore_miss = (utfall - nu):abs(), (utfall - fore):abs()
      if miss > fore_miss and not agrees(nu, fore) then
        ut[#ut + 1] = finding("Prognosen {nar} var {tal:tkr}, {miss:tkr} från utfallet {utfall:tkr}; den tidigare, {fore:tkr}, låg närmare ({fore_miss:tkr}).",
          { nar = lista[i].gjord or "", tal = nu, miss = miss, utfall = utfall, fore = fore, fore_miss = fore_miss },
          { at = nu })
      end
    end
    return ut
  end,
}
