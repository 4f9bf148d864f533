return rule {
  id     = "HUV-19",
  title  = "Ingen betalning är gjord två gånger",
  ground = "KL 12 kap. 1 § om intern kontroll; god revisionssed",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Stäm av betalningarna mot fakturorna och begär tillbaka det som betalats dubbelt.",
  limits = "Samma belopp och text inom några dagar kan vara två lika köp.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local dagar = (p.huvudbok.dubbel_dagar:parts())
    local leverantorer = {}
    for konto, namn in bok:accounts("2") do
      if contains(namn, "leverantör") then leverantorer[#leverantorer + 1] = "=" .. konto end
    end
    local antal, funna, provat = 0, {}, {}
    local function sok(urval)
      local grupper, provade = bok:repeats("size,text", urval, dagar)
      antal = antal + provade
      for _, grupp in ipairs(grupper) do
        for i = 2, #grupp do
          local forst, andra = bok:row(grupp[i - 1]).verifikation, bok:row(grupp[i]).verifikation
          if forst.line ~= andra.line and not (provat[andra.line] or provat[forst.line]) then
            provat[andra.line] = true
            funna[#funna + 1] = { grupp[i - 1], grupp[i], math.abs(bok:row(grupp[i]).belopp:ore()), andra }
          end
        end
      end
    end
    sok { account = "19", side = "kredit" }
    if #leverantorer > 0 then sok { account = table.concat(leverantorer, ","), side = "debet" } end
    if antal == 0 then return not_applicable("inga betalningar är bokförda") end
    local n = #funna
    for i, par in ipairs(funna) do
      if i > 50 then funna[i] = nil else
        local forst, andra = bok:row(par[1]), bok:row(par[2])
        funna[i] = finding("”{text}”, {belopp}, är bokfört som betalt både {datum1} ({ver1}) och {datum2} ({ver2}); {n} av {antal} betalningar är sådana.",
          { belopp = ore(par[3]), text = bok:text(par[2]), datum1 = forst.datum, ver1 = forst.verifikation, datum2 = andra.datum,
            ver2 = andra.verifikation, n = n, antal = antal }, { at = andra, evidence = { andra, forst }, causes = { "ver:" .. par[4].ver } })
      end
    end
    return funna
  end,
}
