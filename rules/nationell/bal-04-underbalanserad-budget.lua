local function prova_budget(ar, text, ut)
  local resultat = ar.budget:precise("arets_resultat")
  if not resultat or resultat >= kr(0) then return end
  ut[#ut + 1] = finding("Budgeten för {ar} är underbalanserad: resultatet är {resultat}. "
    .. (text and "En motivering finns." or "Det sägs inte varför eller hur underskottet täcks."),
    { ar = ar.rakenskapsar, resultat = resultat },
    { at = resultat, level = text and "note" or "recommendation", silence = not text })
end

return rule {
  id     = "BAL-04",
  title  = "En underbalanserad budget är motiverad",
  ground = "KL 11 kap. 5 § andra stycket; FinsamL 21 §",
  level  = "recommendation",
  recommendation = "Motivera den underbalanserade budgeten och ange hur den täcks.",
  limits = "Undantaget för synnerliga skäl gäller inte ett samordningsförbund; att budgetera underskott för att förbruka sparade medel är vanligt.",
  check  = function(ar)
    if not ar.budget.arets_resultat and not ar.kommande.budget.arets_resultat then
      return not_applicable("inget budgeterat resultat är tryckt")
    end
    local fb, ut = ar.forvaltningsberattelse, {}
    local text = fb and fb.underbalansering
    prova_budget(ar, text, ut)
    prova_budget(ar.kommande, text, ut)
    return ut
  end,
}
