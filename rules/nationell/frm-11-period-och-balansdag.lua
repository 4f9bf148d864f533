local manader = { "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec" }

-- Nämner rubriken två dagar eller två månader, eller en månad utan dag?
local function tva(rubrik)
  local _, dagar = rubrik:gsub("%f[%d]%d%d?/%d%d?%f[%D]", "")
  local namn = 0
  for ord in each(words(rubrik:lower())) do
    for manad in each(manader) do namn = namn + (ord:sub(1, 3) == manad and 1 or 0) end
  end
  return dagar > 1 or namn > 1 or rubrik:find "%f[%d]20%d%d%-%d%d%f[%D]" ~= nil and not rubrik:find "%d%-%d%d%-%d"
end

-- "period", "datum" eller "år", efter hur många siffror rubriken har: 2023-12-31 har åtta.
local function slag(rubrik)
  local _, siffror = rubrik:gsub("%d", "")
  if siffror >= 12 or tva(rubrik) then return "period" end
  return siffror >= 6 and "datum" or siffror > 3 and "år" or nil
end

return rule {
  id     = "FRM-11",
  title  = "Flöden är rubricerade med period och ställningar med balansdag",
  ground = "LKBR 4 kap. 2 §, 5 kap. 1 §, 6 kap. 1 §",
  level  = "deviation",
  document = "alla",
  recommendation = "Rubricera resultaträkning, kassaflödesanalys och deras noter med perioden och balansräkningen och dess noter med balansdagen.",
  limits = "Enbart årtal godtas över flöden och ger en notering över ställningar. Bara rubriker som är angivna som de är tryckta prövas.",
  check  = function(ar)
    if #ar:tables() == 0 then return not_applicable("ingen tabell är tryckt") end
    local fel, artal = {}, {}
    local function sag(kolumn, tabell, ska)
      fel[#fel + 1] = finding("Kolumnen ”{rubrik}” i {tabell} borde rubriceras med {ska}.",
        { rubrik = kolumn.header, tabell = tabell.place_, ska = ska }, { at = kolumn })
    end
    for tabell in each(ar:tables()) do
      for kolumn in each(tabell.printed_headers_ and tabell:columns() or {}) do
        local ar_slag = slag(kolumn.header or "")
        if tabell.period_header_ and ar_slag == "datum" then
          sag(kolumn, tabell, "en period, eftersom beloppen avser hela året")
        elseif tabell.date_header_ and ar_slag == "period" then
          sag(kolumn, tabell, "balansdagen, eftersom beloppen avser en dag")
        elseif tabell.date_header_ and ar_slag == "år" then
          if artal[#artal] ~= tabell then artal[#artal + 1] = tabell end
        end
      end
    end
    if #artal > 0 then
      local namn = {}
      for i, tabell in ipairs(artal) do namn[i] = tabell.place_ end
      fel[#fel + 1] = finding("Kolumnerna i {tabeller} är rubricerade med årtal; beloppen avser en dag och kolumnerna bör ha balansdagen.",
        { tabeller = table.concat(namn, ", ", 1, #namn - 1) .. (#namn > 1 and " och " or "") .. namn[#namn] }, { at = artal[1], level = "note" })
    end
    return #fel > 0 and fel or nil
  end,
}
