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
    local names, values, antal, n, declared = {}, {}, 0, 0, {}
    local chart = false
    for konto, _, deklarerat in bok:accounts() do
      declared[konto] = deklarerat
      chart = chart or deklarerat
    end
    if not chart then return not_applicable("filen har ingen kontoplan (#KONTO)") end
    for _, g in ipairs(bok:sums "account") do
      antal = antal + 1
      if not declared[g.key] then
        n = n + 1
        names[n] = g.key
        if n <= 10 then values[n] = g.sum end
      end
    end
    if n == 0 then return end
    return finding("{n} av {antal} använda konton saknas i filens kontoplan: {konton}.",
      { n = n, antal = antal, konton = listed(names, { most = 10 }) }, { at = values[1], evidence = values })
  end,
}
