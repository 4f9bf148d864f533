local function key(ind)
  return (ind.kalla or "") .. "|" .. (ind.nr or ind.fraga or "") .. "|" .. (ind.respondent or "")
end

-- "2 ökat och 1 minskat": det som ingen har gjort sägs inte.
local function ways(n)
  local out = {}
  for _, way in ipairs { { n.upp, "ökat" }, { n.ned, "minskat" }, { n.oforandrad, "inte ändrats" } } do
    if way[1] > 0 then out[#out + 1] = way[1] .. " " .. way[2] end
  end
  return listed(out)
end

return rule {
  id     = "IND-07",
  title  = "Vad texten säger om trenden är vad indikatorerna visar",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "trender", "indikatorer" },
  recommendation = "Räkna hur många indikatorer som ökat och minskat, och skriv det.",
  limits = "Jämför de indikatorer som är tryckta för både räkenskapsåret och året före.",
  check  = function(ar)
    local out, tried, last = {}, false, {}
    for ind in each(ar.indikatorer) do
      if ind.ar == ar.rakenskapsar - 1 and ind.positivt then last[key(ind)] = ind.positivt end
    end
    for trend in each(ar.trender) do
      local n = { upp = 0, ned = 0, oforandrad = 0 }
      local alla = 0
      for ind in each(ar.indikatorer) do
        local nu, da = ind.positivt, last[key(ind)]
        local mine = not trend.respondent or trend.respondent == ind.respondent
        if ind.ar == ar.rakenskapsar and nu and da and mine then
          alla = alla + 1
          local way = nu:point() > da:point() and "upp" or nu:point() < da:point() and "ned" or "oforandrad"
          n[way] = n[way] + 1
        end
      end
      local got = n[trend.riktning]
      local holds = trend.omfattning == "alla" and got >= alla or trend.omfattning == "majoritet" and 2 * got > alla
        or trend.omfattning == "nagon" and got > 0
      tried = tried or alla > 0
      if alla > 0 and not holds then
        out[#out + 1] = finding("Texten säger ”{text}”. Av {alla} indikatorer som är tryckta för båda åren har {vagar}.",
          { text = trend.text, alla = alla, vagar = ways(n) }, { at = trend })
      end
    end
    if not tried then return not_applicable("inga indikatorer är tryckta för två år") end
    return out
  end,
}
