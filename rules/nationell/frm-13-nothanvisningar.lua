-- Notens rubrik utan det "Not 4" som meningen redan säger.
local function bart(rubrik, nr)
  local text = rubrik:gsub("^[Nn][Oo][Tt]%s+" .. nr:gsub("%p", "%%%0") .. "[%s:.–-]*", "")
  return text ~= "" and text or rubrik
end

return rule {
  id     = "FRM-13",
  title  = "Räkningarna hänvisar till noter som finns, och varje not har en hänvisning",
  ground = "LKBR 9 kap. 2 §",
  level  = "deviation",
  document = "alla",
  recommendation = "Rätta hänvisningarna mellan räkningarna och noterna.",
  limits = "Noter av annat slag än räkningarnas poster behöver ingen hänvisning.",
  check  = function(ar)
    local noter, hanvisade, fel, antal = {}, {}, {}, 0
    for tabell in each(ar:tables()) do
      if tabell.number_ then
        noter[tabell.number_] = tabell
        antal = antal + 1
      end
    end
    if antal < 1 then return not_applicable("Noter är inte angivna") end
    for tabell in each(ar:tables()) do
      for rad in tabell:rows() do
        local nr = rad.note
        if nr and not noter[nr] and not (nr == "1" and ar.redovisningsprinciper) then
          fel[#fel + 1] = finding("{rad} i {tabell} hänvisar till not {nr}, som inte finns.",
            { rad = rad.label, tabell = tabell.place_, nr = nr }, { at = rad })
        end
        if nr then hanvisade[nr] = true end
      end
    end
    -- En post som inte är inskriven än kan hänvisa till noten: det prövas när båda räkningarna är det.
    local sedda = #fel > 0 or { ar.resultatrakning, ar.balansrakning }
    for nr, tabell in pairs(sedda and noter) do
      if not hanvisade[nr] and tabell.id_ ~= "not_ovrig" then
        fel[#fel + 1] = finding("Ingen post hänvisar till not {nr}, ”{slag}”.",
          { nr = nr, slag = bart(tabell.heading_ or tabell.label_, nr) }, { at = tabell })
      end
    end
    return #fel > 0 and fel or nil
  end,
}
