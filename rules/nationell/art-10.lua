-- Tillgångar som skrivs av: alla anläggningstillgångar utom de finansiella.
local function skrivs_av(br)
  if br.immateriella_anlaggningstillgangar or br.materiella_anlaggningstillgangar then
    return or_zero(br.immateriella_anlaggningstillgangar) + or_zero(br.materiella_anlaggningstillgangar)
  end
  return or_zero(br.anlaggningstillgangar) - or_zero(br.finansiella_anlaggningstillgangar)
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
    local avskrivning = or_zero(ar.resultatrakning.avskrivningar)
    local nu, da = skrivs_av(ar.balansrakning), skrivs_av(ar.foregaende.balansrakning)
    if not avskrivning:is_zero() and nu <= kr(0) and da <= kr(0) then
      return finding("Avskrivningarna är {avskrivning} men balansräkningen har inga anläggningstillgångar att skriva av, varken i år eller föregående år.",
        { avskrivning = avskrivning }, { at = avskrivning })
    end
    if avskrivning:is_zero() and da > kr(0) then
      return finding("Anläggningstillgångarna var {da} vid årets början men inga avskrivningar är redovisade.",
        { da = da }, { at = ar.balansrakning })
    end
  end,
}
