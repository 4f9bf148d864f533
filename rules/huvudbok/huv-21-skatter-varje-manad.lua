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
    local antal, namnen, varden = 0, {}, {}
    local betalda = {} -- by month: the one may reach farther than the other where no year is given
    for _, manad in ipairs(betalt) do betalda[manad.key] = manad.count end
    for i = 1, #skuld - 1 do
      if skuld[i].count > 0 then
        antal = antal + 1
        if (betalda[skuld[i + 1].key] or 0) < 1 then
          namnen[#namnen + 1] = skuld[i].key
          varden[#varden + 1] = skuld[i].sum
        end
      end
    end
    if antal == 0 then return not_applicable("inga skulder för skatter och avgifter (27) är bokförda") end
    if #namnen == 0 then return end
    return finding("För {n} av {antal} månader med bokförda skatter och avgifter är inget betalt månaden efter: {manader}. Skulden var {skuld} vid årets slut.",
      { n = #namnen, antal = antal, manader = listed(namnen), skuld = bok:balance("27") }, { at = varden[1], evidence = varden })
  end,
}
