local function any(text, list)
  for _, word in ipairs(list) do
    if contains(text, word) then return true end
  end
  return false
end

local function is_percent(q) return q:fact().unit == "%" end

-- What a goal in the förbund's own money is about, when its words can only mean one figure.
local function of_accounts(ar, post)
  local text, utfall = post.text, post.utfall
  local equity = any(text, { "eget kapital", "egna kapital" })
  if equity and is_percent(utfall) and contains(text, "bidrag") then
    local ek, bidrag = ar.eget_kapital, ar.medlemsbidrag
    return ek and bidrag and not bidrag:is_zero() and ek / bidrag, "eget kapital är {tal:%1} av medlemsbidragen"
  end
  if equity and utfall:unit() == "amount" then return ar.eget_kapital, "eget kapital är {tal}" end
  if contains(text, "soliditet") and is_percent(utfall) then
    local ek, allt = ar.eget_kapital, ar.summa_tillgangar
    return ek and allt and not allt:is_zero() and ek / allt, "soliditeten är {tal:%1}"
  end
  if contains(text, "årets resultat") and utfall:unit() == "amount" then return ar.arets_resultat, "årets resultat är {tal}" end
end

-- What a goal that names an insats is probably about.
local function of_insats(insats, post)
  local text, utfall = post.text, post.utfall
  if is_percent(utfall) and any(text, { "steg framåt", "stegförflyttning", "steg mot", "steg närmare" }) then
    local antal, av = insats.stegforflyttning, insats.stegforflyttning_av
    local andel = insats.stegforflyttning_andel or antal and av and not av:is_zero() and antal / av
    return andel, "andelen med stegförflyttning i {namn} är {tal:%}"
  end
  if not is_percent(utfall) and utfall:unit() ~= "amount" and contains(text, "nöjd") then
    return insats.nojdhet, "nöjdheten i {namn} är {tal}"
  end
  if not is_percent(utfall) and utfall:unit() ~= "amount" and any(text, { "deltagare", "individer", "personer" })
    and not any(text, { "nya ", "avslut", "per månad", "per vecka", "samtidig" }) then
    return insats.deltagare, "antalet deltagare i {namn} är {tal}"
  end
end

local function agrees_with(utfall, tal)
  if utfall:unit() ~= tal:unit() then
    if tal:unit() ~= "count" then return nil end
    utfall = utfall * count(1)
  end
  return agrees(utfall, tal)
end

return rule {
  id     = "MAL-22",
  title  = "Målets utfall är det som redovisningen visar",
  ground = "LKBR 11 kap. 8 §; KL 12 kap. 2 §",
  level  = "deviation",
  needs  = { "mal" },
  recommendation = "Hämta målets utfall ur redovisningen, eller säg vad som skiljer dem.",
  limits = "Eget kapital, soliditet och årets resultat känns igen på målets ord. Vad ett mål om en insats avser är ett antagande, och blir en fråga.",
  check  = function(ar)
    local out, tried = {}, false
    local function test(post, tal, says, namn, level)
      if not tal then return end
      local same = agrees_with(post.utfall, tal)
      if same == nil then return end
      tried = true
      if same then return end
      out[#out + 1] = finding("Målets utfall är {utfall}, men " .. says .. (level == "note" and ". Är det samma uppgift: ”{text}”?" or ": ”{text}”."),
        { utfall = post.utfall, tal = tal, namn = namn, text = post.text }, { at = post.utfall, level = level })
    end
    for post in each(ar.mal) do
      local mine = post.utfall and not post.matt and (not post.ar or post.ar == ar.rakenskapsar)
      if mine then
        local tal, says = of_accounts(ar, post)
        test(post, tal, says)
        for insats in each(ar.insatser) do
          local named = not tal and contains(post.text, insats.namn)
          if named then
            local uppgift, about = of_insats(insats, post)
            test(post, uppgift, about, insats.namn, "note")
          end
        end
      end
    end
    if not tried then return not_applicable("inget mål har ett utfall som redovisas på annat ställe") end
    return out
  end,
}
