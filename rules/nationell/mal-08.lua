return rule {
  id     = "MAL-08",
  title  = "Andelen med positiv stegförflyttning är rätt räknad",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "insatser" },
  check  = function(ar)
    local out, tried = {}, false
    for insats in each(ar.insatser) do
      local tryckt, antal, av = insats.stegforflyttning_andel, insats.stegforflyttning, insats.stegforflyttning_av
      if tryckt and antal and av and antal <= av and not av:is_zero() then  -- fler steg än avslutade: MAL-23
        tried = true
        local ska = antal / av
        local hur = agreement(tryckt, ska)
        if hur ~= "agree" then
          out[#out + 1] = finding("{namn}: andelen med positiv stegförflyttning är tryckt som {tryckt}, men {antal} av {av} är {ska:%1}.",
            { namn = insats.namn, tryckt = tryckt, antal = antal, av = av, ska = ska },
            { at = tryckt, level = hur == "rounded" and "note" or nil })
        end
      end
    end
    if not tried then return not_applicable("ingen insats har både andel och antal") end
    return out
  end,
}
