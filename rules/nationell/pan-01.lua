return rule {
  id     = "PAN-01",
  title  = "Förbundets egendom är inte pantsatt",
  ground = "KL 11 kap. 22 §; FinsamL 21 § första stycket",
  level  = "deviation",
  document = "alla",
  needs  = { "balansrakning" },
  asks   = "Är någon av förbundets tillgångar pantsatt {ar}, och för vad?",
  recommendation = "Utred vad panten avser och avveckla den.",
  limits = "En pant som följer med köpt egendom får finnas kvar om den inte överstiger egendomens värde; det framgår inte av beloppet.",
  check  = function(ar)
    local panter = ar.balansrakning.panter
    if not panter and ar:state("balansrakning.panter") ~= "dash" then return not_applicable("panter är inte upptagna i balansräkningen") end
    if not panter or panter <= kr(0) then return end
    return finding("Panter och därmed jämförliga säkerheter är {panter}. Ett samordningsförbund får inte upplåta panträtt i sin egendom till säkerhet för en fordran.",
      { panter = panter }, { at = panter })
  end,
}
