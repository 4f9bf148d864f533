-- Is the row's deviation given in words or figures anywhere in the text?
local function kommenterad(ar, rad)
  for insats in each(ar.insatser) do
    if insats.driftrad == rad.id and (insats.avvikelse or insats.avvikelse_forklaring) then return true end
  end
  for u in each(ar.uppgifter) do
    if u.begrepp == "driftredovisning." .. rad.id .. ".avvikelse" then return true end
    if contains(u.text, rad.label) or contains(u.text, rad.usual_label) then return true end
  end
  return false
end

return rule {
  id     = "DRI-08",
  title  = "Insatser som avviker från budget är kommenterade",
  ground = "LKBR 10 kap. 1 §, 11 kap. 9 §; RKR R14",
  level  = "recommendation",
  needs  = { "driftredovisning", "medlemsbidrag" },
  recommendation = "Kommentera insatser som avviker väsentligt från budget.",
  limits = "Ser bara kommentarer som är införda under uppgifter eller som insatsens avvikelse.",
  check  = function(ar, p)
    local ut, minst = {}, p.insats.minsta_belopp * ar.medlemsbidrag
    for rad in ar.driftredovisning:rows() do
      local avvikelse = (rad.under == "individ" or rad.under == "struktur") and rad.avvikelse
      if avvikelse and avvikelse:abs() > minst and not kommenterad(ar, rad) then
        local budget = or_zero(rad.budget):abs()
        if avvikelse:abs() > p.insats.storsta_avvikelse * budget then
          ut[#ut + 1] = finding("{rad} avviker med {avvikelse:+kr} från budgeten {budget} utan att det kommenteras.",
            { rad = rad.label, avvikelse = avvikelse, budget = budget }, { at = avvikelse, silence = true })
        end
      end
    end
    return ut
  end,
}
