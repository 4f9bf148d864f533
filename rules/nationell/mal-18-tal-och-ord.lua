-- A text that says by how much something changes, or where it came from, names more than the level.
local andring = { "procentenhet", "ökat från", "minskat från", "ökar med", "minskar med", "öka med", "minska med" }

local function andras(text)
  for _, ord in ipairs(andring) do
    if contains(text, ord) then return true end
  end
end

return rule {
  id     = "MAL-18",
  title  = "Målets tal är de som målet och utfallet har i ord",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  recommendation = "Ange samma tal i målet, i utfallet och i orden om dem.",
  limits = "Ett tal som är ett medelvärde av de tal som orden nämner blir en fråga.",
  check  = function(ar)
    local ut, provat = {}, false
    local function prova(post, tal, text, vad, var, niva)
      if not tal or not text or andras(text) then return end
      local samma, sagt = quoted(tal, text, niva)
      if samma == nil then return end
      provat = true
      if samma then return end
      local en = #sagt < 2
      for i, ord in ipairs(sagt) do sagt[i] = ord:lower():gsub("(%d)%%", "%1 %%") end
      ut[#ut + 1] = finding(vad .. " är {tal}, men " .. var .. " säger {ord}: ”{text}”.",
        { tal = tal, ord = listed(sagt), text = text }, { at = tal, level = en and "deviation" or "note" })
    end
    local function mal(post)
      prova(post, post.mal, post.text, "Målets tal", "målet", true)
      prova(post, post.utfall, post.utfall_text, "Målets utfall", "utfallet i ord")
    end
    for post in each(ar.mal) do mal(post) end
    for insats in each(ar.insatser) do
      for post in each(insats.resultatmal) do mal(post) end
    end
    if not provat then return not_applicable("inget mål har tal både i ord och för sig") end
    return ut
  end,
}
