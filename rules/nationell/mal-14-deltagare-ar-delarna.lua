local function each_sum(list)
  local all = {}
  for del in each(list) do
    if del.antal then all[#all + 1] = del.antal end
  end
  return sum(all)
end

-- Ends of the participation: the least and the most that they can come to.  An end that the
-- file marks neither way may count or not.
local function ended(insats, positive)
  local least, most = {}, {}
  for orsak in each(insats.avslutsorsaker) do
    local counts = orsak.positiv
    if orsak.antal and (counts == nil or counts or not positive) then
      most[#most + 1] = orsak.antal
      if counts ~= nil then least[#least + 1] = orsak.antal end
    end
  end
  return sum(least) or count(0), sum(most)
end

-- Women, men and others, and what they should come to.  Those of another sex need not be printed,
-- so that fewer than all is then a question.
local function sexes(insats, total)
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
    local out, tried = {}, false
    local function test(insats, vad, summa, ska, at, level)
      if not summa or not ska then return end
      tried = true
      if agrees(ska, summa) then return end
      out[#out + 1] = finding("{namn}: {vad} är tillsammans {summa} men ska vara {ska}; skillnaden är {skillnad" .. (ska:unit() == "share" and ":pe" or "") .. "}.",
        { namn = insats.namn, vad = vad, summa = summa, ska = ska:text(), mot = ska, skillnad = (summa - ska):abs() },
        { at = at or insats, level = level })
    end
    local function between(insats, vad, least, most, ska)
      if most and ska and ska >= least and ska <= most then
        tried = true
      else
        test(insats, vad, most, ska, ska, most and ska and most < ska and "note" or nil)
      end
    end
    for insats in each(ar.insatser) do
      local total, av = insats.deltagare, insats.stegforflyttning_av
      local summa, ska, level = sexes(insats, total)
      test(insats, "kvinnor och män", summa, ska, insats.kvinnor, level)
      test(insats, "delarna", each_sum(insats.delar), total, total)
      local least, most = ended(insats)
      -- All who left are the ends of all; those that the steps are counted on may be fewer.
      if insats.avslutade and most and not agrees(least, insats.avslutade) then least = most end
      between(insats, "avslutsorsakerna", least, most, insats.avslutade or av)
      least, most = ended(insats, true)
      between(insats, "de positiva avslutsorsakerna", least, most, insats.stegforflyttning)
    end
    if not tried then return not_applicable("ingen insats har både delar och helhet") end
    return out
  end,
}
