return rule {
  id     = "HUV-25",
  title  = "SIE-filen är riktig",
  ground = "SIE-formatet",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Be redovisningsprogrammets leverantör rätta exporten, eller ta ut filen på nytt.",
  limits = "Avvikelser som program brukar göra och vars mening är klar räknas inte hit; medel ledger visar dem.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local lista, n = {}, 0
    for i, d in ipairs(bok:deviations()) do
      if d.severity == "error" then
        n = n + 1
        lista[n] = "rad " .. d.line .. ": " .. d.text
      end
    end
    if n == 0 then return end
    return finding("{n} fält i filen kunde inte läsas, och poster utan läsbart belopp eller konto är inte med i någon summa: {vilka}", { n = n, vilka = table.concat(lista, "; ", 1, math.min(n, 5)) .. (n > 5 and "; och " .. n - 5 .. " till." or ".") }, { at = bok })
  end,
}
