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
    local pairs_, order, antal = {}, {}, 0
    local last, konto1, belopp1, rows = nil, nil, nil, 0
    local function close()
      if rows ~= 2 then return end
      antal = antal + 1
    end
    local pending
    for _, konto, belopp, _, ver in bok:rows() do
      if ver ~= last then
        if rows == 2 and pending then order[#order + 1] = pending end
        close()
        last, konto1, belopp1, rows, pending = ver, konto, belopp, 1, nil
      else
        rows = rows + 1
        if rows == 2 then
          local debet, kredit = konto1, konto
          if belopp1 < 0 then debet, kredit = konto, konto1 end
          pending = { debet .. " mot " .. kredit, ver, math.abs(belopp) }
        end
      end
    end
    if rows == 2 and pending then order[#order + 1] = pending end
    close()
    if antal < minst then
      return not_applicable(counted(antal, "verifikation", "verifikationer") .. " med två rader är färre än de " .. minst .. " som behövs för att ett par ska vara ovanligt")
    end
    for _, item in ipairs(order) do pairs_[item[1]] = (pairs_[item[1]] or 0) + 1 end
    local rare, kinds, n = {}, 0, 0
    for _, times in pairs(pairs_) do kinds = kinds + 1 if times <= hogst then n = n + 1 end end
    for _, item in ipairs(order) do
      if pairs_[item[1]] <= hogst then rare[#rare + 1] = item end
    end
    if n == 0 then return end
    table.sort(rare, function(a, b)
      if a[3] ~= b[3] then return a[3] > b[3] end
      return a[2] < b[2]
    end)
    local evidence = {}
    for i = 1, math.min(#rare, 10) do evidence[i] = bok:voucher(rare[i][2]) end
    return finding("{n} av {par} kontopar har använts högst {hogst}, i {antal} verifikationer med två rader. Störst belopp: {vilket}, {belopp} i {ver}.",
      { n = n, par = kinds, hogst = in_words(hogst) .. (hogst > 1 and " gånger" or " gång"), antal = antal, vilket = rare[1][1], belopp = ore(rare[1][3]), ver = evidence[1] },
      { at = evidence[1], evidence = evidence })
  end,
}
