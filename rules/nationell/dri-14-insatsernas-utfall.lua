return rule {
  id     = "DRI-14",
  title  = "Insatsernas utfall är verksamhetstabellens",
  ground = "LKBR 4 kap. 3 §",
  level  = "deviation",
  needs  = { "finansierad_verksamhet", "insatser" },
  recommendation = "Hämta insatsernas utfall ur samma bokföring som tabellen över finansierad verksamhet.",
  limits = "En rad prövas bara när de beskrivna insatserna täcker nästan hela raden och alla har tryckt utfall.",
  check  = function(ar, p)
    local rader, ut, provat = {}, {}, false
    for insats in each(ar.insatser) do
      local id = insats.verksamhetsrad
      if id then
        local rad = rader[id] or { delar = {}, alla = true }
        rader[id] = rad
        if insats.utfall then table.insert(rad.delar, insats.utfall) else rad.alla = false end
      end
    end
    for tabellrad in ar.finansierad_verksamhet:rows() do
      local rad, belopp = rader[tabellrad.id], tabellrad.belopp
      local insatser = rad and rad.alla and sum(rad.delar)
      if insatser and belopp and insatser >= p.insats.tackning * belopp then
        provat = true
        local skillnad = insatser - belopp
        if not agrees(belopp, insatser) then
          local kostnader = or_zero(ar.verksamhetens_kostnader):abs()
          ut[#ut + 1] = finding("{rad} är {belopp} i tabellen men insatsernas utfall i texten är tillsammans {insatser}; skillnaden är {skillnad:+kr}.",
            { rad = tabellrad.usual_label, belopp = belopp, insatser = insatser, skillnad = skillnad },
            { at = belopp, level = skillnad:abs() <= p.vasentlighet.helhet * kostnader and "note" or "deviation" })
        end
      end
    end
    if not provat then return not_applicable("ingen rad i tabellen täcks av insatser med tryckt utfall") end
    return ut
  end,
}
