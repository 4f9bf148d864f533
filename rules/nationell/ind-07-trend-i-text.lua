local function nyckel(ind)
  return (ind.kalla or "") .. "|" .. (ind.nr or ind.fraga or "") .. "|" .. (ind.respondent or "")
end

-- "2 ökat och 1 minskat": det som ingen har gjort sägs inte.
local function vagar(n)
  local ut = {}
  for _, riktning in ipairs { { n.upp, "ökat" }, { n.ned, "minskat" }, { n.oforandrad, "inte ändrats" } } do
    if riktning[1] > 0 then ut[#ut + 1] = riktning[1] .. " " .. riktning[2] end
  end
  return listed(ut)
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
    local ut, provat, senast = {}, false, {}
    for ind in each(ar.indikatorer) do
      if ind.ar == ar.rakenskapsar - 1 and ind.positivt then senast[nyckel(ind)] = ind.positivt end
    end
    for trend in each(ar.trender) do
      local n = { upp = 0, ned = 0, oforandrad = 0 }
      local alla = 0
      for ind in each(ar.indikatorer) do
        local nu, da = ind.positivt, senast[nyckel(ind)]
        local egen = not trend.respondent or trend.respondent == ind.respondent
        if ind.ar == ar.rakenskapsar and nu and da and egen then
          alla = alla + 1
          local riktning = nu:point() > da:point() and "upp" or nu:point() < da:point() and "ned" or "oforandrad"
          n[riktning] = n[riktning] + 1
        end
      end
      local fatt = n[trend.riktning]
      local haller = trend.omfattning == "alla" and fatt >= alla or trend.omfattning == "majoritet" and 2 * fatt > alla
        or trend.omfattning == "nagon" and fatt > 0
      provat = provat or alla > 0
      if alla > 0 and not haller then
        ut[#ut + 1] = finding("Texten säger ”{text}”. Av {alla} indikatorer som är tryckta för båda åren har {vagar}.",
          { text = trend.text, alla = alla, vagar = vagar(n) }, { at = trend })
      end
    end
    if not provat then return not_applicable("inga indikatorer är tryckta för två år") end
    return ut
  end,
}
