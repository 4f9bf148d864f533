-- The same word but for its ending: team, teamet.
local function alike(a, b)
  if #a > #b then a, b = b, a end
  return a == b or #a > 3 and #b - #a <= 2 and b:sub(1, #a) == a
end

-- Is every word of a (but the shortest) among those of b?
local function within(a, b)
  for word in each(a) do
    local found = #word <= 2
    for other in each(b) do found = found or alike(word, other) end
    if not found then return false end
  end
  return true
end

local function same(a, b)
  a, b = words(a), words(b)
  return within(a, b) or within(b, a)
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
    local out, tried = {}, false
    for insats in each(ar.insatser) do
      local row = insats.driftrad and ar.driftredovisning and ar.driftredovisning:row(insats.driftrad)
      tried = tried or row
      if row and not same(insats.namn, row.label) then
        out[#out + 1] = finding("Insatsen heter ”{namn}” i texten men ”{rad}” i driftredovisningen.",
          { namn = insats.namn, rad = row.label }, { at = insats })
      end
    end
    for enkat in each(ar.enkater) do
      for namn in each(enkat.insatser) do
        local known = contains(namn, " och ")
        for insats in each(ar.insatser) do known = known or same(namn, insats.namn) end
        tried = true
        if not known then
          out[#out + 1] = finding("Enkäten uppges gälla ”{namn}”, men någon insats med det namnet redovisas inte.",
            { namn = namn }, { at = enkat })
        end
      end
    end
    if not tried then return not_applicable("insatserna nämns bara på ett ställe") end
    return out
  end,
}
