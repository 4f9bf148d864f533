local function key(nr, ind)
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
    local years, measured, out = {}, {}, {}
    for ind in each(ar.indikatorer) do
      -- a zero beside negative or undecided answers is measured, also for the question behind it
      if ind.negativt or ind.varken then
        measured[key(ind.bilaga or ind.nr, ind)] = true
      elseif ind.positivt then
        local question = years[key(ind.nr, ind)] or { n = 0, zero = true }
        years[key(ind.nr, ind)] = question
        question.n, question.zero = question.n + 1, question.zero and ind.positivt:is_zero()
      end
    end
    for ind in each(ar.indikatorer) do
      local question = ind.ar == ar.rakenskapsar and years[key(ind.nr, ind)]
      if question and question.zero and question.n > 1 and ind.positivt and not ind.varken
        and not ind.negativt and not measured[key(ind.nr, ind)] then
        out[#out + 1] = finding("Fråga {nr}, {vem}: 0 % alla {years} åren. Frågan är troligen inte besvarad på den skala som andelen räknas på.",
          { nr = ind.nr or ind.id, vem = ind.respondent or "alla", years = in_words(question.n), noll = ind.positivt },
          { at = ind.positivt })
      end
    end
    return out
  end,
}
