return rule {
  id     = "HUV-21",
  title  = "Skatter och avgifter betalas varje månad",
  ground = "Skatteförfarandelagen (2011:1244) 26 och 62 kap.",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Stäm av mot skattekontot att skatter och avgifter är betalda i tid.",
  limits = "Skulden till Skatteverket är kontogrupp 27. En betalning räknas den månad den är bokförd.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if not bok.slut then return not_applicable("filen säger inte vilket år den gäller, och kan vara en del av det") end
    local skuld = bok:months { account = "27", side = "kredit" }
    local betalt = bok:months { account = "27", side = "debet" }
    local antal, names, values = 0, {}, {}
    local paid = {} -- by month: the one may reach farther than the other where no year is given
    for _, month in ipairs(betalt) do paid[month.key] = month.count end
    for i = 1, #skuld - 1 do
      if skuld[i].count > 0 then
        antal = antal + 1
        if (paid[skuld[i + 1].key] or 0) < 1 then
          names[#names + 1] = skuld[i].key
          values[#values + 1] = skuld[i].sum
        end
      end
    end
    if antal == 0 then return not_applicable("inga skulder för skatter och avgifter (27) är bokförda") end
    if #names == 0 then return end
    return finding("För {n} av {antal} månader med bokförda skatter och avgifter är inget betalt månaden efter: {manader}. Skulden var {skuld} vid årets slut.",
      { n = #names, antal = antal, manader = listed(names), skuld = bok:balance("27") }, { at = values[1], evidence = values })
  end,
}
