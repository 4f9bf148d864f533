return rule {
  id     = "MAL-15",
  title  = "Andelen med stegförflyttning i sammanfattningen är insatsernas",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "uppgifter", "insatser" },
  check  = function(ar)
    local antal, av, ut, provat = {}, {}, {}, false
    for insats in each(ar.insatser) do
      local positiva, alla = insats.stegforflyttning, insats.stegforflyttning_av
      if positiva and alla then
        antal[#antal + 1], av[#av + 1] = positiva, alla
      elseif insats.typ == "individ" then
        return not_applicable("antalen är inte tryckta för varje insats")
      end
    end
    local positiva, alla = sum(antal), sum(av)
    for u in each(ar.uppgifter) do
      local tal = contains(u.text, "stegförflyttning") and u.tal
      if tal and tal:fact().unit == "%" and alla and not alla:is_zero() then
        provat = true
        local ska = positiva / alla
        local hur = agreement(tal, ska)
        if hur ~= "agree" then
          local forvaxlat = tal * count(100) == positiva
          ut[#ut + 1] = finding("{tal} av de avslutade uppges ha gjort stegförflyttning, men insatserna har {positiva} av {alla}, {ska:%}."
            .. (forvaxlat and " {positiva} är antalet, inte andelen." or ""),
            { tal = tal, positiva = positiva, alla = alla, ska = ska },
            { at = tal, level = hur == "rounded" and "note" or nil })
        end
      end
    end
    if not provat then return not_applicable("ingen sammanfattande andel eller inga antal") end
    return ut
  end,
}
