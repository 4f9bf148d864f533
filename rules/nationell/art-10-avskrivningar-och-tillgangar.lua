-- Tillgångar som skrivs av: alla anläggningstillgångar utom de finansiella.
local function skrivs_av(br)
  if br.immateriella_anlaggningstillgangar or br.materiella_anlaggningstillgangar then
    return or_zero(br.immateriella_anlaggningstillgangar) + or_zero(br.materiella_anlaggningstillgangar)
  end
  return or_zero(br.anlaggningstillgangar) - or_zero(br.finansiella_anlaggningstillgangar)
end

-- Does a table or note speak of depreciation in words, with an amount of its own or not?
local function namnda(ar)
  for tabell in each(ar:tables()) do
    if contains(tabell.heading_, "avskriv") then return true end
    for rad in tabell:rows() do
      if rad.id ~= "avskrivningar" and contains(rad.label, "avskriv") then return true end
    end
  end
end

return rule {
  id     = "ART-10",
  title  = "Avskrivningar och anläggningstillgångar hör ihop",
  ground = "LKBR 7 kap. 3 §",
  level  = "deviation",
  needs  = { "resultatrakning", "balansrakning" },
  recommendation = "Kontrollera om avskrivningar saknas eller är bokförda på tillgångar som inte finns.",
  limits = "Mark skrivs inte av.",
  check  = function(ar)
    local avskrivning = ar.resultatrakning.avskrivningar or ar.avskrivningar
    local tryckt = ar:state("resultatrakning.avskrivningar")
    avskrivning = or_zero(avskrivning)
    local nu, da = skrivs_av(ar.balansrakning), skrivs_av(ar.foregaende.balansrakning)
    if not avskrivning:is_zero() and nu <= kr(0) and da <= kr(0) then
      return finding("Avskrivningarna är {avskrivning} men balansräkningen har inga anläggningstillgångar att skriva av, varken i år eller föregående år.",
        { avskrivning = avskrivning }, { at = avskrivning })
    end
    if avskrivning:is_zero() and da > kr(0) and not namnda(ar) then
      return finding("Anläggningstillgångarna var {da} vid årets början men inga avskrivningar är redovisade.",
        { da = da }, { at = ar.balansrakning, level = not tryckt and "note" or nil })
    end
  end,
}
