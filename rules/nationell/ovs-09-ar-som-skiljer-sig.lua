local tabeller = { "oversikt", "oversikt_medlemsbidrag" }

-- Radens tryckta belopp, år för år, med siffrorna som ett heltal; andra rader än belopp har inga.
local function ar_for_ar(ar, namn, rad)
  local out = {}
  for _, kolumn in ipairs(ar[namn]:columns()) do
    local tabell = kolumn.variant == "utfall" and ar:year(kolumn.year)[namn]
    local tryckt = tabell and tabell:row(rad) and tabell:row(rad).belopp
    local tal = tryckt and tryckt:fact()
    local siffror = tal and tal.text and math.tointeger(tonumber((tal.text:gsub("%D", ""))))
    if siffror and siffror > 0 then
      out[#out + 1] = { ar = kolumn.year, belopp = tryckt, siffror = siffror, decimaler = tal.decimals, enhet = tal.unit }
    end
  end
  return out
end

-- De andra årens minsta och största belopp, när de är tryckta på samma sätt som årets.
local function de_andra(rad, i)
  local minst, mest
  for k, x in ipairs(rad) do
    if x.decimaler ~= rad[i].decimaler or x.enhet ~= rad[i].enhet then return end
    if k ~= i and (not minst or x.siffror < minst.siffror) then minst = x end
    if k ~= i and (not mest or x.siffror > mest.siffror) then mest = x end
  end
  return minst, mest
end

-- Resultat och netton växlar; andra rader gör det inte så länge de har samma tecken.
local vaxlar = { arets_resultat = true, finansnetto = true }
local function ar_jamn(rad, id)
  for _, x in ipairs(rad) do
    if (x.belopp > kr(0)) ~= (rad[1].belopp > kr(0)) then return false end
  end
  return not vaxlar[id]
end

-- Ligger talet utanför allt som skiljer de andra åren åt, och vore det som de utan ett skrivfel?
local function felskrivet(n, minst, mest, jamn)
  local function nara(x) return x * mest >= minst * minst and x * minst <= mest * mest end
  if nara(n) then return end
  if nara(n // 1000) or jamn and nara(n * 1000) then return "Är det skrivet i en annan enhet?" end
  if jamn and nara(n // 10) then return "Har en siffra tillkommit?" end
  if jamn and nara(n * 10) then return "Har en siffra fallit bort?" end
end

local mellan = { "finansnetto", "avskrivningar", "extraordinara_poster" }

-- Det som blir kvar när en del av de tryckta posterna dras ifrån, så lite som möjligt.
local function minsta(skillnad, poster, fran)
  local minst = skillnad:abs()
  for i = fran, #poster do
    local kvar = minsta(skillnad - poster[i], poster, i + 1)
    if kvar < minst then minst = kvar end
  end
  return minst
end

-- Vad årets rader, och räkningarnas poster, inte ger av resultatet.
local function rest(ar, tabell)
  local intakter = tabell and (tabell.id_ == "oversikt" and tabell.verksamhetens_intakter or tabell.medlemsbidrag)
  local kostnader, resultat = intakter and tabell.verksamhetens_kostnader, tabell and tabell.arets_resultat
  if not kostnader or not resultat then return end
  local poster = {}
  for _, begrepp in ipairs(mellan) do poster[#poster + 1] = ar[begrepp] end
  return minsta(resultat - intakter - kostnader, poster, 1), { resultat, intakter, kostnader }, sum(poster)
end

local function rester(ar, namn, fel)
  local alla, prov, storst = {}, false, kr(0)
  for _, kolumn in ipairs(ar[namn]:columns()) do
    local aret = ar:year(kolumn.year)
    local skillnad, tal, poster = rest(aret, kolumn.variant == "utfall" and aret[namn])
    if poster then storst = largest(storst, poster:abs()) end
    if skillnad then alla[#alla + 1] = { ar = kolumn.year, skillnad = skillnad, tal = tal } end
  end
  for i, x in ipairs(alla) do
    local ovriga, n = kr(0), 0
    for k, y in ipairs(alla) do
      if k ~= i then ovriga, n = ovriga + y.skillnad, n + 1 end
    end
    prov = prov or n >= 2
    if n >= 2 and x.skillnad > ovriga + storst and not (x.skillnad - ovriga):is_zero() then
      fel[#fel + 1] = finding("Resultatet {ar} är {resultat} i {tabell}. {rest} av det ger varken raderna där eller räkningarnas poster, mer än de andra åren tillsammans. Vad består det av?",
        { ar = x.ar, resultat = x.tal[1], tabell = ar[namn].place_, rest = x.skillnad },
        { at = x.tal[1], evidence = x.tal })
    end
  end
  return prov
end

return rule {
  id     = "OVS-09",
  title  = "Översiktens år liknar varandra",
  ground = "LKBR 11 kap. 1 §; RKR R15",
  level  = "note",
  recommendation = "Kontrollera årets siffror mot den årsredovisning de är hämtade ur.",
  limits = "En fråga: ett ovanligt år kan vara rätt. Prövas mot minst två andra år.",
  check  = function(ar)
    local fel, prov = {}, false
    for _, namn in ipairs(tabeller) do
      for rad in (ar[namn] and ar[namn]:rows() or each {}) do
        local tal = ar_for_ar(ar, namn, rad.id)
        for i = 1, #tal > 2 and #tal or 0 do
          local minst, mest = de_andra(tal, i)
          prov = prov or minst ~= nil
          local fraga = minst and felskrivet(tal[i].siffror, minst.siffror, mest.siffror, ar_jamn(tal, rad.id))
          if fraga then
            fel[#fel + 1] = finding("{rad} {ar} är {belopp} i {tabell}; de andra åren är det mellan {minst} och {mest}. " .. fraga,
              { rad = rad.label, ar = tal[i].ar, belopp = tal[i].belopp, tabell = ar[namn].place_,
                minst = minst.belopp:abs(), mest = mest.belopp:abs() }, { at = tal[i].belopp, evidence = { tal[i].belopp } })
          end
        end
      end
      if ar[namn] and rester(ar, namn, fel) then prov = true end
    end
    if not prov then return not_applicable("ingen översikt visar minst tre år") end
    return fel
  end,
}
