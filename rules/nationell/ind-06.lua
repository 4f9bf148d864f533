local function same_question(a, b)
  return a.nr == b.nr and a.kalla == b.kalla and a.respondent == b.respondent
end

-- Zero that the table of indicators confirms with negative or undecided answers is measured.
local function measured(ar, ind)
  for other in each(ar.indikatorer) do
    if other.bilaga == ind.nr and other.respondent == ind.respondent and (other.negativt or other.varken) then
      return true
    end
  end
  return ind.negativt or ind.varken
end

return rule {
  id     = "IND-06",
  title  = "En fråga som inte mätts är inte tryckt som noll procent",
  ground = "LKBR 4 kap. 2 §; god sed för enkäter",
  level  = "note",
  needs  = { "indikatorer" },
  recommendation = "Skriv att frågan inte mätts på skalan i stället för 0 %.",
  check  = function(ar)
    local out = {}
    for ind in each(ar.indikatorer) do
      if ind.ar == ar.rakenskapsar and ind.positivt and ind.positivt:is_zero() and not measured(ar, ind) then
        local years, alla = 0, true
        for other in each(ar.indikatorer) do
          if same_question(ind, other) and other.positivt then
            years, alla = years + 1, alla and other.positivt:is_zero()
          end
        end
        if alla and years > 1 then
          out[#out + 1] = finding("Fråga {nr}, {vem}: 0 % alla {years} år. Frågan är troligen inte besvarad på den skala som andelen räknas på.",
            { nr = ind.nr or ind.id, vem = ind.respondent or "alla", years = years, noll = ind.positivt },
            { at = ind.positivt })
        end
      end
    end
    return out
  end,
}
