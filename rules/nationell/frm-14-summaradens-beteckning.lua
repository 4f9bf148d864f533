local function samma(a, b)
  return #a == #b and contains(a, b)
end

-- "Summa intäkter" är vad verksamhetens intäkter får heta; en annan tabells ord är något annat.
local function heter(rad, text)
  local om_vad = text:gsub("^[Ss][Uu][Mm][Mm][Aa]%s+", "")
  if contains(rad.usual_label, om_vad) then return true end
  for namn in each(rad.synonyms) do
    if samma(namn, text) then return true end
  end
end

-- Tabellen vars summa brukar heta så, noter före räkningar.
local function hemma(tabeller, text, har)
  for _, not_ in ipairs { true, false } do
    for tabell in each(tabeller) do
      for rad in tabell:usual_rows() do
        if (tabell.number_ ~= nil) == not_ and tabell.id_ ~= har.id_ and samma(rad.usual_label, text) then
          return tabell
        end
      end
    end
  end
end

return rule {
  id     = "FRM-14",
  title  = "Summaraden har den egna tabellens beteckning",
  ground = "LKBR 4 kap. 2 §",
  level  = "deviation",
  document = "alla",
  recommendation = "Rätta summaradens beteckning.",
  limits = "En annan tabells beteckning känns bara igen om den tabellen finns i årsredovisningen.",
  check  = function(ar)
    if #ar:tables() == 0 then return not_applicable("ingen tabell är tryckt") end
    local fel, tabeller = {}, ar:tables()
    for tabell in each(tabeller) do
      for rad in tabell:rows() do
        local text = rad.label
        local annan = contains(text, "summa") and not heter(rad, text) and hemma(tabeller, text, tabell)
        if annan then
          fel[#fel + 1] = finding("Summan i {har} har beteckningen ”{text}”, som hör till {annan}; den borde heta ”{ratt}”.",
            { har = tabell.place_, text = text, annan = annan.place_, ratt = rad.usual_label }, { at = rad })
        end
      end
    end
    return #fel > 0 and fel or nil
  end,
}
