return rule {
  id     = "AVS-02",
  title  = "Balansräkningen är huvudbokens",
  ground = "BFL 5 kap.; LKBR 6 kap. 2 §",
  level  = "error",
  document = "alla",
  needs  = { "huvudbok", "kontoplan" },
  recommendation = "Rätta räkningen, eller bokför det som fattas, så att de två stämmer.",
  limits = "Kontoplanen avgör vilka konton som är en rad; docs/kontoplan.md.",
  check  = function(ar, p, bok, avst)
    local found = {}
    local list, compared = avst:compare(ar, "balansrakning")
    for _, d in ipairs(list) do
      if not d.foljer then
        found[#found + 1] = finding("{rad} {ar} är tryckt som {tryckt}, men huvudboken ger {bok}; skillnaden är {skillnad:+kr}. {bakom}",
          { rad = d.fakta.label, ar = d.fakta.year, tryckt = d.fakta.printed or ore(0), bok = d.huvudbok, skillnad = d.skillnad, bakom = d.bakom },
          { at = d.fakta, evidence = d.poster, causes = d.nycklar })
      end
    end
    if compared < 1 then return not_applicable("rapporten har ingen balansräkning som huvudboken når") end
    return found
  end,
}
