return rule {
  id     = "AVS-06",
  title  = "Eget kapital ändras i huvudboken bara med årets resultat",
  ground = "LKBR 4 kap. 4 § 7 och 8",
  level  = "error",
  needs  = { "huvudbok", "kontoplan" },
  recommendation = "Utred vad som är bokfört direkt mot eget kapital, eller ingående balanser som är ändrade.",
  check  = function(ar, p)
    local bok, avst = ar.huvudbok, ar.avstamning
    local fore = avst:get("balansrakning.eget_kapital", nil, -1)
    local slut = avst:get "balansrakning.eget_kapital"
    if not fore or not slut then return not_applicable("filen har inte eget kapital för två år") end
    local resultat = avst:get "resultatrakning.arets_resultat" or ore(0)
    local fel = slut - fore - resultat
    if fel:is_zero() then return end
    local orsaker, oppnat = {}, ore(0) -- opening balances that HUV-04 tells of
    for konto in bok:accounts "20" do
      local ib, ub = or_zero(bok:ib("=" .. konto)), or_zero(bok:ub("=" .. konto, -1))
      if ib ~= ub then orsaker[#orsaker + 1], oppnat = "ib:" .. konto, oppnat - (ib - ub) end
    end
    if oppnat ~= fel then orsaker = {} end
    return finding("Eget kapital är {slut} vid årets slut. Med {fore} året före och årets resultat {resultat} skulle det vara {vantat}; skillnaden är {fel:+kr}.",
      { slut = slut, fore = fore, resultat = resultat, vantat = fore + resultat, fel = fel }, { at = bok:balance("20"), causes = orsaker })
  end,
}
