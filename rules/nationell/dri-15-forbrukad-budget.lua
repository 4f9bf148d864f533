-- The outcome that the tables have for an insats: its own row in finansierad verksamhet,
-- else its row in the driftredovisning.
local function tabellernas_utfall(ar, insats)
  local samma = 0
  local verksamhet, drift = ar.finansierad_verksamhet, ar.driftredovisning
  for andra in each(ar.insatser) do
    if andra.verksamhetsrad == insats.verksamhetsrad then samma = samma + 1 end
  end
  if verksamhet and samma == 1 then
    for rad in verksamhet:rows() do
      if rad.id == insats.verksamhetsrad and rad.belopp then return rad.belopp end
    end
  end
  if not drift then return end
  for rad in drift:rows() do
    if rad.id == insats.driftrad then return rad.kostnad end
  end
end

return rule {
  id     = "DRI-15",
  title  = "En budget som uppges förbrukad är förbrukad enligt tabellerna",
  ground = "LKBR 4 kap. 3 §",
  level  = "deviation",
  needs  = { "insatser" },
  recommendation = "Ange insatsens utfall i kronor.",
  limits = "100 procent är också det som avrundas dit, och är då en fråga om kronorna.",
  check  = function(ar)
    local ut, provat = {}, false
    for insats in each(ar.insatser) do
      local forbrukning, budget = insats.forbrukning, insats.budget
      if budget and forbrukning and not insats.utfall and agrees(forbrukning, percent(100)) then
        local utfall = tabellernas_utfall(ar, insats)
        provat = provat or utfall
        if utfall and not agrees(budget, utfall) then
          ut[#ut + 1] = finding("{namn}: budgeten {budget} uppges vara förbrukad, men utfallet är {utfall}; skillnaden är {skillnad}.",
            { namn = insats.namn, budget = budget, utfall = utfall, skillnad = (budget - utfall):abs() },
            { at = budget, level = agrees(forbrukning, utfall / budget) and "note" or nil })
        end
      end
    end
    if not provat then return not_applicable("ingen insats uppges ha förbrukat hela budgeten utan att utfallet anges") end
    return ut
  end,
}
