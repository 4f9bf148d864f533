local vanliga = { staten = "bidrag_staten", region = "bidrag_region" }
local parten = { staten = "Staten", region = "Regionen" }

-- Är den medlem under någon del av räkenskapsåret?
local function medlem_under(m, ar)
  return (not m.fran or m.fran <= ar .. "-12-31") and (not m.till or m.till >= ar .. "-01-01")
end

local function rad_av(note, medlem)
  if medlem.not_rad then return medlem.not_rad end
  for rad in note:rows() do
    if medlem.part == "kommun" and contains(rad.label, medlem.namn) then return rad.id end
  end
end

return rule {
  id     = "BID-02",
  title  = "Varje medlem har ett bidrag i noten, och ingen annan",
  ground = "FinsamL 5–6 §§",
  level  = "deviation",
  needs  = { "forbund.medlemmar", "not_intakter" },
  recommendation = "Stäm av notens bidrag mot medlemmarna i förbundsordningen.",
  limits = "Försäkringskassan bär statens del, så de statliga medlemmarna prövas tillsammans, och likaså regionerna. Kommunernas bidrag kan vara tryckta som en summa; då prövas de inte var för sig. Den som lämnat, eller vars bidrag en annan medlem betalar enligt förbundets fil, behöver inget. Utan några medlemsbidrag alls prövas i stället fortlevnaden.",
  check  = function(ar)
    local note, ut, rader, vantade, betald = ar.not_intakter, {}, {}, {}, {}
    local summa = ar.medlemsbidrag
    if not summa or summa:is_zero() then return not_applicable("inga medlemsbidrag är redovisade för " .. ar.rakenskapsar) end
    local delat, finns = false, {}
    for rad in note:rows() do
      rader[rad.id] = rad
      delat = delat or rad.under == "bidrag_kommuner"
    end
    -- In millions a contribution that is printed may be rounded to nothing.
    local function inget(rad, belopp)
      return not (rad and note.unit_ == "mnkr") and (not belopp or belopp:is_zero())
    end
    for medlem in each(ar.forbund.medlemmar) do
      for namn in each(medlem.betalar_for or {}) do betald[namn] = true end
    end
    for medlem in each(ar.forbund.medlemmar) do
      local id = rad_av(note, medlem)
      local rad = rader[id or ""]
      if id then vantade[id] = true end
      if not medlem_under(medlem, ar.rakenskapsar) or betald[medlem.namn] then
        -- ingen väntas bidra för den
      elseif medlem.part ~= "kommun" then
        finns[medlem.part] = finns[medlem.part] or medlem.namn
      elseif delat and inget(rad, rad and rad.belopp) then
        ut[#ut + 1] = finding("Medlemmen {namn} har inget bidrag i noten för intäkter.",
          { namn = medlem.namn }, { at = rad or note })
      end
    end
    if not rader.bidrag_staten and not rader.bidrag_region and not rader.bidrag_kommuner and not delat and #ut == 0 then
      return finding("Noten visar medlemsbidragen som en summa, {summa}, så att det inte framgår vad varje part har bidragit med.",
        { summa = summa }, { at = summa })
    end
    for _, del in ipairs { "staten", "region" } do
      if finns[del] and inget(rader[vanliga[del]], note[vanliga[del]]) then
        ut[#ut + 1] = finding(contains(finns[del], del) and "{namn} har inget bidrag i noten för intäkter." or "{part} ({namn}) har inget bidrag i noten för intäkter.",
          { part = parten[del], namn = finns[del] }, { at = rader[vanliga[del]] or note })
      end
    end
    for rad in note:rows() do
      local belopp = rad.belopp
      if rad.under == "bidrag_kommuner" and not vantade[rad.id] and belopp and not belopp:is_zero() then
        ut[#ut + 1] = finding("”{rad}” bidrar med {belopp} i noten men hör inte till någon medlem.",
          { rad = rad.label, belopp = belopp }, { at = rad })
      end
    end
    return ut
  end,
}
