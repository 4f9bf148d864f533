local usual = { staten = "bidrag_staten", region = "bidrag_region" }

return rule {
  id     = "BID-02",
  title  = "Varje medlem har ett bidrag i noten, och ingen annan",
  ground = "FinsamL 5–6 §§",
  level  = "deviation",
  needs  = { "forbund.medlemmar", "not_intakter" },
  recommendation = "Stäm av notens bidrag mot medlemmarna i förbundsordningen.",
  limits = "Kommunernas bidrag kan vara tryckta som en summa; då prövas inte kommunerna var för sig.",
  check  = function(ar)
    local note, out, rows, expected = ar.not_intakter, {}, {}, {}
    local split = false
    for row in note:rows() do
      rows[row.id] = row
      split = split or row.under == "bidrag_kommuner"
    end
    for medlem in each(ar.forbund.medlemmar) do
      local id = medlem.not_rad or usual[medlem.part]
      for row in note:rows() do
        if not id and contains(row.label, medlem.namn) then id = row.id end
      end
      if id then expected[id] = true end
      local belopp = rows[id or ""] and rows[id].belopp
      if (split or medlem.part ~= "kommun") and (not belopp or belopp:is_zero()) then
        out[#out + 1] = finding("Medlemmen {namn} har inget bidrag i noten för intäkter.",
          { namn = medlem.namn }, { at = rows[id or ""] or note })
      end
    end
    for row in note:rows() do
      if row.under == "bidrag_kommuner" and not expected[row.id] then
        out[#out + 1] = finding("”{rad}” bidrar med {belopp} i noten men hör inte till någon medlem.",
          { rad = row.label, belopp = or_zero(row.belopp) }, { at = row })
      end
    end
    return out
  end,
}
