local function norm(text) return table.concat(words(text), " ") end

local function hitta(ar, plan)
  for mal in each(ar.mal) do
    if plan.mal and mal.id == plan.mal or not plan.mal and norm(mal.text) == norm(plan.text) then return mal end
  end
end

return rule {
  id     = "MAL-03",
  title  = "Varje mål i verksamhetsplanen följs upp",
  ground = "LKBR 11 kap. 8 §; KL 11 kap. 6 §",
  level  = "deviation",
  needs  = { "verksamhetsplan" },
  recommendation = "Följ upp alla mål i verksamhetsplanen, och säg det om ett mål inte längre gäller.",
  check  = function(ar)
    local ut = {}
    if not ar.mal then return not_applicable("inga uppföljda mål är angivna") end
    for plan in each(ar.verksamhetsplan) do
      local mal = hitta(ar, plan)
      if not mal then
        ut[#ut + 1] = finding("Verksamhetsplanens mål ”{text}” följs inte upp i årsredovisningen.",
          { text = plan.text }, { at = plan })
      elseif not (mal.utfall_text or mal.maluppfyllelse or mal.status or mal.farg or mal.utfall) then
        ut[#ut + 1] = finding("Verksamhetsplanens mål ”{text}” återges men varken utfall eller måluppfyllelse anges.",
          { text = plan.text }, { at = mal })
      end
    end
    return ut
  end,
}
