local slagen = { "seminari", "event", "konferens", "föreläsning" }

local function om_aktiviteter(text)
  for _, ord in ipairs(slagen) do
    if contains(text, ord) then return contains(text, "deltagare") or contains(text, "besökare") end
  end
end

return rule {
  id     = "MAL-17",
  title  = "Antalet besökare i sammanfattningen är aktiviteternas",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "note",
  needs  = { "uppgifter", "insatser" },
  limits = "Sammanfattningen kan avse en del av aktiviteterna utan att säga vilka.",
  check  = function(ar)
    local antal, ut, provat = {}, {}, false
    for insats in each(ar.insatser) do
      if insats.typ == "struktur" and insats.deltagare then antal[#antal + 1] = insats.deltagare end
    end
    local summa = sum(antal)
    for u in each(ar.uppgifter) do
      local tal = not u.begrepp and om_aktiviteter(u.text) and u.tal
      local f = tal and tal:fact()
      if f and f.unit == "" and summa then
        provat = true
        local total = tal:unit() == "count" and tal or tal * count(1)
        if not agrees(total, summa) then
          local skillnad = (summa - total:point()):abs()
          ut[#ut + 1] = finding("Sammantaget uppges {tryckt} besökare, men de aktiviteter som redovisas med antal har {summa}; skillnaden är {skillnad}.",
            { tryckt = f.text, summa = summa, skillnad = skillnad }, { at = tal })
        end
      end
    end
    if not provat then return not_applicable("ingen sammanfattande uppgift om besökare") end
    return ut
  end,
}
