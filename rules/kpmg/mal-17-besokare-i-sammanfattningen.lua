local kinds = { "seminari", "event", "konferens", "föreläsning" }

local function about_activities(text)
  for _, word in ipairs(kinds) do
    if contains(text, word) then return contains(text, "deltagare") or contains(text, "besökare") end
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
    local antal, out, tried = {}, {}, false
    for insats in each(ar.insatser) do
      if insats.typ == "struktur" and insats.deltagare then antal[#antal + 1] = insats.deltagare end
    end
    local summa = sum(antal)
    for u in each(ar.uppgifter) do
      local tal = not u.begrepp and about_activities(u.text) and u.tal
      local f = tal and tal:fact()
      if f and f.unit == "" and summa then
        tried = true
        local total = tal:unit() == "count" and tal or tal * count(1)
        if not agrees(total, summa) then
          local skillnad = (summa - total:point()):abs()
          out[#out + 1] = finding("Sammantaget uppges {tryckt} besökare, men de aktiviteter som redovisas med antal har {summa}; skillnaden är {skillnad}.",
            { tryckt = f.text, summa = summa, skillnad = skillnad }, { at = tal })
        end
      end
    end
    if not tried then return not_applicable("ingen sammanfattande uppgift om besökare") end
    return out
  end,
}
