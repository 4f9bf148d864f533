return rule {
  id     = "DRI-05",
  title  = "Budgeterade kostnader är desamma i text och driftredovisning",
  ground = "LKBR 10 kap. 1 §; RKR R14",
  level  = "deviation",
  needs  = { "driftredovisning.intakter.budget", "budget.verksamhetens_kostnader" },
  recommendation = "Ange samma fastställda budget i texten och i driftredovisningen.",
  limits = "Prövas bara när driftredovisningen skiljer intäkter från kostnader; budgeterat resultat jämförs av TXT-01.",
  check  = function(ar)
    local grupper = {}
    for row in ar.driftredovisning:rows() do
      if row.under == "resultat" and row.id ~= "intakter" and row.budget then
        grupper[#grupper + 1] = row.budget
      end
    end
    local tabell, text = sum(grupper), ar.budget:precise("verksamhetens_kostnader")
    if not tabell or agrees(text, tabell) then return end
    return finding("Texten anger budgeterade kostnader till {text} men driftredovisningens grupper är budgeterade till {tabell}; skillnaden är {skillnad}.",
      { text = text:abs(), tabell = tabell:abs(), skillnad = (text - tabell):abs() }, { at = text })
  end,
}
