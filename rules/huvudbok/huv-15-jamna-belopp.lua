return rule {
  id     = "HUV-15",
  title  = "Få kostnader är bokförda med jämna belopp",
  ground = "Standard för kommunal räkenskapsrevision (ISA 240 om journalposter)",
  level  = "note",
  needs  = { "huvudbok" },
  recommendation = "Begär underlag för de största jämna beloppen: är de uppskattade, och har de stämts av?",
  limits = "Hyror, bidrag till insatser och periodiseringar är ofta jämna utan att något är fel.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local jamnt, minst = p.huvudbok.jamnt_belopp:ore(), (p.huvudbok.minsta_antal:parts())
    local n, antal, rader = 0, 0, {}
    for rad, _, belopp in bok:rows { account = "4..7", amount = { min = p.huvudbok.jamnt_belopp } } do
      antal = antal + 1
      if belopp % jamnt < 1 then
        n = n + 1
        rader[n] = { rad, belopp }
      end
    end
    if antal < minst then
      return not_applicable(counted(antal, "kostnadsrad", "kostnadsrader") .. " på minst " .. p.huvudbok.jamnt_belopp:text() .. " är färre än de " .. minst .. " som behövs för att andelen ska säga något")
    end
    if count(n) / count(antal) <= p.huvudbok.jamn_andel then return end
    table.sort(rader, function(a, b)
      local x, y = math.abs(a[2]), math.abs(b[2])
      if x ~= y then return x > y end
      return a[1] < b[1]
    end)
    local underlag = {}
    for i = 1, math.min(n, 20) do underlag[i] = bok:row(rader[i][1]) end
    return finding("{n} av {antal} kostnadsrader på minst {jamnt} är hela antal av {jamnt}, {andel:%1~grans}; mer än {grans:%} föranleder en fråga. Den största är {belopp} i {ver}.",
      { n = n, antal = antal, jamnt = p.huvudbok.jamnt_belopp, andel = count(n) / count(antal), grans = p.huvudbok.jamn_andel,
        belopp = underlag[1].belopp, ver = underlag[1].verifikation }, { at = underlag[1], evidence = underlag })
  end,
}
