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
    local suppliers = {}
    for konto, namn in bok:accounts("2") do
      if contains(namn, "leverantör") then suppliers[#suppliers + 1] = "=" .. konto end
    end
    local antal, found, tried = 0, {}, {}
    local function look(filter)
      local groups, tested = bok:repeats("size,text", filter, dagar)
      antal = antal + tested
      for _, group in ipairs(groups) do
        for i = 2, #group do
          local first, second = bok:row(group[i - 1]).verifikation, bok:row(group[i]).verifikation
          if first.line ~= second.line and not (tried[second.line] or tried[first.line]) then
            tried[second.line] = true
            found[#found + 1] = { group[i - 1], group[i], math.abs(bok:row(group[i]).belopp:ore()), second }
          end
        end
      end
    end
    look { account = "19", side = "kredit" }
    if #suppliers > 0 then look { account = table.concat(suppliers, ","), side = "debet" } end
    if antal == 0 then return not_applicable("inga betalningar är bokförda") end
    local n = #found
    for i, pair in ipairs(found) do
      if i > 50 then found[i] = nil else
        local first, second = bok:row(pair[1]), bok:row(pair[2])
        found[i] = finding("{belopp} med texten ”{text}” är bokfört som betalt både {datum1} ({ver1}) och {datum2} ({ver2}). Det gäller {n} av {antal} betalningar.",
          { belopp = ore(pair[3]), text = bok:text(pair[2]), datum1 = first.datum, ver1 = first.verifikation, datum2 = second.datum,
            ver2 = second.verifikation, n = n, antal = antal }, { at = second, evidence = { second, first }, causes = { "ver:" .. pair[4].ver } })
      end
    end
    return found
  end,
}
