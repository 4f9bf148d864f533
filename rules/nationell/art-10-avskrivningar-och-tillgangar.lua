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

-- Vad som inte är inskrivet än kan vara vad som helst.
local function ej_inskrivet(tabell, ...)
  for _, id in ipairs { ... } do
    local rad = tabell:row(id)
    local fakta = rad and rad:fact()
    if fakta and fakta.state == "untyped" then return true end
  end
end

local function tillgangar_ej_inskrivna(br)
  return ej_inskrivet(br, "immateriella_anlaggningstillgangar", "maskiner_och_inventarier", "mark_och_byggnader",
    "ovriga_materiella_anlaggningstillgangar", "materiella_anlaggningstillgangar", "anlaggningstillgangar")
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
    if ej_inskrivet(ar.resultatrakning, "avskrivningar") or tillgangar_ej_inskrivna(ar.balansrakning)
      or tillgangar_ej_inskrivna(ar.foregaende.balansrakning) then
      return not_applicable("avskrivningar eller tillgångar är inte inskrivna än")
    end
    avskrivning = or_zero(avskrivning)
    -- A table in millions shows no depreciation of some ten thousands.
    if avskrivning:is_zero() and ar.resultatrakning.unit_ == "mnkr" then return not_applicable("avskrivningarna kan vara avrundade till noll i mnkr") end
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
