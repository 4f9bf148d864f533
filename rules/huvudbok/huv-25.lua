return rule {
  id     = "HUV-25",
  title  = "SIE-filen är riktig",
  ground = "SIE-formatet",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Be redovisningsprogrammets leverantör rätta exporten, eller ta ut filen på nytt.",
  limits = "Avvikelser som program brukar göra och vars mening är klar räknas inte hit; medel ledger visar dem.",
  check  = function(ar, p, bok)
    local list, n = {}, 0
    for i, d in ipairs(bok:deviations()) do
      if d.severity == "error" then
        n = n + 1
        if n <= 5 then list[n] = "rad " .. d.line .. ": " .. d.text end
      end
    end
    if n == 0 then return end
    return finding("{n} fel i filen. {vilka}", { n = n, vilka = table.concat(list, "; ") }, { at = bok })
  end,
}
