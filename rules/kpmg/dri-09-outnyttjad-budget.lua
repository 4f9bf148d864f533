return rule {
  id     = "DRI-09",
  title  = "Insatsernas budgetposter används",
  ground = "KL 11 kap. 1 och 6 §§; LKBR 11 kap. 8 §",
  level  = "recommendation",
  needs  = { "driftredovisning", "medlemsbidrag" },
  recommendation = "Ange vad ospecificerade budgetposter är avsedda för, och pröva om de behövs.",
  check  = function(ar, p)
    local ut, minst = {}, p.insats.minsta_belopp * ar.medlemsbidrag
    for rad in ar.driftredovisning:rows() do
      local budget = (rad.under == "individ" or rad.under == "struktur") and rad.budget
      if budget and -budget > minst then
        -- en tabell utan kostnadskolumn har utfallet i nettot
        local utfall = rad:fact("kostnad") and or_zero(rad.kostnad) or rad:fact("netto") and -or_zero(rad.netto)
        if utfall and utfall < p.insats.lagsta_forbrukning * -budget then
          ut[#ut + 1] = finding("{rad} har förbrukat {utfall} av {budget}, {andel:%}.",
            { rad = rad.label, utfall = utfall, budget = -budget, andel = utfall / -budget },
            { at = budget })
        end
      end
    end
    return ut
  end,
}
