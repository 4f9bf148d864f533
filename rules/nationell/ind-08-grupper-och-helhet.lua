return rule {
  id     = "IND-08",
  title  = "Enkätens svar och andelar är gruppernas",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §; god sed för enkäter",
  level  = "deviation",
  recommendation = "Redovisa även de svar som saknar uppgift om grupp.",
  limits = "Den som inte angett kön eller kommun gör gruppernas svar färre än alla.",
  check  = function(ar)
    local ut, provat = {}, false

    local function prova_delar(namn, vad, alla, delar)
      local summa = alla and #delar > 1 and sum(delar)
      if not summa then return end
      provat = true
      if agrees(alla, summa) then return end
      local mindre = summa < alla
      ut[#ut + 1] = finding("{namn}: {alla} har svarat, men " .. vad .. " är tillsammans {summa}; {rest} "
        .. (mindre and "saknar grupp." or "för mycket."),
        { namn = namn, alla = alla, summa = summa, rest = (alla - summa):abs() },
        { at = alla, level = mindre and "recommendation" or "deviation" })
    end

    -- The share of all lies between the groups' own; how far follows from how many they are.
    local function mellan(namn, alla, a, b, na, nb)
      if not (alla and a and b) then return end
      provat = true
      local lagst, hogst = smallest(a, b), largest(a, b)
      local raknat = na and nb and not (na + nb):is_zero()
      local ska = raknat and (a * na + b * nb) / (na + nb)
      if alla < lagst and not agrees(alla, lagst) or alla > hogst and not agrees(alla, hogst) then
        ut[#ut + 1] = finding("{namn}: andelen är {alla} för alla men {a} för kvinnor och {b} för män; den ska ligga mellan dem.",
          { namn = namn, alla = alla, a = a, b = b }, { at = alla, level = "deviation" })
      elseif ska and not agrees(alla, ska) then
        ut[#ut + 1] = finding("{namn}: andelen är {alla} för alla, men {a} av {na} kvinnor och {b} av {nb} män är {ska:%1}. De som inte angett kön kan förklara skillnaden.",
          { namn = namn, alla = alla, a = a, b = b, na = na, nb = nb, ska = ska }, { at = alla, level = "note" })
      end
    end

    local function ifyllda(...)
      local lista = {}
      for _, q in pairs { ... } do lista[#lista + 1] = q end
      return lista
    end

    -- The questions of one survey to one group are answered by the same ones; one that alone has
    -- another number is asked about.
    local function ensamma(fragor)
      for i, ind in ipairs(fragor) do
        local andra = fragor[i == 1 and 2 or 1].svar
        local samma, skiljer = true, not agrees(ind.svar, andra)
        for k, annan in ipairs(fragor) do samma = samma and (k == i or agrees(annan.svar, andra)) end
        if samma and skiljer then
          local namn = "Indikator " .. (ind.nr or ind.id) .. (ind.respondent and ", " .. ind.respondent or "")
          ut[#ut + 1] = finding("{namn}: {svar} har svarat, men {andra} på var och en av de {n} andra frågorna i samma enkät.",
            { namn = namn, svar = ind.svar, andra = andra, n = in_words(#fragor - 1) }, { at = ind.svar, level = "note" })
        end
      end
    end

    local enkater, ordning = {}, {}
    for ind in each(ar.indikatorer) do
      local nyckel = ("%s|%s|%s"):format(ind.kalla or "", ind.respondent or "", ind.ar or "")
      if ind.svar and not enkater[nyckel] then enkater[nyckel], ordning[#ordning + 1] = {}, nyckel end
      if ind.svar then table.insert(enkater[nyckel], ind) end
    end
    for _, nyckel in ipairs(ordning) do
      local fragor = enkater[nyckel]
      if #fragor > 2 then provat = true; ensamma(fragor) end
    end

    for enkat in each(ar.enkater) do
      prova_delar(enkat.namn, "kvinnor och män", enkat.svar, ifyllda(enkat.kvinnor, enkat.man, enkat.annat_kon))
      local delar = {}
      for del in each(enkat.delar) do delar[#delar + 1] = del.antal end
      prova_delar(enkat.namn, "delarna", enkat.svar, delar)
      mellan(enkat.namn, enkat.nojda, enkat.nojda_kvinnor, enkat.nojda_man, enkat.kvinnor, enkat.man)
    end
    for ind in each(ar.indikatorer) do
      local namn = "Indikator " .. (ind.nr or ind.id) .. (ind.respondent and ", " .. ind.respondent or "")
      prova_delar(namn, "kvinnor och män", ind.svar, ifyllda(ind.svar_kvinnor, ind.svar_man))
      mellan(namn, ind.positivt, ind.positivt_kvinnor, ind.positivt_man, ind.svar_kvinnor, ind.svar_man)
    end
    if not provat then return not_applicable("inga svar är redovisade för grupper eller för flera frågor") end
    return ut
  end,
}
