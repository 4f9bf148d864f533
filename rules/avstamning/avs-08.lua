return rule {
  id     = "AVS-08",
  title  = "Medlemsbidragen är bokförda medlem för medlem som noten visar",
  ground = "FinsamL 5–6 §§; LKBR 9 kap.",
  level  = "error",
  needs  = { "huvudbok", "kontoplan" },
  recommendation = "Rätta kontot, eller noten, så att varje medlems bidrag är det som är bokfört.",
  limits = "Kontoplanen avgör vilka konton som är en rad; docs/kontoplan.md.",
  check  = function(ar, p, bok, avst)
    local found = {}
    local list, compared = avst:compare(ar, "not_intakter")
    for _, d in ipairs(list) do
      if not d.foljer then
        found[#found + 1] = finding("{rad} {ar} är tryckt som {tryckt}, men huvudboken ger {bok}; skillnaden är {skillnad:+kr}. {bakom}",
          { rad = d.fakta.label, ar = d.fakta.year, tryckt = d.fakta.printed or ore(0), bok = d.huvudbok, skillnad = d.skillnad, bakom = d.bakom },
          { at = d.fakta, evidence = d.poster, causes = d.nycklar })
      end
    end
    if compared < 1 then return not_applicable("noten om intäkter saknas, eller kontoplanen skiljer inte på medlemmarna") end
    return found
  end,
}
