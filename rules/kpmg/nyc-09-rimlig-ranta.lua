return rule {
  id     = "NYC-09",
  title  = "Ränteintäkterna är rimliga mot de likvida medlen och placeringarna",
  ground = "Rimlighetsbedömning",
  level  = "note",
  needs  = { "kassa_och_bank", "foregaende.kassa_och_bank", "finansiella_intakter" },
  recommendation = "Stäm av ränteintäkterna mot bankens besked.",
  limits = "Medelvärdet av årets början och slut kan ligga långt från årets medel. Andra finansiella intäkter än ränta räknas med om räntan inte är specificerad.",
  check  = function(ar, p)
    local medel = (ar.kassa_och_bank + or_zero(ar.kortfristiga_placeringar)
      + ar.foregaende.kassa_och_bank + or_zero(ar.foregaende.kortfristiga_placeringar)) / 2
    if medel <= kr(0) then return not_applicable("likvida medel saknas") end
    local ranta = ar.ranteintakter or ar.finansiella_intakter
    local sats = ranta / medel
    if sats <= p.ranta.hogst then return end
    return finding("Ränteintäkterna är {ranta}, {sats:%1~grans} av likvida medel i medeltal {medel}; mer än {grans} är inte rimligt.",
      { ranta = ranta, sats = sats, medel = medel, grans = p.ranta.hogst:text() }, { at = ranta })
  end,
}
