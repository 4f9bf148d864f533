local function nyckel(nr, ind)
  return (nr or "") .. "|" .. (ind.respondent or "") .. "|" .. (ind.ar or "")
end

-- The questions by number, respondent and year; an indicator refers to one of another source.
local function bilagans_fragor(ar)
  local index = {}
  for ind in each(ar.indikatorer) do
    if ind.positivt and not ind.bilaga then index[nyckel(ind.nr, ind)] = ind end
  end
  return index
end

return rule {
  id     = "IND-04",
  title  = "Indikatorernas andelar är bilagans",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "indikatorer[bilaga]" },
  recommendation = "Hämta indikatorernas andelar ur samma mätning som bilagan.",
  check  = function(ar)
    local index, ut, utan, kallor, forst = bilagans_fragor(ar), {}, {}, {}, nil
    for ind in each(ar.indikatorer) do
      if ind.bilaga then kallor[ind.kalla or ""] = true end
    end
    for ind in each(ar.indikatorer) do
      local har = kallor[ind.kalla or ""] and ind.positivt
      local fraga = har and ind.bilaga and index[nyckel(ind.bilaga, ind)]
      if har and not fraga then
        utan[#utan + 1] = (ind.nr or ind.id) .. " (" .. (ind.respondent or "alla") .. ")"
        forst = forst or ind
      elseif har and not agrees(har, fraga.positivt) then
        ut[#ut + 1] = finding("Indikator {nr}, {vem}: den positiva andelen är {har} men {dar} i bilagans fråga {fraga}; skillnaden är {skillnad:pe}.",
          { nr = ind.nr or ind.id, vem = ind.respondent or "alla", har = har, dar = fraga.positivt,
            fraga = ind.bilaga, skillnad = (har - fraga.positivt):abs() }, { at = har })
      end
    end
    if forst then
      ut[#ut + 1] = finding("Bilagan har ingen fråga som motsvarar indikator {utan}.",
        { utan = listed(utan) }, { at = forst, level = "note" })
    end
    return ut
  end,
}
