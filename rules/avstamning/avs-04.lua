local columns = { intakt = "Intäkt,", kostnad = "Kostnad,", netto = "Netto,", budget = "Budget,", avvikelse = "Avvikelse," }

return rule {
  id     = "AVS-04",
  title  = "Driftredovisningen är huvudbokens, objekt för objekt",
  ground = "LKBR 10 kap. 1 §; RKR R14",
  level  = "error",
  document = "alla",
  needs  = { "huvudbok", "kontoplan" },
  recommendation = "Rätta driftredovisningen eller objektet på verifikationen.",
  limits = "Kontoplanen avgör vilka konton som är en rad; docs/kontoplan.md.",
  check  = function(ar, p, bok, avst)
    local found = {}
    local list, compared = avst:compare(ar, "driftredovisning")
    for _, d in ipairs(list) do
      local where = d.fakta.measure
      if not d.foljer then
        found[#found + 1] = finding("{kolumn} {rad} {ar} är tryckt som {tryckt}, men huvudboken ger {bok}; skillnaden är {skillnad:+kr}. {bakom}",
          { kolumn = columns[where] or "", rad = d.fakta.label, ar = d.fakta.year, tryckt = d.fakta.printed or ore(0), bok = d.huvudbok, skillnad = d.skillnad, bakom = d.bakom },
          { at = d.fakta, evidence = d.poster, causes = d.nycklar })
      end
    end
    if compared < 1 then return not_applicable("rapporten har ingen driftredovisning som huvudboken når") end
    return found
  end,
}
