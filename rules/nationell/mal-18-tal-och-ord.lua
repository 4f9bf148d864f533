-- A text that says by how much something changes, or where it came from, names more than the level.
local change = { "procentenhet", "ökat från", "minskat från", "ökar med", "minskar med", "öka med", "minska med" }

local function moves(text)
  for _, word in ipairs(change) do
    if contains(text, word) then return true end
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
    local out, tried = {}, false
    local function test(post, tal, text, vad, var, level)
      if not tal or not text or moves(text) then return end
      local same, said = quoted(tal, text, level)
      if same == nil then return end
      tried = true
      if same then return end
      local one = #said < 2
      for i, ord in ipairs(said) do said[i] = ord:lower():gsub("(%d)%%", "%1 %%") end
      out[#out + 1] = finding(vad .. " är {tal}, men " .. var .. " säger {ord}: ”{text}”.",
        { tal = tal, ord = listed(said), text = text }, { at = tal, level = one and "deviation" or "note" })
    end
    local function goal(post)
      test(post, post.mal, post.text, "Målets tal", "målet", true)
      test(post, post.utfall, post.utfall_text, "Målets utfall", "utfallet i ord")
    end
    for post in each(ar.mal) do goal(post) end
    for insats in each(ar.insatser) do
      for post in each(insats.resultatmal) do goal(post) end
    end
    if not tried then return not_applicable("inget mål har tal både i ord och för sig") end
    return out
  end,
}
