local function appendix_question(ar, ind)
  for other in each(ar.indikatorer) do
    if other.nr == ind.bilaga and other.kalla ~= ind.kalla and other.respondent == ind.respondent
      and other.ar == ind.ar and other.positivt then
      return other
    end
  end
end

return rule {
  id     = "IND-04",
  title  = "Indikatorernas andelar är bilagans",
  ground = "LKBR 4 kap. 3 §",
  level  = "deviation",
  needs  = { "indikatorer" },
  recommendation = "Hämta indikatorernas andelar ur samma mätning som bilagan.",
  check  = function(ar)
    local out, utan, kallor, first, tried = {}, {}, {}, nil, false
    for ind in each(ar.indikatorer) do
      local har, fraga = ind.bilaga and ind.positivt, nil
      if har then
        kallor[ind.kalla or ""], tried = true, true
        fraga = appendix_question(ar, ind)
      end
      if fraga and not agrees(har, fraga.positivt) then
        out[#out + 1] = finding("Indikator {nr}, {vem}: den positiva andelen är {har} men {dar} i bilagans fråga {fraga}; skillnaden är {skillnad:pe}.",
          { nr = ind.nr, vem = ind.respondent or "alla", har = har, dar = fraga.positivt,
            fraga = ind.bilaga, skillnad = (har - fraga.positivt):abs() }, { at = har })
      end
    end
    for ind in each(ar.indikatorer) do
      local saknar = not ind.bilaga or not appendix_question(ar, ind)
      if kallor[ind.kalla or ""] and saknar and ind.positivt then
        utan[#utan + 1] = (ind.nr or ind.id) .. " (" .. (ind.respondent or "alla") .. ")"
        first = first or ind
      end
    end
    if first then
      out[#out + 1] = finding("Bilagan har ingen fråga som motsvarar indikator {utan}.",
        { utan = table.concat(utan, ", ") }, { at = first, level = "note" })
    end
    if not tried then return not_applicable("ingen indikator hänvisar till en bilaga") end
    return out
  end,
}
