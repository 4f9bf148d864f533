return rule {
  id     = "AVS-05",
  title  = "Varje konto med saldo hör till en rad",
  ground = "BFL 5 kap.; LKBR 4 kap. 2 §",
  level  = "deviation",
  needs  = { "huvudbok", "kontoplan" },
  recommendation = "Ange i kontoplanen vilken rad kontot eller objektet hör till, eller bokför om beloppet.",
  check  = function(ar, p)
    local bok, avst = ar.huvudbok, ar.avstamning
    local ut = {}
    for _, k in ipairs(avst:unmapped()) do
      local belopp = ore(k.ore)
      if k.objekt then
        ut[#ut + 1] = finding("Objekt {objekt}{namn} har {belopp} på konto {konto} men är ingen rad i driftredovisningen.",
          { objekt = k.objekt, namn = k.objektnamn ~= "" and " " .. k.objektnamn or "", belopp = belopp, konto = k.konto },
          { at = bok:sum { account = "=" .. k.konto, object = { k.dimension, k.objekt } }, causes = { "objekt:" .. k.objekt } })
      elseif k.year == 0 then
        ut[#ut + 1] = finding("Konto {konto}{namn} har {belopp} men hör inte till någon rad.",
          { konto = k.konto, namn = k.namn ~= "" and " " .. k.namn or "", belopp = belopp }, { at = bok:sum("=" .. k.konto), causes = { "konto:" .. k.konto } })
      end
    end
    return ut
  end,
}
