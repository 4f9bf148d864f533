return rule {
  id     = "INF-02",
  title  = "En fördelning av deltagarna är hela deltagarantalet",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "insatser" },
  recommendation = "Redovisa alla delar, eller säg vad som är resten.",
  limits = "En fördelning där samma person kan höra till flera delar kan bli mer än hela antalet.",
  check  = function(ar)
    local out, tried = {}, false
    local function test(insats, f)
      local andelar, antal = {}, {}
      for del in each(f.delar) do
        local q = del.andel
        local list = q and (q:unit() == "share" and andelar or antal)
        if list then list[#list + 1] = q end
      end
      local shares = #andelar > 1 and #antal < 1 and sum(andelar)
      local heads = #antal > 1 and #andelar < 1 and sum(antal)
      local whole = shares and percent(100) or heads and (f.av or insats.deltagare)
      local summa = shares or heads
      if not whole then return end
      tried = true
      if agrees(whole, summa) then return end
      local less = summa < whole
      out[#out + 1] = finding("{namn}, {vad}: delarna är tillsammans {summa} av {allt}; {rest" .. (shares and ":pe" or "") .. "} "
        .. (less and "är inte redovisade." or "för mycket."),
        { namn = insats.namn, vad = f.text, summa = summa, allt = whole:text(), rest = (whole - summa):abs() },
        { at = (shares and andelar or antal)[1], level = less and "recommendation" or "deviation" })
    end
    for insats in each(ar.insatser) do
      for f in each(insats.fordelningar) do test(insats, f) end
      local orsaker = {}
      for orsak in each(insats.avslutsorsaker) do
        if orsak.andel then orsaker[#orsaker + 1] = { andel = orsak.andel } end
      end
      if #orsaker > 1 and #orsaker == #insats.avslutsorsaker then
        test(insats, { text = "avslutsorsakerna", delar = orsaker })
      end
    end
    if not tried then return not_applicable("ingen insats redovisar en fördelning") end
    return out
  end,
}
