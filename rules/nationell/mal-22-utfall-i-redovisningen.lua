local function nagot(text, lista)
  for _, ord in ipairs(lista) do
    if contains(text, ord) then return true end
  end
  return false
end

local function ar_procent(q) return q:fact().unit == "%" end

-- What a goal in the förbund's own money is about, when its words can only mean one figure.
local function i_rakenskaperna(ar, post)
  local text, utfall = post.text, post.utfall
  local eget_kapital = nagot(text, { "eget kapital", "egna kapital" })
  if eget_kapital and ar_procent(utfall) and contains(text, "bidrag") then
    local ek, bidrag = ar.eget_kapital, ar.medlemsbidrag
    return ek and bidrag and not bidrag:is_zero() and ek / bidrag, "eget kapital är {tal:%1} av medlemsbidragen"
  end
  if eget_kapital and utfall:unit() == "amount" then return ar.eget_kapital, "eget kapital är {tal}" end
  if contains(text, "soliditet") and ar_procent(utfall) then
    local ek, allt = ar.eget_kapital, ar.summa_tillgangar
    return ek and allt and not allt:is_zero() and ek / allt, "soliditeten är {tal:%1}"
  end
  if contains(text, "årets resultat") and utfall:unit() == "amount" then return ar.arets_resultat, "årets resultat är {tal}" end
end

-- What a goal that names an insats is probably about.
local function i_insatsen(insats, post)
  local text, utfall = post.text, post.utfall
  if ar_procent(utfall) and nagot(text, { "steg framåt", "stegförflyttning", "steg mot", "steg närmare" }) then
    local antal, av = insats.stegforflyttning, insats.stegforflyttning_av
    local andel = insats.stegforflyttning_andel or antal and av and not av:is_zero() and antal / av
    return andel, "andelen med stegförflyttning i {namn} är {tal:%}"
  end
  if not ar_procent(utfall) and utfall:unit() ~= "amount" and contains(text, "nöjd") then
    return insats.nojdhet, "nöjdheten i {namn} är {tal}"
  end
  if not ar_procent(utfall) and utfall:unit() ~= "amount" and nagot(text, { "deltagare", "individer", "personer" })
    and not nagot(text, { "nya ", "avslut", "per månad", "per vecka", "samtidig" }) then
    return insats.deltagare, "antalet deltagare i {namn} är {tal}"
  end
end

local function stammer_med(utfall, tal)
  if utfall:unit() ~= tal:unit() then
    if tal:unit() ~= "count" then return nil end
    utfall = utfall * count(1)
  end
  return agreement(utfall, tal) ~= "differ" -- en avkortad andel är ingen annan
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
    local ut, provat = {}, false
    local function prova(post, tal, sager, namn, niva)
      if not tal then return end
      local samma = stammer_med(post.utfall, tal)
      if samma == nil then return end
      provat = true
      if samma then return end
      ut[#ut + 1] = finding("Målets utfall är {utfall}, men " .. sager .. (niva == "note" and ". Är det samma uppgift: ”{text}”?" or ": ”{text}”."),
        { utfall = post.utfall, tal = tal, namn = namn, text = post.text }, { at = post.utfall, level = niva })
    end
    for post in each(ar.mal) do
      local egen = post.utfall and not post.matt and (not post.ar or post.ar == ar.rakenskapsar)
      if egen then
        local tal, sager = i_rakenskaperna(ar, post)
        prova(post, tal, sager)
        for insats in each(ar.insatser) do
          local namnda = not tal and contains(post.text, insats.namn)
          if namnda then
            local uppgift, om_vad = i_insatsen(insats, post)
            prova(post, uppgift, om_vad, insats.namn, "note")
          end
        end
      end
    end
    if not provat then return not_applicable("inget mål har ett utfall som redovisas på annat ställe") end
    return ut
  end,
}
