local namn = { staten = "Staten", region = "Regionen", kommuner = "Kommunerna" }

local function under_aret(medlem, ar)
  return (not medlem.fran or medlem.fran <= ar .. "-12-31") and (not medlem.till or medlem.till >= ar .. "-01-01")
end

-- Vilka som är medlemmar under året: om någon är kommun, och den kommun som inte ingår i en region.
local function medlemmar(ar)
  local kommun, utan_region
  for medlem in each(ar:get("forbund.medlemmar") or {}) do
    if medlem.part == "kommun" and under_aret(medlem, ar.rakenskapsar) then
      kommun = true
      if medlem.utan_region then utan_region = medlem.namn end
    end
  end
  return kommun, utan_region
end

local enligt = { avtal = "de avtalade andelarna", lag = "lagens andelar", ["5 a"] = "lagens andelar utan region (hälften var)" }

-- Lagens andelar, eller de avtalade; utan region bär kommunen även regionens del (5 a §), också när
-- den är tryckt som region.
local function andelar(ar, p, bidrag)
  local avtal, halva = ar:get("forbund.andelar"), p.bidrag.region + p.bidrag.kommuner
  if avtal and avtal.staten and avtal.kommuner then
    return { staten = avtal.staten, region = avtal.region or percent(0), kommuner = avtal.kommuner }, "avtal"
  end
  if bidrag.region:is_zero() then return { staten = p.bidrag.staten, region = percent(0), kommuner = halva }, "5 a" end
  if bidrag.kommuner:is_zero() and not medlemmar(ar) and ar:get("forbund.medlemmar") then
    return { staten = p.bidrag.staten, region = halva, kommuner = percent(0) }, "5 a"
  end
  return { staten = p.bidrag.staten, region = p.bidrag.region, kommuner = p.bidrag.kommuner }, "lag"
end

-- Är en kommun utan region med bland andra bär den även av regionernas fjärdedel: hur mycket avgör
-- parterna, men staten bär hälften, och regionerna inte mer än sin fjärdedel (5 a § andra stycket).
local function blandat(ar, p, summa, bidrag, namn_utan, ut)
  local halva, fjardedel = p.bidrag.staten * summa, p.bidrag.region * summa
  if not agrees(bidrag.staten, halva) then
    ut[#ut + 1] = finding("Staten har {ar} bidragit med {bidrag} av {summa}. Hälften är {ska:kr}, också när {kommun} inte ingår i någon region.",
      { ar = ar.rakenskapsar, bidrag = bidrag.staten, summa = summa, ska = halva, kommun = namn_utan }, { at = bidrag.staten })
  elseif bidrag.region > fjardedel and not agrees(bidrag.region, fjardedel) then
    ut[#ut + 1] = finding("Regionen har {ar} bidragit med {bidrag}, mer än en fjärdedel av {summa}, {ska:kr}, fast {kommun}, som inte ingår i någon region, också bär av den.",
      { ar = ar.rakenskapsar, bidrag = bidrag.region, summa = summa, ska = fjardedel, kommun = namn_utan }, { at = bidrag.region })
  end
end

-- Den enda part som avviker när de andra två förhåller sig som de ska, och vad den då borde bära.
local function ensam(bidrag, del)
  local funnen, ska
  for _, parten in ipairs { "staten", "region", "kommuner" } do
    local a, b
    for _, annan in ipairs { "staten", "region", "kommuner" } do
      if annan ~= parten and not del[annan]:is_zero() then
        if a then b = annan else a = annan end
      end
    end
    if a and b and not del[parten]:is_zero() and agrees(bidrag[a] / del[a], bidrag[b] / del[b]) then
      if funnen then return end
      funnen, ska = parten, del[parten] / del[a] * bidrag[a]
    end
  end
  return funnen, ska
end

local function ej_inskrivet(ar, rad)
  local cell = ar.not_intakter and ar.not_intakter:row(rad)
  local fakta = cell and cell:fact()
  return fakta and fakta.state == "untyped"
end

local function prova_ar(ar, p, ut)
  if ej_inskrivet(ar, "bidrag_kommuner") then return end
  local summa = ar.medlemsbidrag
  -- går summan ihop utan regionen bidrar ingen region
  if ej_inskrivet(ar, "bidrag_region")
    and not (summa and ar.bidrag_staten and ar.bidrag_kommuner and agrees(summa, ar.bidrag_staten + ar.bidrag_kommuner)) then return end
  local bidrag = { staten = ar.bidrag_staten, region = or_zero(ar.bidrag_region), kommuner = or_zero(ar.bidrag_kommuner) }
  local kommun, utan_region = medlemmar(ar)
  if not summa or not bidrag.staten or summa <= kr(0) then return end
  if not ar.bidrag_kommuner and (kommun or not ar:get "forbund.medlemmar") then return end
  local del, grund = andelar(ar, p, bidrag)
  if grund == "lag" and utan_region then return blandat(ar, p, summa, bidrag, utan_region, ut) end
  local fel, delar = {}, {}
  for _, parten in ipairs { "staten", "region", "kommuner" } do
    local ska = del[parten] * summa
    if not agrees(bidrag[parten], ska) then
      fel[#fel + 1] = parten
      delar[#delar + 1] = namn[parten] .. " " .. bidrag[parten]:text("kr") .. " mot " .. ska:text("kr")
    end
  end
  if #fel == 0 then return end
  local grunden = enligt[grund]
  local parten, ska = ensam(bidrag, del)
  if parten then
    local mer = bidrag[parten] > ska
    ut[#ut + 1] = finding("{part} har {ar} bidragit med {bidrag}. Enligt " .. grunden .. " vore det {ska:kr} när de andra parterna bidrar med {andra}; det är {skillnad:kr} "
      .. (mer and "mer." or "mindre."),
      { part = namn[parten], ar = ar.rakenskapsar, bidrag = bidrag[parten], ska = ska, andra = summa - bidrag[parten],
        skillnad = (bidrag[parten] - ska):abs() }, { at = bidrag[parten] })
  else
    ut[#ut + 1] = finding("Medlemsbidragen {ar}, {summa}, är inte fördelade enligt " .. grunden .. ": {delar}.",
      { ar = ar.rakenskapsar, summa = summa, delar = listed(delar) }, { at = bidrag[fel[1]] })
  end
end

return rule {
  id     = "BID-01",
  title  = "Staten bidrar med hälften, regionen och kommunerna med var sin fjärdedel",
  ground = "FinsamL 5–5 a §§",
  level  = "deviation",
  needs  = { "medlemsbidrag", "bidrag_staten" },
  recommendation = "Kontrollera att parternas bidrag följer lagens andelar, eller ange vad parterna har avtalat.",
  limits = "Andra andelar kan vara avtalade; de anges i förbundets fil. Utan bidrag från någon region prövas hälften var, enligt 5 a §; likaså när ingen kommun är medlem. Vad en kommun som inte ingår i en region (utan_region) bär av regionernas fjärdedel avgör parterna; då prövas statens hälft, och att regionerna inte bär mer än sin fjärdedel.",
  check  = function(ar, p)
    local ut = {}
    if not ar.bidrag_kommuner and medlemmar(ar) then return not_applicable("kommunernas bidrag är inte tryckt") end
    prova_ar(ar, p, ut)
    if #ut == 0 then prova_ar(ar.foregaende, p, ut) end
    return ut
  end,
}
