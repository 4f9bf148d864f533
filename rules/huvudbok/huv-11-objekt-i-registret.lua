return rule {
  id     = "HUV-11",
  title  = "Varje använt objekt finns i objektregistret",
  ground = "SIE-formatet (#OBJEKT)",
  level  = "note",
  needs  = { "huvudbok" },
  recommendation = "Lägg upp objekten, så att verksamhet och projekt kan namnges.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local names, causes, n, antal, first = {}, {}, 0, 0, nil
    for dim, objekt, _, deklarerat in bok:objects() do
      antal = antal + 1
      if not deklarerat then
        n = n + 1
        first = first or { dim, objekt }
        names[n] = objekt .. " i dimension " .. dim
        if n <= 10 then causes[n] = "objekt:" .. objekt end
      end
    end
    if antal == 0 then return not_applicable("inga objekt används") end
    if n == 0 then return end
    return finding("{n} av {antal} objekt saknas i filens register: {namn}.", { n = n, antal = antal, namn = listed(names, { most = 10 }) },
      { at = bok:sum { object = { first[1], first[2] } }, causes = causes })
  end,
}
