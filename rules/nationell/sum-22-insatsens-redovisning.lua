return rule {
  id     = "SUM-22",
  title  = "Insatsens redovisning summerar",
  ground = "LKBR 4 kap. 2–3 §§; FinsamL 7 §",
  level  = "error",
  needs  = { "insatser" },
  recommendation = "Rätta insatsens redovisning.",
  check  = function(ar)
    local ut, provat = {}, false
    local function forsok(insats, tryckt, beraknat, mening)
      if not tryckt or not beraknat then return end
      provat = true
      if agrees(tryckt, beraknat) then return end
      ut[#ut + 1] = finding("{namn}: " .. mening .. " är {ska}, men {tryckt} är tryckt; skillnaden är {skillnad:+kr}.",
        { namn = insats.namn, ska = beraknat, tryckt = tryckt, skillnad = tryckt - beraknat },
        { at = tryckt })
    end
    for insats in each(ar.insatser) do
      local utfall, avvikelse = insats.utfall, insats.avvikelse
      forsok(insats, utfall, insats.lon and insats.ovriga_kostnader and insats.lon + insats.ovriga_kostnader,
        "lönekostnader och övriga kostnader")
      forsok(insats, insats.overskott, utfall and insats.erhallet and insats.erhallet - utfall,
        "erhållna medel minus utfall")
      forsok(insats, avvikelse and avvikelse:abs(), utfall and insats.budget and (insats.budget - utfall):abs(),
        "skillnaden mellan budget och utfall")
    end
    if not provat then return not_applicable("ingen insats redovisar delarna") end
    return ut
  end,
}
