local function size(q)
  return q and q:abs()
end

-- The budgeted costs that the driftredovisning can be said to print: all groups, with and
-- without what it keeps outside them, gross and net.
local function forms(drift)
  local grupper, brutto = {}, {}
  for row in drift:rows() do
    if row.under == "resultat" and row.id ~= "intakter" then
      grupper[#grupper + 1] = row.budget
      brutto[#brutto + 1] = size(row.budget_kostnad)
    end
  end
  local resultat, intakter = drift:row("resultat"), drift:row("intakter")
  local all = { size(sum(grupper)), sum(brutto) }
  all[#all + 1] = resultat and size(resultat.budget_kostnad)
  if resultat and intakter and resultat.budget and intakter.budget then
    all[#all + 1] = size(intakter.budget - resultat.budget)
  end
  return all, size(sum(grupper))
end

return rule {
  id     = "DRI-05",
  title  = "Budgeterade kostnader är desamma i text och driftredovisning",
  ground = "LKBR 10 kap. 1 §; RKR R14",
  level  = "deviation",
  needs  = { "driftredovisning", "budget.verksamhetens_kostnader" },
  recommendation = "Ange samma fastställda budget i texten och i driftredovisningen.",
  limits = "En budget i text kan räkna in annat än driftredovisningen gör, som avskrivningar, finansiella poster och projektmedel, så en skillnad är en fråga. Budgeterat resultat jämförs av TXT-01.",
  check  = function(ar)
    local alla, tabell = forms(ar.driftredovisning)
    local text = ar.budget:precise("verksamhetens_kostnader"):abs()
    if not tabell then return not_applicable("grupperna har ingen budget") end
    for form in each(alla) do
      if agrees(text, form) then return end
    end
    return finding("Texten anger budgeterade kostnader till {text} men driftredovisningens grupper är budgeterade till {tabell}; skillnaden är {skillnad}. Vad räknas in på vartdera stället?",
      { text = text, tabell = tabell, skillnad = (text - tabell):abs() }, { at = text, level = "note" })
  end,
}
