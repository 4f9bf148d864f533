local usual = { staten = "bidrag_staten", region = "bidrag_region" }
local parten = { staten = "Staten", region = "Regionen" }

-- Är den medlem under någon del av räkenskapsåret?
local function medlem_under(m, ar)
  return (not m.fran or m.fran <= ar .. "-12-31") and (not m.till or m.till >= ar .. "-01-01")
end

local function rad_av(note, medlem)
  if medlem.not_rad then return medlem.not_rad end
  for row in note:rows() do
    if medlem.part == "kommun" and contains(row.label, medlem.namn) then return row.id end
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
    local note, out, rows, expected, betald = ar.not_intakter, {}, {}, {}, {}
    local summa = ar.medlemsbidrag
    if not summa or summa:is_zero() then return not_applicable("inga medlemsbidrag är redovisade för " .. ar.rakenskapsar) end
    local split, finns = false, {}
    for row in note:rows() do
      rows[row.id] = row
      split = split or row.under == "bidrag_kommuner"
    end
    for medlem in each(ar.forbund.medlemmar) do
      for namn in each(medlem.betalar_for or {}) do betald[namn] = true end
    end
    for medlem in each(ar.forbund.medlemmar) do
      local id = rad_av(note, medlem)
      if id then expected[id] = true end
      local belopp = rows[id or ""] and rows[id].belopp
      if not medlem_under(medlem, ar.rakenskapsar) or betald[medlem.namn] then
        -- ingen väntas bidra för den
      elseif medlem.part ~= "kommun" then
        finns[medlem.part] = finns[medlem.part] or medlem.namn
      elseif split and (not belopp or belopp:is_zero()) then
        out[#out + 1] = finding("Medlemmen {namn} har inget bidrag i noten för intäkter.",
          { namn = medlem.namn }, { at = rows[id or ""] or note })
      end
    end
    if not rows.bidrag_staten and not rows.bidrag_region and not rows.bidrag_kommuner and not split and #out == 0 then
      return finding("Noten visar medlemsbidragen som en summa, {summa}, så att det inte framgår vad varje part har bidragit med.",
        { summa = summa }, { at = summa })
    end
    for _, part in ipairs { "staten", "region" } do
      local belopp = note[usual[part]]
      if finns[part] and (not belopp or belopp:is_zero()) then
        out[#out + 1] = finding(contains(finns[part], part) and "{namn} har inget bidrag i noten för intäkter." or "{part} ({namn}) har inget bidrag i noten för intäkter.",
          { part = parten[part], namn = finns[part] }, { at = rows[usual[part]] or note })
      end
    end
    for row in note:rows() do
      local belopp = row.belopp
      if row.under == "bidrag_kommuner" and not expected[row.id] and belopp and not belopp:is_zero() then
        out[#out + 1] = finding("”{rad}” bidrar med {belopp} i noten men hör inte till någon medlem.",
          { rad = row.label, belopp = belopp }, { at = row })
      end
    end
    return out
  end,
}
