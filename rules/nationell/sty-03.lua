-- Parten och de ord som dess revisor känns igen på.
local parter = {
  { "staten", "staten", "staten", "Försäkringskassan", "Arbetsförmedlingen" },
  { "region", "regionen", "region", "landsting" },
  { "kommun", "kommunerna", "kommun" },
}

local function har_revisor(revisorer, ord)
  for text in each(revisorer) do
    for i = 3, #ord do
      if contains(text, ord[i]) then return true end
    end
  end
end

return rule {
  id     = "STY-03",
  title  = "Varje part har en revisor",
  ground = "FinsamL 25 §",
  level  = "deviation",
  needs  = { "revision.revisorer", "forbund.medlemmar" },
  recommendation = "Kontrollera att alla medlemmar har utsett revisor och att det framgår vem som utsett vem.",
  limits = "Kommuner och regioner får utse gemensam revisor, så det räcker med en för varje slags part.",
  check  = function(ar)
    local medlem, fel = {}, {}
    for m in each(ar.forbund.medlemmar) do medlem[m.part] = true end
    for _, part in ipairs(parter) do
      if medlem[part[1]] and not har_revisor(ar.revision.revisorer, part) then
        fel[#fel + 1] = finding("Det framgår inte att {part} har utsett någon revisor.", { part = part[2] },
          { at = "revision.revisorer" })
      end
    end
    return #fel > 0 and fel or nil
  end,
}
