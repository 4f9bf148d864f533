-- The same word but for its ending: team, teamet.
local function lika(a, b)
  if #a > #b then a, b = b, a end
  return a == b or #a > 3 and #b - #a <= 2 and b:sub(1, #a) == a
end

-- Is every word of a (but the shortest) among those of b?
local function ryms(a, b)
  for ord in each(a) do
    local funna = #ord <= 2
    for andra in each(b) do funna = funna or lika(ord, andra) end
    if not funna then return false end
  end
  return true
end

local function samma(a, b)
  a, b = words(a), words(b)
  return ryms(a, b) or ryms(b, a)
end

return rule {
  id     = "TXT-04",
  title  = "En insats har samma namn överallt",
  ground = "LKBR 4 kap. 2 §",
  level  = "note",
  needs  = { "insatser" },
  recommendation = "Använd samma namn på insatsen i text, tabeller och bilagor.",
  limits = "Böjningar och kortare namn godtas. Ett namn som räknar upp flera insatser prövas inte.",
  check  = function(ar)
    local ut, provat = {}, false
    for insats in each(ar.insatser) do
      local rad = insats.driftrad and ar.driftredovisning and ar.driftredovisning:row(insats.driftrad)
      provat = provat or rad
      if rad and not samma(insats.namn, rad.label) then
        ut[#ut + 1] = finding("Insatsen heter ”{namn}” i texten men ”{rad}” i driftredovisningen.",
          { namn = insats.namn, rad = rad.label }, { at = insats })
      end
    end
    for enkat in each(ar.enkater) do
      for namn in each(enkat.insatser) do
        local kanda = contains(namn, " och ")
        for insats in each(ar.insatser) do kanda = kanda or samma(namn, insats.namn) end
        provat = true
        if not kanda then
          ut[#ut + 1] = finding("Enkäten uppges gälla ”{namn}”, men någon insats med det namnet redovisas inte.",
            { namn = namn }, { at = enkat })
        end
      end
    end
    if not provat then return not_applicable("insatserna nämns bara på ett ställe") end
    return ut
  end,
}
