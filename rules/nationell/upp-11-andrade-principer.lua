-- A row that had an amount last year and has none now, and one of the same note that is the other way.
local function moved(t, before, limit, insatser)
  local gone, new
  for row in t:rows() do
    local old = before:row(row.id)
    local now, was = or_zero(row.belopp), or_zero(old and old.belopp)
    local own = row.id == "summa" or insatser[row.label:lower()]
    if not own and now:is_zero() and was:abs() > limit then gone = gone or { row = row, value = was } end
    if not own and was:is_zero() and now:abs() > limit then new = new or { row = row, value = now } end
  end
  return gone, new
end

-- What the förbund finances comes and goes without any change of how it is divided up.
local function finansierat(ar)
  local names = {}
  for insats in each(ar.insatser) do names[insats.namn:lower()] = true end
  local drift = ar.driftredovisning
  for row in drift and drift:rows() or function() end do
    if row.own then names[row.label:lower()] = true end
  end
  return names
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
    local not1, out = ar.redovisningsprinciper, {}
    if not1.andrade_principer then
      if not1.omraknade_jamforelsetal then return end
      return finding("Principer eller indelning är ändrade, ”{text}”, men det sägs inte att jämförelsetalen är omräknade.",
        { text = not1.andrade_principer }, { at = "redovisningsprinciper.andrade_principer" })
    end
    local limit = (p.vasentlighet.helhet * or_zero(ar.verksamhetens_kostnader)):abs()
    local before, insatser = ar.foregaende:tables(), finansierat(ar)
    for i, t in ipairs(ar:tables()) do
      local gone, new
      if t.number_ and #t:columns() > 1 and not limit:is_zero() then gone, new = moved(t, before[i], limit, insatser) end
      if gone and new then
        out[#out + 1] = finding("I {tabell} hade ”{borta}” {forra} föregående år och inget i år, och ”{ny}” {nu} i år och inget föregående år. Indelningen ser ut att vara ändrad utan att det är upplyst.",
          { tabell = t.place_, borta = gone.row.label, forra = gone.value, ny = new.row.label, nu = new.value },
          { at = new.value, level = "note" })
      end
    end
    return out
  end,
}
