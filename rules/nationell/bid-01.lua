local namn = { staten = "Staten", region = "Regionen", kommuner = "Kommunerna" }

-- Lagens andelar, eller de avtalade; utan region bär kommunen även regionens del (5 a §).
local function andelar(ar, p, region)
  local avtal = ar:get("forbund.andelar")
  if avtal and avtal.staten and avtal.kommuner then
    return { staten = avtal.staten, region = avtal.region or percent(0), kommuner = avtal.kommuner }, "avtal"
  end
  if region then return { staten = p.bidrag.staten, region = p.bidrag.region, kommuner = p.bidrag.kommuner }, "lag" end
  return { staten = p.bidrag.staten, region = percent(0), kommuner = p.bidrag.region + p.bidrag.kommuner }, "5 a"
end

-- Den enda part som avviker när de andra två förhåller sig som de ska, och vad den då borde bära.
local function ensam(bidrag, del)
  local funnen, ska
  for _, part in ipairs { "staten", "region", "kommuner" } do
    local a, b
    for _, annan in ipairs { "staten", "region", "kommuner" } do
      if annan ~= part and not del[annan]:is_zero() then
        if a then b = annan else a = annan end
      end
    end
    if a and b and not del[part]:is_zero() and agrees(bidrag[a] / del[a], bidrag[b] / del[b]) then
      if funnen then return end
      funnen, ska = part, del[part] / del[a] * bidrag[a]
    end
  end
  return funnen, ska
end

local function check_year(ar, p, out)
  local summa, region = ar.medlemsbidrag, ar.bidrag_region
  local bidrag = { staten = ar.bidrag_staten, region = region or kr(0), kommuner = ar.bidrag_kommuner }
  if not summa or not bidrag.staten or not bidrag.kommuner or summa <= kr(0) then return end
  local del, grund = andelar(ar, p, region and not region:is_zero())
  local fel, delar = {}, {}
  for _, part in ipairs { "staten", "region", "kommuner" } do
    local ska = del[part] * summa
    if not agrees(bidrag[part], ska) then
      fel[#fel + 1] = part
      delar[#delar + 1] = namn[part] .. " " .. bidrag[part]:text("kr") .. " mot " .. ska:text("kr")
    end
  end
  if #fel == 0 then return end
  local enligt = grund == "avtal" and "de avtalade andelarna" or grund == "5 a" and "lagens andelar utan region (hälften var)"
    or "lagens andelar"
  local part, ska = ensam(bidrag, del)
  if part then
    local mer = bidrag[part] > ska
    out[#out + 1] = finding("{part} har {ar} bidragit med {bidrag}. Enligt " .. enligt .. " vore det {ska:kr} när de andra parterna bidrar med {andra}; det är {skillnad:kr} "
      .. (mer and "mer." or "mindre."),
      { part = namn[part], ar = ar.rakenskapsar, bidrag = bidrag[part], ska = ska, andra = summa - bidrag[part],
        skillnad = (bidrag[part] - ska):abs() }, { at = bidrag[part] })
  else
    out[#out + 1] = finding("Medlemsbidragen {ar}, {summa}, är inte fördelade enligt " .. enligt .. ": {delar}.",
      { ar = ar.rakenskapsar, summa = summa, delar = table.concat(delar, ", ") }, { at = bidrag[fel[1]] })
  end
end

return rule {
  id     = "BID-01",
  title  = "Staten bidrar med hälften, regionen och kommunerna med var sin fjärdedel",
  ground = "FinsamL 5–5 a §§",
  level  = "deviation",
  needs  = { "medlemsbidrag", "bidrag_staten", "bidrag_kommuner" },
  recommendation = "Kontrollera att parternas bidrag följer lagens andelar, eller ange vad parterna har avtalat.",
  limits = "Andra andelar kan vara avtalade; de anges i förbundets fil. Utan bidrag från någon region prövas hälften var, enligt 5 a §.",
  check  = function(ar, p)
    local out = {}
    check_year(ar, p, out)
    if #out == 0 then check_year(ar.foregaende, p, out) end
    return out
  end,
}
