return rule {
  id     = "HUV-21",
  title  = "Skatter och avgifter betalas varje månad",
  ground = "Skatteförfarandelagen (2011:1244) 26 och 62 kap.",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Stäm av mot skattekontot att skatter och avgifter är betalda i tid.",
  limits = "Skulden till Skatteverket är kontogrupp 27. En betalning räknas den månad den är bokförd.",
  check  = function(ar, p, bok)
    local skuld = bok:months { account = "27", side = "kredit" }
    local betalt = bok:months { account = "27", side = "debet" }
    local antal, names, values, last = 0, {}, {}, 0
    for i, month in ipairs(skuld) do
      if month.count > 0 then last = i end
    end
    for i = 1, #skuld - 1 do
      if skuld[i].count > 0 then
        antal = antal + 1
        if betalt[i + 1].count < 1 then
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
