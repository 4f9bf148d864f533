return rule {
  id     = "TXT-07",
  title  = "En avvikelse mot budgeterat resultat i text är utfallet minus budgeten",
  ground = "LKBR 4 kap. 3 §",
  level  = "note",
  needs  = { "uppgifter", "arets_resultat", "budget.arets_resultat" },
  recommendation = "Ange vilket resultat och vilken budget avvikelsen räknas på.",
  limits = "Prövas när driftredovisningen inte visar samma avvikelse; annars jämförs texten med den (DRI-06).",
  check  = function(ar)
    local rr = ar.resultatrakning
    local resultat = rr and rr.arets_resultat or ar.arets_resultat
    local budget = ar.budget:precise("arets_resultat")
    local ska, ut, provat = resultat - budget, {}, false
    local drift = ar:get("driftredovisning.resultat.avvikelse")
    if drift and agrees(drift:abs(), ska:abs()) then
      return not_applicable("driftredovisningens avvikelse är denna, och DRI-06 jämför texten med den")
    end
    for u in each(ar.uppgifter) do
      local tal = u.begrepp == "budgetavvikelse" and not u.variant and (u.ar or ar.rakenskapsar) == ar.rakenskapsar and u.tal
      if tal then
        provat = true
        if not agrees(tal:abs(), ska:abs()) and not (drift and agrees(tal:abs(), drift:abs())) then
          ut[#ut + 1] = finding("Texten anger avvikelsen till {tal}, men årets resultat {resultat} minus budgeten {budget} är {ska}. På vilket resultat och vilken budget är den räknad?",
            { tal = tal, resultat = resultat, budget = budget, ska = ska }, { at = tal })
        end
      end
    end
    if not provat then return not_applicable("texten anger ingen avvikelse mot budget") end
    return ut
  end,
}
