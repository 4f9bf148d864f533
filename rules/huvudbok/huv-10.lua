return rule {
  id     = "HUV-10",
  title  = "Varje använt konto finns i kontoplanen",
  ground = "SIE-formatet (#KONTO); LKBR 3 kap.",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Lägg upp kontona i kontoplanen eller rätta bokföringen.",
  check  = function(ar, p, bok)
    if bok.rader == 0 then return not_applicable("filen har inga transaktioner") end
    local names, values, antal, n = {}, {}, 0, 0
    for konto, _, deklarerat in bok:accounts() do
      local rader = bok:count { account = "=" .. konto }
      if rader > 0 then
        antal = antal + 1
        if not deklarerat then
          n = n + 1
          if n <= 10 then
            names[n], values[n] = konto, bok:sum { account = "=" .. konto }
          end
        end
      end
    end
    if n == 0 then return end
    if n > 10 then names[11] = "…" end
    return finding("{n} av {antal} använda konton saknas i filens kontoplan: {konton}.",
      { n = n, antal = antal, konton = table.concat(names, ", ") }, { at = values[1], evidence = values })
  end,
}
