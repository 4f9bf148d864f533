return rule {
  id     = "HUV-11",
  title  = "Varje använt objekt finns i objektregistret",
  ground = "SIE-formatet (#OBJEKT)",
  level  = "note",
  needs  = { "huvudbok" },
  recommendation = "Lägg upp objekten, så att verksamhet och projekt kan namnges.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local namnen, orsaker, n, antal, forst = {}, {}, 0, 0, nil
    for dimension, objekt, _, deklarerat in bok:objects() do
      antal = antal + 1
      if not deklarerat then
        n = n + 1
        forst = forst or { dimension, objekt }
        namnen[n] = objekt .. " i dimension " .. dimension
        if n <= 10 then orsaker[n] = "objekt:" .. objekt end
      end
    end
    if antal == 0 then return not_applicable("inga objekt används") end
    if n == 0 then return end
    return finding("{n} av {antal} objekt saknas i filens register: {namn}.", { n = n, antal = antal, namn = listed(namnen, { most = 10 }) },
      { at = bok:sum { object = { forst[1], forst[2] } }, causes = orsaker })
  end,
}
