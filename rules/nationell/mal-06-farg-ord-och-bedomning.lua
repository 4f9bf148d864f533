local meaning = { gron = "uppnatt", gul = "delvis", rod = "ej" }
local names = { gron = "grön", gul = "gul", rod = "röd", uppnatt = "uppnått", delvis = "delvis uppnått",
                ej = "ej uppnått", okand = "kan inte bedömas" }
local negative = { ej = true, inte = true, icke = true }
local partial = { delvis = true, delvist = true, ["nästan"] = true, ["nära"] = true }
-- with one of these the words weigh several things, and are no plain yes or no
local weighs = { del = true, delar = true, huvudsak = true, grad = true, flera = true, flesta = true, flertalet = true,
                 vissa = true, ["några"] = true, undantag = true, undantaget = true, utom = true, men = true, stort = true }

-- The statuses that words of an assessment allow; nil when they do not say whether it is met.
local function allowed(text)
  local list = words(text or "")
  local reached, minus, part = false, false, false
  for i, word in ipairs(list) do
    if weighs[word] then return nil end
    part = part or partial[word]
    local met = word:sub(1, 7) == "uppfyll" and word:sub(1, 12) ~= "uppfyllelsen" and word ~= "uppfyllelse"
      or word:sub(1, 6) == "uppnå" or word == "nått" or word == "nåtts"
    if met then
      reached = true
      for k = math.max(1, i - 3), i - 1 do minus = minus or negative[list[k]] end
    end
  end
  if not reached then return nil end
  if part then return { delvis = true, ej = true } end
  return minus and { ej = true, delvis = true } or { uppnatt = true }
end

return rule {
  id     = "MAL-06",
  title  = "Ett måls färg, ord och bedömning är desamma",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  recommendation = "Stäm av färger, ord och bedömningar mot varandra.",
  limits = "Av orden prövas bara uppfyllt, uppnått och nått, med ej, inte, delvis eller nästan. God och hög säger inte om målet är nått.",
  check  = function(ar)
    local out, tried = {}, false
    local function test(post, text)
      local farg, status = post.farg, post.status
      local can = allowed(text)
      if farg and status then
        tried = true
        if meaning[farg] ~= status then
          out[#out + 1] = finding("Måluppfyllelsen är {farg} men bedöms i ord som {status}.",
            { farg = names[farg], status = names[status] }, { at = post })
        end
      end
      local what = status and status ~= "okand" and status or not status and farg and meaning[farg]
      if can and what then
        tried = true
        if not can[what] then
          out[#out + 1] = finding("Måluppfyllelsen är " .. (status and "bedömd som {vad}" or "{vad}") .. ", men orden är ”{text}”.",
            { vad = status and names[status] or names[farg], text = text }, { at = post })
        end
      end
    end
    for post in each(ar.mal) do test(post, post.maluppfyllelse) end
    for insats in each(ar.insatser) do
      -- what is said of an insats may be of one of its goals
      test(insats, nil)
      for post in each(insats.resultatmal) do test(post, post.maluppfyllelse) end
    end
    if not tried then return not_applicable("inget mål är bedömt på två sätt") end
    return out
  end,
}
