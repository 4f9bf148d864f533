return rule {
  id     = "UPP-01",
  title  = "Kostnaden för räkenskapsrevision framgår av en not",
  ground = "LKBR 9 kap. 13 §",
  level  = "deviation",
  from   = "2019-01-01",
  recommendation = "Lämna upplysning i not om den sammanlagda kostnaden för revisorernas granskning av bokföring, delårsrapport och årsredovisning.",
  limits = "En upplysning i löpande text i noterna känns inte igen; en rad eller not om revision, revisorer eller granskning av räkenskaperna gör det.",
  check  = function(ar)
    local function om_revision(text)
      return contains(text, "revis") or contains(text, "granskning")
    end
    local noter = 0
    for tabell in each(ar:tables()) do
      if tabell.number_ then
        noter = noter + 1
        for rad in tabell:rows() do
          if (om_revision(rad.label) or om_revision(tabell.heading_ or "")) and rad.belopp then return end
        end
      end
    end
    if noter < 1 then return not_applicable("Noter är inte angivna") end
    local fb = ar:get("finansierad_verksamhet.revision")
    if fb then
      return finding("Kostnaden för revision, {kostnad}, framgår bara av förvaltningsberättelsen och inte av någon not.",
        { kostnad = fb }, { at = fb })
    end
    if ar.resultatrakning then
      for rad in ar.resultatrakning:rows() do
        if om_revision(rad.label) and rad.belopp then
          return finding("Kostnaden för revision, {kostnad}, framgår bara av resultaträkningen och inte av någon not.",
            { kostnad = -rad.belopp }, { at = rad })
        end
      end
    end
    return finding("Kostnaden för räkenskapsrevision framgår inte av någon not.", {},
      { at = ar.not_kostnader })
  end,
}
