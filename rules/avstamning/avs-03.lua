return rule {
  id     = "AVS-03",
  title  = "Noterna är huvudbokens",
  ground = "BFL 5 kap.; LKBR 9 kap.",
  level  = "error",
  document = "alla",
  needs  = { "huvudbok", "kontoplan" },
  recommendation = "Rätta räkningen, eller bokför det som fattas, så att de två stämmer.",
  limits = "Kontoplanen avgör vilka konton som är en rad; docs/kontoplan.md.",
  check  = function(ar, p, bok, avst)
    local found, compared = {}, 0
    for _, tabell in ipairs { "not_kostnader", "not_finansiella_poster", "not_fordringar", "not_avsattningar",
      "not_langfristiga_skulder", "not_kortfristiga_skulder" } do
      local list, n = avst:compare(ar, tabell)
      compared = compared + n
      for _, d in ipairs(list) do
        if not d.foljer then
          found[#found + 1] = finding("{rad} {ar} är tryckt som {tryckt}, men huvudboken ger {bok}; skillnaden är {skillnad:+kr}. {bakom}",
            { rad = d.fakta.label, ar = d.fakta.year, tryckt = d.fakta.printed or ore(0), bok = d.huvudbok, skillnad = d.skillnad, bakom = d.bakom },
            { at = d.fakta, evidence = d.poster, causes = d.nycklar })
        end
      end
    end
    if compared == 0 then return not_applicable("rapporten har inga noter som huvudboken når") end
    return found
  end,
}
