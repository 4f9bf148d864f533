local par_av = { { "deltagare", "deltagare_mal", "antalet deltagare" }, { "nojdhet", "nojdhet_mal", "nöjdheten" },
                   { "stegforflyttning_andel", "stegforflyttning_mal", "andelen med stegförflyttning" } }

-- A goal of "ungefär 100" is not missed by a little.
local function missat(utfall, mal, p)
  if mal:fact().qualifier == "ca" then return utfall < mal:point() - p.mal.ungefar * mal:point() end
  return utfall < mal
end

local function bedomning(insats)
  local text = insats.maluppfyllelse or "uppnått"
  return text:sub(-1) == "." and text:sub(1, -2) or text
end

return rule {
  id     = "MAL-07",
  title  = "Bedömd måluppfyllelse följer målets tal",
  ground = "KL 12 kap. 2 §; LKBR 11 kap. 8 §",
  level  = "recommendation",
  recommendation = "Ange från vilken nivå ett mål räknas som uppnått, och bedöm utfallet efter den.",
  check  = function(ar, p)
    local ut, provat = {}, false
    for insats in each(ar.insatser) do
      for _, par in ipairs(par_av) do
        local utfall, mal = insats[par[1]], insats[par[2]]
        if utfall and mal and not mal:is_zero() and insats.status then
          provat = true
          if insats.status == "uppnatt" and missat(utfall, mal, p) then
            ut[#ut + 1] = finding("{namn}: {vad} är {utfall} och målet {tryckt}, {andel:%}, men måluppfyllelsen bedöms som uppnådd: ”{ord}”.",
              { namn = insats.namn, vad = par[3], utfall = utfall, tryckt = mal:fact().text,
                mal = mal, andel = utfall / mal, ord = bedomning(insats) }, { at = utfall })
          end
        end
      end
    end
    if not provat then return not_applicable("ingen insats har både mål i tal, utfall och bedömning") end
    return ut
  end,
}
