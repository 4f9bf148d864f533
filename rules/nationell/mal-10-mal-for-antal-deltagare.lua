local nivaord = { minst = true, ["över"] = true, ["högst"] = true, under = true }

-- "minst 95" is a level, 95; "ca 95" is what it says.
local function som_antal(q)
  if nivaord[q:fact().qualifier] then q = q:point() end
  return q:unit() == "count" and q or q * count(1)
end

return rule {
  id     = "MAL-10",
  title  = "Insatsernas mål för antal deltagare är det samlade målet",
  ground = "LKBR 11 kap. 8 §",
  level  = "note",
  needs  = { "mal", "insatser" },
  limits = "Det samlade målet känns igen på ordet totalt.",
  check  = function(ar)
    local delmal, tal, ut, provat = {}, {}, {}, false
    for insats in each(ar.insatser) do
      local mal = insats.typ == "individ" and insats.deltagare_mal
      if mal then
        delmal[#delmal + 1], tal[#tal + 1] = som_antal(mal), mal:text()
      end
    end
    local summa = sum(delmal)
    for mal in each(ar.mal) do
      local samlat = contains(mal.text, "totalt") and mal.mal
      if samlat and summa and samlat:fact().unit ~= "%" then
        provat = true
        local skillnad = summa - som_antal(samlat)
        if not agrees(som_antal(samlat), summa) then
          ut[#ut + 1] = finding("Det samlade målet är {samlat} deltagare, men insatsernas mål är tillsammans {summa} ({tal}); skillnaden är {skillnad}.",
            { samlat = som_antal(samlat), summa = summa, tal = table.concat(tal, " + "),
              skillnad = skillnad:abs() }, { at = samlat })
        end
      end
    end
    if not provat then return not_applicable("inget samlat mål i tal") end
    return ut
  end,
}
