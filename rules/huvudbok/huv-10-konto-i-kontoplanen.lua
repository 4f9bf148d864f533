return rule {
  id     = "HUV-10",
  title  = "Varje använt konto finns i kontoplanen",
  ground = "SIE-formatet (#KONTO); BFL 5 kap.",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Lägg upp kontona i kontoplanen eller rätta bokföringen.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if bok.rader == 0 then return not_applicable("filen har inga transaktioner") end
    local namnen, varden, antal, n, deklarerade = {}, {}, 0, 0, {}
    local kontoplan = false
    for konto, _, deklarerat in bok:accounts() do
      deklarerade[konto] = deklarerat
      kontoplan = kontoplan or deklarerat
    end
    if not kontoplan then return not_applicable("filen har ingen kontoplan (#KONTO)") end
    for _, g in ipairs(bok:sums "account") do
      antal = antal + 1
      if not deklarerade[g.key] then
        n = n + 1
        namnen[n] = g.key
        if n <= 10 then varden[n] = g.sum end
      end
    end
    if n == 0 then return end
    return finding("{n} av {antal} använda konton saknas i filens kontoplan: {konton}.",
      { n = n, antal = antal, konton = listed(namnen, { most = 10 }) }, { at = varden[1], evidence = varden })
  end,
}
