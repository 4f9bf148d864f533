return rule {
  id     = "HUV-27",
  title  = "Bokföringen är i svenska kronor",
  ground = "BFL 4 kap. 6 §; SIE-formatet (#VALUTA)",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Ta ut filen i redovisningsvalutan, svenska kronor.",
  limits = "En fil som inte säger något om valutan är i kronor, enligt formatet.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if not bok.valuta or bok.valuta == "" or bok.valuta == "SEK" then return end
    return finding("Filens belopp är i {valuta}. De kan inte jämföras med en årsredovisning i kronor.", { valuta = bok.valuta }, { at = bok })
  end,
}
