local nekande = { ej = true, inte = true, icke = true }
local delvis = { delvis = true, delvist = true, ["nästan"] = true, ["nära"] = true }
-- with one of these the words weigh several things, and are no plain yes or no
local vager = { del = true, delar = true, huvudsak = true, grad = true, flera = true, flesta = true, flertalet = true,
                 vissa = true, ["några"] = true, undantag = true, undantaget = true, utom = true, men = true, stort = true }

-- What the words of an assessment say of whether a goal is met: "natt", "delvis", "ej"; nil when
-- they do not say.
return function(text)
  local lista = words(text or "")
  local natt, minus, delvist = false, false, false
  for i, ord in ipairs(lista) do
    if vager[ord] then return nil end
    delvist = delvist or delvis[ord]
    local uppfyllt = ord:sub(1, 7) == "uppfyll" and ord:sub(1, 12) ~= "uppfyllelsen" and ord ~= "uppfyllelse"
      or ord:sub(1, 6) == "uppnå" or ord == "nått" or ord == "nåtts"
    if uppfyllt then
      natt = true
      for k = math.max(1, i - 3), i - 1 do minus = minus or nekande[lista[k]] end
    end
  end
  if not natt then return nil end
  return delvist and "delvis" or minus and "ej" or "natt"
end
