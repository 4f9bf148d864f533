-- A row that had an amount last year and has none now, and one of the same note that is the other way.
local function flyttat(t, fore, grans, insatser)
  local borta, nya
  for rad in t:rows() do
    local gammal = fore:row(rad.id)
    local nu, var = or_zero(rad.belopp), or_zero(gammal and gammal.belopp)
    local egen = rad.id == "summa" or insatser[rad.label:lower()]
    if not egen and nu:is_zero() and var:abs() > grans then borta = borta or { rad = rad, belopp = var } end
    if not egen and var:is_zero() and nu:abs() > grans then nya = nya or { rad = rad, belopp = nu } end
  end
  return borta, nya
end

-- What the förbund finances comes and goes without any change of how it is divided up.
local function finansierat(ar)
  local namnen = {}
  for insats in each(ar.insatser) do namnen[insats.namn:lower()] = true end
  local drift = ar.driftredovisning
  for rad in drift and drift:rows() or function() end do
    if rad.own then namnen[rad.label:lower()] = true end
  end
  return namnen
end

return rule {
  id     = "UPP-11",
  title  = "Ändrade principer och ändrad indelning är upplysta och jämförelsetalen omräknade",
  ground = "LKBR 4 kap. 4 § 2, 5 kap. 6 §, 6 kap. 5 §, 9 kap. 6 §; RKR R12",
  level  = "deviation",
  needs  = { "redovisningsprinciper" },
  recommendation = "Upplys om ändringen och dess skäl, och räkna om föregående års belopp.",
  limits = "En ändring som inte är upplyst syns bara när ett belopp lämnar en rad i en not helt och en annan rad får ett; gränsen är väsentlighetstalet. Insatser som börjar och slutar räknas inte.",
  check  = function(ar, p)
    local not1, ut = ar.redovisningsprinciper, {}
    if not1.andrade_principer then
      if not1.omraknade_jamforelsetal then return end
      return finding("Principer eller indelning är ändrade, ”{text}”, men det sägs inte att jämförelsetalen är omräknade.",
        { text = not1.andrade_principer }, { at = "redovisningsprinciper.andrade_principer" })
    end
    local grans = (p.vasentlighet.helhet * or_zero(ar.verksamhetens_kostnader)):abs()
    local fore, insatser = ar.foregaende:tables(), finansierat(ar)
    for i, t in ipairs(ar:tables()) do
      local borta, nya
      if t.number_ and #t:columns() > 1 and not grans:is_zero() then borta, nya = flyttat(t, fore[i], grans, insatser) end
      if borta and nya then
        ut[#ut + 1] = finding("I {tabell} hade ”{borta}” {forra} föregående år och inget i år, och ”{ny}” {nu} i år och inget föregående år. Indelningen ser ut att vara ändrad utan att det är upplyst.",
          { tabell = t.place_, borta = borta.rad.label, forra = borta.belopp, ny = nya.rad.label, nu = nya.belopp },
          { at = nya.belopp, level = "note" })
      end
    end
    return ut
  end,
}
