return rule {
  id     = "NOT-08",
  title  = "Intäktsnoten har inga negativa intäkter",
  ground = "LKBR 4 kap. 4 § 6",
  level  = "note",
  needs  = { "not_intakter" },
  limits = "En återbetalning av bidrag kan vara rätt redovisad som minskad intäkt; noten bör då förklara den.",
  check  = function(ar)
    local fel = {}
    for v in each { ar, ar.foregaende } do
      for rad in v.not_intakter:rows() do
        if rad.belopp and rad.belopp < kr(0) then
          fel[#fel + 1] = finding("{rad} {ar} är {belopp}: en negativ intäkt. Om den är en återbetalning bör noten förklara den, eftersom intäkter och kostnader inte får kvittas.",
            { rad = rad.label, ar = v.rakenskapsar, belopp = rad.belopp }, { at = rad.belopp })
        end
      end
    end
    return #fel > 0 and fel or nil
  end,
}
