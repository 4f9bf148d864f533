-- Rader utanför balansräkningens poster, och notrader, som talar om borgen.
local function borgen(ar)
  for tabell in each(ar:tables()) do
    for rad in tabell:rows() do
      local belopp = contains(rad.label, "borgen") and rad.belopp
      if belopp and belopp > kr(0) then return rad, belopp end
    end
  end
end

return rule {
  id     = "PAN-02",
  title  = "Förbundet har inte gått i borgen",
  ground = "FinsamL 21 § andra stycket",
  level  = "deviation",
  document = "alla",
  needs  = { "balansrakning" },
  asks   = "Uppgift om vad ansvarsförbindelserna vid utgången av {ar} består av",
  asks_on = "finding",
  recommendation = "Ange vad ansvarsförbindelserna består av; en borgensförbindelse ska avvecklas.",
  limits = "Ansvarsförbindelser kan vara annat än borgen, till exempel pensioner; sägs det inte är det en fråga.",
  check  = function(ar)
    local rad, belopp = borgen(ar)
    if rad then
      return finding("{rad} är {belopp}. Ett samordningsförbund får inte ingå borgen.",
        { rad = rad.label, belopp = belopp }, { at = belopp })
    end
    local ansvar, egen = ar.balansrakning.ansvarsforbindelser, ar.balansrakning:row("ansvarsforbindelser")
    if not ansvar or ansvar <= kr(0) or contains(egen.label, "pension") then return end
    return finding("Ansvarsförbindelser är {belopp}, och det sägs inte vad de består av. Ett samordningsförbund får inte ingå borgen.",
      { belopp = ansvar }, { at = ansvar, level = "recommendation" })
  end,
}
