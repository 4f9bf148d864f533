-- The outcome that the tables have for an insats: its own row in finansierad verksamhet,
-- else its row in the driftredovisning.
local function outcome(ar, insats)
  local same = 0
  local verksamhet, drift = ar.finansierad_verksamhet, ar.driftredovisning
  for other in each(ar.insatser) do
    if other.verksamhetsrad == insats.verksamhetsrad then same = same + 1 end
  end
  if verksamhet and same == 1 then
    for row in verksamhet:rows() do
      if row.id == insats.verksamhetsrad and row.belopp then return row.belopp end
    end
  end
  if not drift then return end
  for row in drift:rows() do
    if row.id == insats.driftrad then return row.kostnad end
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
    local out, tried = {}, false
    for insats in each(ar.insatser) do
      local forbrukning, budget = insats.forbrukning, insats.budget
      if budget and forbrukning and not insats.utfall and agrees(forbrukning, percent(100)) then
        local utfall = outcome(ar, insats)
        tried = tried or utfall
        if utfall and not agrees(budget, utfall) then
          out[#out + 1] = finding("{namn}: budgeten {budget} uppges vara förbrukad, men utfallet är {utfall}; skillnaden är {skillnad}.",
            { namn = insats.namn, budget = budget, utfall = utfall, skillnad = (budget - utfall):abs() },
            { at = budget, level = agrees(forbrukning, utfall / budget) and "note" or nil })
        end
      end
    end
    if not tried then return not_applicable("ingen insats uppges ha förbrukat hela budgeten utan att utfallet anges") end
    return out
  end,
}
