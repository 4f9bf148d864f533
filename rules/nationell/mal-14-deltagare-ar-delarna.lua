local function varje_summa(lista)
  local alla = {}
  for del in each(lista) do
    if del.antal then alla[#alla + 1] = del.antal end
  end
  return sum(alla)
end

-- Ends of the participation: the least and the most that they can come to.  An end that the
-- file marks neither way may count or not.
local function avslutade(insats, positiva)
  local minst, mest = {}, {}
  for orsak in each(insats.avslutsorsaker) do
    local antal = orsak.positiv
    if orsak.antal and (antal == nil or antal or not positiva) then
      mest[#mest + 1] = orsak.antal
      if antal ~= nil then minst[#minst + 1] = orsak.antal end
    end
  end
  return sum(minst) or count(0), sum(mest)
end

-- Women, men and others, and what they should come to.  Those of another sex need not be printed,
-- so that fewer than all is then a question.
local function kon(insats, total)
  local kvinnor, man, annat = insats.kvinnor, insats.man, insats.annat_kon
  if not kvinnor or not man or kvinnor:unit() ~= man:unit() then return end
  if total and kvinnor:unit() == "count" and (kvinnor > total or man > total) then return end  -- MAL-23
  local summa = kvinnor + man
  if annat and annat:unit() == summa:unit() then summa = summa + annat end
  local ska = summa:unit() == "share" and percent(100) or total
  return summa, ska, not annat and ska and summa < ska and "note" or nil
end

return rule {
  id     = "MAL-14",
  title  = "Deltagarna är summan av delarna",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "insatser" },
  limits = "Orsaker som är färre än de avslutade kan vara de som texten nämner, och är en fråga.",
  check  = function(ar)
    local ut, provat = {}, false
    local function prova(insats, vad, summa, ska, plats, niva)
      if not summa or not ska then return end
      provat = true
      if agrees(ska, summa) then return end
      ut[#ut + 1] = finding("{namn}: {vad} är tillsammans {summa} men ska vara {ska}; skillnaden är {skillnad" .. (ska:unit() == "share" and ":pe" or "") .. "}.",
        { namn = insats.namn, vad = vad, summa = summa, ska = ska:text(), mot = ska, skillnad = (summa - ska):abs() },
        { at = plats or insats, level = niva })
    end
    local function mellan(insats, vad, minst, mest, ska)
      if mest and ska and ska >= minst and ska <= mest then
        provat = true
      else
        prova(insats, vad, mest, ska, ska, mest and ska and mest < ska and "note" or nil)
      end
    end
    for insats in each(ar.insatser) do
      local total, av = insats.deltagare, insats.stegforflyttning_av
      local summa, ska, niva = kon(insats, total)
      local delar = varje_summa(insats.delar)
      -- Two ways to divide them that agree have one cause where they do not: the whole.
      if summa and delar and summa:unit() == delar:unit() and agrees(summa, delar) then
        prova(insats, "delarna, och likaså kvinnor och män,", delar, total, total)
      else
        prova(insats, "kvinnor och män", summa, ska, insats.kvinnor, niva)
        prova(insats, "delarna", delar, total, total)
      end
      local minst, mest = avslutade(insats)
      -- All who left are the ends of all; those that the steps are counted on may be fewer.
      if insats.avslutade and mest and not agrees(minst, insats.avslutade) then minst = mest end
      mellan(insats, "avslutsorsakerna", minst, mest, insats.avslutade or av)
      minst, mest = avslutade(insats, true)
      mellan(insats, "de positiva avslutsorsakerna", minst, mest, insats.stegforflyttning)
    end
    if not provat then return not_applicable("ingen insats har både delar och helhet") end
    return ut
  end,
}
