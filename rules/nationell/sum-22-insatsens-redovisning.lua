return rule {
  id     = "SUM-22",
  title  = "Insatsens redovisning summerar",
  ground = "LKBR 4 kap. 2–3 §§; FinsamL 7 §",
  level  = "error",
  needs  = { "insatser" },
  recommendation = "Rätta insatsens redovisning.",
  check  = function(ar)
    local out, tried = {}, false
    local function try(insats, printed, computed, message)
      if not printed or not computed then return end
      tried = true
      if agrees(printed, computed) then return end
      out[#out + 1] = finding("{namn}: " .. message .. " är {ska}, men {tryckt} är tryckt; skillnaden är {skillnad:+kr}.",
        { namn = insats.namn, ska = computed, tryckt = printed, skillnad = printed - computed },
        { at = printed })
    end
    for insats in each(ar.insatser) do
      local utfall, avvikelse = insats.utfall, insats.avvikelse
      try(insats, utfall, insats.lon and insats.ovriga_kostnader and insats.lon + insats.ovriga_kostnader,
        "lönekostnader och övriga kostnader")
      try(insats, insats.overskott, utfall and insats.erhallet and insats.erhallet - utfall,
        "erhållna medel minus utfall")
      try(insats, avvikelse and avvikelse:abs(), utfall and insats.budget and (insats.budget - utfall):abs(),
        "skillnaden mellan budget och utfall")
    end
    if not tried then return not_applicable("ingen insats redovisar delarna") end
    return out
  end,
}
