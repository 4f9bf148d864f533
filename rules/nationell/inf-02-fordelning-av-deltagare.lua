return rule {
  id     = "INF-02",
  title  = "En fördelning av deltagarna är hela deltagarantalet",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "insatser" },
  recommendation = "Redovisa alla delar, eller säg vad som är resten.",
  limits = "En fördelning där samma person kan höra till flera delar kan bli mer än hela antalet.",
  check  = function(ar)
    local ut, provat = {}, false
    local function prova(insats, f)
      local andelar, antal = {}, {}
      for del in each(f.delar) do
        local q = del.andel
        local lista = q and (q:unit() == "share" and andelar or antal)
        if lista then lista[#lista + 1] = q end
      end
      local delsumma = #andelar > 1 and #antal < 1 and sum(andelar)
      local antalssumma = #antal > 1 and #andelar < 1 and sum(antal)
      local helhet = delsumma and percent(100) or antalssumma and (f.av or insats.deltagare)
      local summa = delsumma or antalssumma
      if not helhet then return end
      provat = true
      if agrees(helhet, summa) then return end
      local mindre = summa < helhet
      ut[#ut + 1] = finding("{namn}, {vad}: delarna är tillsammans {summa} av {allt}; {rest" .. (delsumma and ":pe" or "") .. "} "
        .. (mindre and "är inte redovisade." or "för mycket."),
        { namn = insats.namn, vad = f.text, summa = summa, allt = helhet:text(), rest = (helhet - summa):abs() },
        { at = (delsumma and andelar or antal)[1], level = mindre and "recommendation" or "deviation" })
    end
    for insats in each(ar.insatser) do
      for f in each(insats.fordelningar) do prova(insats, f) end
      local orsaker = {}
      for orsak in each(insats.avslutsorsaker) do
        if orsak.andel then orsaker[#orsaker + 1] = { andel = orsak.andel } end
      end
      if #orsaker > 1 and #orsaker == #insats.avslutsorsaker then
        prova(insats, { text = "avslutsorsakerna", delar = orsaker })
      end
    end
    if not provat then return not_applicable("ingen insats redovisar en fördelning") end
    return ut
  end,
}
