-- Rader som kom med LKBR.
local nya = { verksamhetens_resultat = true, resultat_efter_finansiella_poster = true }

local kravs = { verksamhetens_intakter = true, verksamhetens_kostnader = true,
                verksamhetens_nettokostnader = true, verksamhetens_resultat = true,
                resultat_efter_finansiella_poster = true, arets_resultat = true }

-- Raden i dokumentet, när den är angiven; en uträknad delsumma har ingen.
local function plats(rad)
  local tal = rad:fact()
  return tal and tal.state ~= "computed" and tal.places[1]
end

return rule {
  id     = "FRM-04",
  title  = "Resultaträkningen följer lagens uppställningsform",
  ground = "LKBR 5 kap. 2–3 §§",
  level  = "deviation",
  needs  = { "resultatrakning" },
  recommendation = "Anpassa resultaträkningen till lagens uppställningsform, med alla delsummor och i lagens ordning.",
  limits = "Poster utan belopp får utelämnas och prövas inte. Ordningen prövas där radernas plats i dokumentet är angiven.",
  check  = function(ar)
    local fel, saknas, sist = {}, {}, nil
    local function sag(stalle)
      for namn in each(saknas) do
        fel[#fel + 1] = finding("Resultaträkningen saknar raden {rad}.", { rad = namn }, { at = stalle })
      end
      saknas = {}
    end
    for rad in ar.resultatrakning:usual_rows() do
      if not rad.printed then
        local gallde = ar.rakenskapsar >= 2019 or not nya[rad.id]
        saknas[#saknas + 1] = kravs[rad.id] and gallde and rad.label or nil
      else
        sag(rad)
        if sist and plats(rad) and plats(rad) < plats(sist) then
          fel[#fel + 1] = finding("{rad} står före {sist} i resultaträkningen men ska stå efter.",
            { rad = rad.label, sist = sist.label }, { at = rad })
        elseif plats(rad) then
          sist = rad
        end
      end
    end
    sag(ar.resultatrakning)
    return #fel > 0 and fel or nil
  end,
}
