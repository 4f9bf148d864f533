-- Other grants on the same accounts, which are no medlemsbidrag (FinsamL 6 §).
local andra = { "esf", "eu-", "mucf", "projekt", "lönebidrag", "sjuklön", "övriga bidrag" }

local function ar_medlemsbidrag(namn)
  for _, ord in ipairs(andra) do
    if contains(namn, ord) then return false end
  end
  return true
end

-- What the same difference comes from where the statements have it.
local function orsaker_till(avst, ar, skillnad)
  for _, tabell in ipairs { "not_intakter", "resultatrakning" } do
    for _, d in ipairs((avst:compare(ar, tabell))) do
      if not d.summa and d.skillnad == skillnad then return d.nycklar end
    end
  end
  return {}
end

return rule {
  id     = "HUV-20",
  title  = "Bokförda medlemsbidrag är de redovisade",
  ground = "FinsamL 5 §; LKBR 4 kap. 3 §",
  level  = "error",
  needs  = { "huvudbok", "medlemsbidrag", "kontoplan" },
  recommendation = "Stäm av bidragen mot medlemmarnas beslut och redovisningen.",
  limits = "Bidragskonton är 35 i Kommun-Bas och 398 i BAS, utom de vars namn säger att de är något annat.",
  check  = function(ar, p)
    local bok, avst = ar.huvudbok, ar.avstamning
    local konton = {}
    for konto, namn in bok:accounts("35,398") do
      if ar_medlemsbidrag(namn) then konton[#konton + 1] = "=" .. konto end
    end
    if #konton == 0 then return not_applicable("inga bidragskonton (35, 398) används") end
    local bokfort = -bok:result(table.concat(konton, ","))
    if agrees(ar.medlemsbidrag, bokfort) then return end
    local underlag, skillnad = {}, bokfort - ar.medlemsbidrag
    for _, konto in ipairs(konton) do underlag[#underlag + 1] = bok:result(konto) end
    return finding("Bokförda medlemsbidrag är {bokfort}, på {n} konton. Årsredovisningen har {tryckt}; skillnaden är {skillnad:+kr}.",
      { bokfort = bokfort, tryckt = ar.medlemsbidrag, n = #konton, skillnad = skillnad },
      { at = ar.medlemsbidrag, evidence = underlag, causes = orsaker_till(avst, ar, -skillnad) })
  end,
}
