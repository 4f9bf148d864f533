local function nyckel(nr, ind)
  return (nr or "") .. "|" .. (ind.respondent or "")
end

return rule {
  id     = "IND-06",
  title  = "En fråga som inte mätts är inte tryckt som noll procent",
  ground = "LKBR 4 kap. 2 §; god sed för enkäter",
  level  = "note",
  needs  = { "indikatorer" },
  recommendation = "Skriv att frågan inte mätts på skalan i stället för 0 %.",
  check  = function(ar)
    local fragor, matta, ut = {}, {}, {}
    for ind in each(ar.indikatorer) do
      -- a zero beside negative or undecided answers is measured, also for the question behind it
      if ind.negativt or ind.varken then
        matta[nyckel(ind.bilaga or ind.nr, ind)] = true
      elseif ind.positivt then
        local fraga = fragor[nyckel(ind.nr, ind)] or { n = 0, noll = true }
        fragor[nyckel(ind.nr, ind)] = fraga
        fraga.n, fraga.noll = fraga.n + 1, fraga.noll and ind.positivt:is_zero()
      end
    end
    for ind in each(ar.indikatorer) do
      local fraga = ind.ar == ar.rakenskapsar and fragor[nyckel(ind.nr, ind)]
      if fraga and fraga.noll and fraga.n > 1 and ind.positivt and not ind.varken
        and not ind.negativt and not matta[nyckel(ind.nr, ind)] then
        ut[#ut + 1] = finding("Fråga {nr}, {vem}: 0 % alla {ar} åren. Frågan är troligen inte besvarad på den skala som andelen räknas på.",
          { nr = ind.nr or ind.id, vem = ind.respondent or "alla", ar = in_words(fraga.n), noll = ind.positivt },
          { at = ind.positivt })
      end
    end
    return ut
  end,
}
