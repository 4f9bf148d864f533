return rule {
  id     = "ART-14",
  title  = "Förbundet har inga lån utöver sedvanliga krediter",
  ground = "FinsamL 21 §",
  level  = "deviation",
  document = "alla",
  needs  = { "balansrakning" },
  recommendation = "Utred vilken kredit det gäller och om den är sedvanlig.",
  limits = "Långfristiga skulder kan vara annat än lån, till exempel investeringsbidrag.",
  check  = function(ar)
    local skuld = ar.langfristiga_skulder
    if skuld and skuld > kr(0) then
      return finding("Balansräkningen har långfristiga skulder på {skuld}. Ett samordningsförbund får inte skuldsätta sig utöver sedvanliga krediter.",
        { skuld = skuld }, { at = skuld })
    end
    local lan = ar:get("kassaflodesanalys.nyupptagna_lan")
    if lan and lan > kr(0) then
      return finding("Kassaflödesanalysen visar nyupptagna lån på {lan}. Ett samordningsförbund får inte skuldsätta sig utöver sedvanliga krediter.",
        { lan = lan }, { at = lan })
    end
  end,
}
