-- Is the deviation given in words or figures?
local function kommenterad(ar, insats)
  if insats.avvikelse_forklaring then return true end
  for u in each(ar.uppgifter) do
    if contains(u.text, insats.namn) then return true end
  end
  return false
end

-- Its row in the driftredovisning is asked about by DRI-08.
local function har_rad(ar, insats)
  local t = insats.driftrad and ar.driftredovisning
  return t and t:row(insats.driftrad) ~= nil
end

return rule {
  id     = "DRI-17",
  title  = "Insatsens avvikelse mot sin budget är förklarad",
  ground = "LKBR 11 kap. 2 §; RKR R14",
  level  = "recommendation",
  needs  = { "insatser", "medlemsbidrag" },
  recommendation = "Förklara för varje insats varför utfallet avviker väsentligt från budgeten.",
  limits = "Ser bara förklaringar som är införda, som insatsens avvikelse_forklaring eller under uppgifter.",
  check  = function(ar, p)
    local ut, provat, minst = {}, false, p.insats.minsta_belopp * ar.medlemsbidrag
    for insats in each(ar.insatser) do
      local budget, utfall = insats.budget, insats.utfall
      if budget and utfall and not har_rad(ar, insats) then
        provat = true
        local skillnad = (budget - utfall):abs()
        if skillnad > minst and skillnad > p.insats.storsta_avvikelse * budget:abs() and not kommenterad(ar, insats) then
          ut[#ut + 1] = finding("{namn} har kostat {utfall} mot budgeten {budget}, {skillnad} " .. (utfall > budget and "mer" or "mindre")
            .. ", utan att det förklaras.",
            { namn = insats.namn, utfall = utfall, budget = budget, skillnad = skillnad }, { at = utfall })
        end
      end
    end
    if not provat then return not_applicable("ingen insats har både budget och utfall vid sidan av driftredovisningen") end
    return ut
  end,
}
