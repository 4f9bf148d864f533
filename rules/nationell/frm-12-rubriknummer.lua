-- "1.10.2. Uppföljning" -> { 1, 10, 2 }; en rubrik utan nummer ger en tom lista.
local function nummer(rubrik)
  local delar, siffror = {}, ""
  for i = 1, #rubrik + 1 do
    local tecken = rubrik:sub(i, i)
    if tonumber(tecken) then
      siffror = siffror .. tecken
    else
      if #siffror < 1 or #siffror > 2 then break end
      delar[#delar + 1] = tonumber(siffror)
      siffror = ""
      if tecken ~= "." then break end
    end
  end
  return delar
end

local function ordning(a, b)  -- negativt när a kommer före b
  for i = 1, math.max(#a, #b) do
    local skillnad = (a[i] or 0) - (b[i] or 0)
    if skillnad < 0 or skillnad > 0 then return skillnad end
  end
  return 0
end

return rule {
  id     = "FRM-12",
  title  = "Rubrikernas nummer är unika och stigande",
  ground = "LKBR 4 kap. 2 §",
  level  = "note",
  document = "alla",
  needs  = { "forvaltningsberattelse.rubriker" },
  limits = "Innehållsförteckningen prövas inte.",
  check  = function(ar)
    local lista, sedda, fel, forra = {}, {}, {}, nil
    for i, text in ipairs(ar.forvaltningsberattelse.rubriker) do
      sedda[text] = true
      lista[i] = { text = text, at = "forvaltningsberattelse.rubriker." .. i }
    end
    for tabell in each(ar:tables()) do
      local text = tabell.heading_
      if text and not tabell.number_ and not sedda[text] then
        lista[#lista + 1] = { text = text, at = tabell }
      end
    end
    for _, rubrik in ipairs(lista) do
      rubrik.nummer = nummer(rubrik.text)
      if #rubrik.nummer > 0 then
        if forra and ordning(forra.nummer, rubrik.nummer) >= 0 then
          fel[#fel + 1] = finding("Rubriken ”{rubrik}” kommer efter ”{forra}” men har inte ett högre nummer.",
            { rubrik = rubrik.text, forra = forra.text }, { at = rubrik.at })
        end
        forra = rubrik
      end
    end
    return #fel > 0 and fel or nil
  end,
}
