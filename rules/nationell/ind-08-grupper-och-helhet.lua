return rule {
  id     = "IND-08",
  title  = "Enkätens svar och andelar är gruppernas",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §; god sed för enkäter",
  level  = "deviation",
  recommendation = "Redovisa även de svar som saknar uppgift om grupp.",
  limits = "Den som inte angett kön eller kommun gör gruppernas svar färre än alla.",
  check  = function(ar)
    local out, tried = {}, false

    local function parts(namn, vad, alla, delar)
      local summa = alla and #delar > 1 and sum(delar)
      if not summa then return end
      tried = true
      if agrees(alla, summa) then return end
      local less = summa < alla
      out[#out + 1] = finding("{namn}: {alla} har svarat, men " .. vad .. " är tillsammans {summa}; {rest} "
        .. (less and "saknar grupp." or "för mycket."),
        { namn = namn, alla = alla, summa = summa, rest = (alla - summa):abs() },
        { at = alla, level = less and "recommendation" or "deviation" })
    end

    -- The share of all lies between the groups' own; how far follows from how many they are.
    local function between(namn, alla, a, b, na, nb)
      if not (alla and a and b) then return end
      tried = true
      local low, high = smallest(a, b), largest(a, b)
      local counted = na and nb and not (na + nb):is_zero()
      local ska = counted and (a * na + b * nb) / (na + nb)
      if alla < low and not agrees(alla, low) or alla > high and not agrees(alla, high) then
        out[#out + 1] = finding("{namn}: andelen är {alla} för alla men {a} för kvinnor och {b} för män; den ska ligga mellan dem.",
          { namn = namn, alla = alla, a = a, b = b }, { at = alla, level = "deviation" })
      elseif ska and not agrees(alla, ska) then
        out[#out + 1] = finding("{namn}: andelen är {alla} för alla, men {a} av {na} kvinnor och {b} av {nb} män är {ska:%1}. De som inte angett kön kan förklara skillnaden.",
          { namn = namn, alla = alla, a = a, b = b, na = na, nb = nb, ska = ska }, { at = alla, level = "note" })
      end
    end

    local function filled(...)
      local list = {}
      for _, q in pairs { ... } do list[#list + 1] = q end
      return list
    end

    -- The questions of one survey to one group are answered by the same ones; one that alone has
    -- another number is asked about.
    local function alone(fragor)
      for i, ind in ipairs(fragor) do
        local other = fragor[i == 1 and 2 or 1].svar
        local same, differs = true, not agrees(ind.svar, other)
        for k, annan in ipairs(fragor) do same = same and (k == i or agrees(annan.svar, other)) end
        if same and differs then
          local namn = "Indikator " .. (ind.nr or ind.id) .. (ind.respondent and ", " .. ind.respondent or "")
          out[#out + 1] = finding("{namn}: {svar} har svarat, men {andra} på var och en av de {n} andra frågorna i samma enkät.",
            { namn = namn, svar = ind.svar, andra = other, n = in_words(#fragor - 1) }, { at = ind.svar, level = "note" })
        end
      end
    end

    local surveys, order = {}, {}
    for ind in each(ar.indikatorer) do
      local key = ("%s|%s|%s"):format(ind.kalla or "", ind.respondent or "", ind.ar or "")
      if ind.svar and not surveys[key] then surveys[key], order[#order + 1] = {}, key end
      if ind.svar then table.insert(surveys[key], ind) end
    end
    for _, key in ipairs(order) do
      local fragor = surveys[key]
      if #fragor > 2 then tried = true; alone(fragor) end
    end

    for enkat in each(ar.enkater) do
      parts(enkat.namn, "kvinnor och män", enkat.svar, filled(enkat.kvinnor, enkat.man, enkat.annat_kon))
      local delar = {}
      for del in each(enkat.delar) do delar[#delar + 1] = del.antal end
      parts(enkat.namn, "delarna", enkat.svar, delar)
      between(enkat.namn, enkat.nojda, enkat.nojda_kvinnor, enkat.nojda_man, enkat.kvinnor, enkat.man)
    end
    for ind in each(ar.indikatorer) do
      local namn = "Indikator " .. (ind.nr or ind.id) .. (ind.respondent and ", " .. ind.respondent or "")
      parts(namn, "kvinnor och män", ind.svar, filled(ind.svar_kvinnor, ind.svar_man))
      between(namn, ind.positivt, ind.positivt_kvinnor, ind.positivt_man, ind.svar_kvinnor, ind.svar_man)
    end
    if not tried then return not_applicable("inga svar är redovisade för grupper eller för flera frågor") end
    return out
  end,
}
