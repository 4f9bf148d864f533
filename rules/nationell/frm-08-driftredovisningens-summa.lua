return rule {
  id     = "FRM-08",
  title  = "Driftredovisningen har en summarad som kan stämmas av",
  ground = "LKBR 10 kap. 1 §; RKR R14",
  level  = "deviation",
  from   = "2019-01-01",
  needs  = { "driftredovisning" },
  recommendation = "Komplettera driftredovisningen med en summarad som stäms av mot resultaträkningen.",
  check  = function(ar)
    if ar.driftredovisning:row("resultat") then return end
    return finding("Driftredovisningen saknar en summarad, så den kan inte stämmas av mot årets resultat.",
      {}, { at = ar.driftredovisning })
  end,
}
