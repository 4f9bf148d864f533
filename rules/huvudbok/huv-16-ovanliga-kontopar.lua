return rule {
  id     = "HUV-16",
  title  = "Ovanliga kontopar är förklarade",
  ground = "Standard för kommunal räkenskapsrevision (ISA 240 om journalposter)",
  level  = "note",
  needs  = { "huvudbok" },
  recommendation = "Granska underlaget till de ovanliga konteringarna.",
  limits = "Bara verifikationer med två rader prövas; i större går paren inte att se.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local minst, hogst = (p.huvudbok.minsta_antal:parts()), (p.huvudbok.ovanligt_par:parts())
    local paren, ordning, antal = {}, {}, 0
    local senast, konto1, belopp1, rader = nil, nil, nil, 0
    local function avsluta()
      if rader ~= 2 then return end
      antal = antal + 1
    end
    local vantande
    for _, konto, belopp, _, ver in bok:rows() do
      if ver ~= senast then
        if rader == 2 and vantande then ordning[#ordning + 1] = vantande end
        avsluta()
        senast, konto1, belopp1, rader, vantande = ver, konto, belopp, 1, nil
      else
        rader = rader + 1
        if rader == 2 then
          local debet, kredit = konto1, konto
          if belopp1 < 0 then debet, kredit = konto, konto1 end
          vantande = { debet .. " mot " .. kredit, ver, math.abs(belopp) }
        end
      end
    end
    if rader == 2 and vantande then ordning[#ordning + 1] = vantande end
    avsluta()
    if antal < minst then
      return not_applicable(counted(antal, "verifikation", "verifikationer") .. " med två rader är färre än de " .. minst .. " som behövs för att ett par ska vara ovanligt")
    end
    for _, post in ipairs(ordning) do paren[post[1]] = (paren[post[1]] or 0) + 1 end
    local sallsynta, slagen, n = {}, 0, 0
    for _, ganger in pairs(paren) do slagen = slagen + 1 if ganger <= hogst then n = n + 1 end end
    for _, post in ipairs(ordning) do
      if paren[post[1]] <= hogst then sallsynta[#sallsynta + 1] = post end
    end
    if n == 0 then return end
    table.sort(sallsynta, function(a, b)
      if a[3] ~= b[3] then return a[3] > b[3] end
      return a[2] < b[2]
    end)
    local underlag = {}
    for i = 1, math.min(#sallsynta, 10) do underlag[i] = bok:voucher(sallsynta[i][2]) end
    return finding("{n} av {par} kontopar har använts högst {hogst}, i {antal} verifikationer med två rader. Störst belopp: {vilket}, {belopp} i {ver}.",
      { n = n, par = slagen, hogst = in_words(hogst) .. (hogst > 1 and " gånger" or " gång"), antal = antal, vilket = sallsynta[1][1], belopp = ore(sallsynta[1][3]), ver = underlag[1] },
      { at = underlag[1], evidence = underlag })
  end,
}
