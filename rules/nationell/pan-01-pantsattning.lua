-- En notrad om panter eller ställda säkerheter, med belopp.
local function i_not(ar)
  for tabell in each(ar:tables()) do
    for rad in tabell:rows() do
      local pant = contains(rad.label, "ställda säkerheter")
      for ord in each(words(rad.label)) do pant = pant or ord:sub(1, 4) == "pant" end
      local belopp = tabell.number_ and pant and rad.belopp
      if belopp and belopp > kr(0) then return belopp, rad.label end
    end
  end
end

return rule {
  id     = "PAN-01",
  title  = "Förbundets egendom är inte pantsatt",
  ground = "KL 11 kap. 22 §; FinsamL 21 § första stycket",
  level  = "deviation",
  document = "alla",
  needs  = { "balansrakning" },
  asks   = "Uppgift om någon av förbundets tillgångar var pantsatt vid utgången av {ar}, och i så fall för vad",
  recommendation = "Utred vad panten avser och avveckla den.",
  limits = "En pant som följer med köpt egendom får finnas kvar om den inte överstiger egendomens värde; det framgår inte av beloppet.",
  check  = function(ar)
    local panter = ar.balansrakning.panter
    local belopp, rad = i_not(ar)
    if belopp and (not panter or panter <= kr(0)) then
      return finding("{rad} är {belopp}. Ett samordningsförbund får inte upplåta panträtt i sin egendom till säkerhet för en fordran.",
        { rad = rad, belopp = belopp }, { at = belopp })
    end
    if not panter and ar:state("balansrakning.panter") ~= "dash" then return not_applicable("panter är inte upptagna i balansräkningen") end
    if not panter or panter <= kr(0) then return end
    return finding("Panter och därmed jämförliga säkerheter är {panter}. Ett samordningsförbund får inte upplåta panträtt i sin egendom till säkerhet för en fordran.",
      { panter = panter }, { at = panter })
  end,
}
