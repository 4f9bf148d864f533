local plain = { minst = "above", ["lägst"] = "above", ["högst"] = "below", max = "below", maximalt = "below" }
local than = { fler = "above", mer = "above", ["högre"] = "above", ["större"] = "above",
               ["färre"] = "below", mindre = "below", ["lägre"] = "below" }
local turned = { above = "below", below = "above" }
local no = { inte = true, ej = true, icke = true }
local unsaid = { "minska", "sänka", "sjunka", "undvika", "avbrott", "missnöj" }

-- The level that the words of a goal say: "inte överstiga" is below, "inte lägre än" above.
local function said_level(text)
  local list, found = words(text), nil
  for i, word in ipairs(list) do
    local way, turns = plain[word], false
    if word:sub(1, #"överstig") == "överstig" then way, turns = "above", true end
    if word:sub(1, 9) == "understig" then way, turns = "below", true end
    if than[word] and list[i + 1] == "än" then way, turns = than[word], true end
    if way then
      for k = math.max(1, i - 3), turns and i - 1 or 0 do
        if no[list[k]] then
          way = turned[way]
          break
        end
      end
      if found and found ~= way then return nil, true end
      found = way
    end
  end
  if not found and (contains(text, "ska nå") or contains(text, "ska uppnå")) then found = "above" end
  return found
end

local function any(text, list)
  for _, word in ipairs(list) do
    if contains(text, word) then return true end
  end
  return false
end

local qualifiers = { minst = "above", ["över"] = "above", ["högst"] = "below", under = "below" }

-- "above", "below" or nil, and whether the goal says so in words.
local function direction(post, typ)
  local way, both = said_level(post.text)
  way = way or not both and qualifiers[post.mal:fact().qualifier]
  if way or both then return way, true end
  if typ == "finansiellt" or post.mal:unit() == "amount" or any(post.text, unsaid) then return nil end
  return "above", false
end

local negative = { ej = true, inte = true, icke = true }
local partial = { delvis = true, delvist = true, ["nästan"] = true, ["nära"] = true }
-- with one of these the words weigh several things, and are no plain yes or no
local weighs = { del = true, delar = true, huvudsak = true, grad = true, flera = true, flesta = true, flertalet = true,
                 vissa = true, ["några"] = true, undantag = true, undantaget = true, utom = true, men = true, stort = true }

-- The statuses that the words of an assessment allow; nil when they say nothing of it.
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
  return minus and { ej = true } or { uppnatt = true }
end

local colours = { gron = "uppnatt", gul = "delvis", rod = "ej" }
local names = { uppnatt = "uppnått", delvis = "delvis uppnått", ej = "ej uppnått" }

-- What the report says of it: the typed status, else its words, else its colour.
local function said(post)
  if post.status then return names[post.status] and post.status end
  local can = allowed(post.maluppfyllelse)
  return can and (can.uppnatt and "uppnatt" or can.delvis and "delvis" or "ej") or colours[post.farg or ""]
end

local function outcomes(post, groups)
  local list = {}
  if post.utfall then list[1] = post.utfall end
  for del in each(groups) do list[#list + 1] = del.tal end
  return list
end

-- How many of the outcomes are surely reached, and how many surely missed.  A share or an amount that
-- is printed as the target may be rounded to it from either side.
local function count_of(post, list, way)
  local hit, miss = 0, 0
  for _, utfall in ipairs(list) do
    local low = way == "above" and utfall < post.mal or way == "below" and utfall > post.mal
    local high = way == "above" and utfall >= post.mal or way == "below" and utfall <= post.mal
    if utfall:unit() ~= "count" and agrees(utfall, post.mal) then low, high = false, false end
    if low then miss = miss + 1 elseif high then hit = hit + 1 end
  end
  return hit, miss
end

local function alike(a, b)
  return a:unit() == b:unit() and (a:fact().unit == "%") == (b:fact().unit == "%")
end

return rule {
  id     = "MAL-19",
  title  = "Bedömningen av målet följer av mål och utfall",
  ground = "KL 12 kap. 2 §; LKBR 11 kap. 8 §",
  level  = "deviation",
  recommendation = "Säg om målet är en lägsta eller en högsta nivå, och bedöm utfallet efter den.",
  limits = "Ett mål som inte säger minst eller högst läses som en lägsta nivå, och det som då inte stämmer blir en rekommendation. Belopp och finansiella mål prövas bara med ett sådant ord.",
  check  = function(ar)
    local out, tried = {}, false
    local function test(post, typ, groups)
      local status, list = said(post), outcomes(post, groups)
      if not status or not post.mal or #list == 0 then return end
      for _, utfall in ipairs(list) do
        if not alike(utfall, post.mal) then return end
      end
      local way, explicit = direction(post, typ)
      if not way then return end
      tried = true
      local hit, miss = count_of(post, list, way)
      local wrong = status == "uppnatt" and miss > 0 or status ~= "uppnatt" and hit == #list
      local tal = {}
      for i, utfall in ipairs(list) do tal[i] = utfall:text() end
      local values = { mal = post.mal, tal = table.concat(tal, " och "), utfall = list[1], status = names[status], text = post.text }
      if wrong then
        local level = explicit and #list < 2 and status ~= "delvis" and "deviation" or "recommendation"
        out[#out + 1] = finding("Utfallet är {tal} och målet {mal}, men målet bedöms som {status}: ”{text}”.", values,
          { at = list[1], level = level })
      elseif status == "uppnatt" and not explicit and post.mal:fact().unit == "%" and not post.mal:is_zero() and list[1]:point() >= 2 * post.mal:point() then
        out[#out + 1] = finding("Utfallet är {tal}, mer än dubbelt så mycket som målet {mal}, och målet bedöms som {status}. Säger målet minst eller högst: ”{text}”?",
          values, { at = list[1], level = "note" })
      end
    end
    for post in each(ar.mal) do test(post, post.typ, post.delutfall) end
    for insats in each(ar.insatser) do
      for post in each(insats.resultatmal) do test(post) end
    end
    if not tried then return not_applicable("inget mål har både mål i tal, utfall och bedömning") end
    return out
  end,
}
