local rakt = { minst = "over", ["lägst"] = "over", ["högst"] = "under", max = "under", maximalt = "under" }
local jamforelser = { fler = "over", mer = "over", ["högre"] = "over", ["större"] = "over",
               ["färre"] = "under", mindre = "under", ["lägre"] = "under" }
local omvant = { over = "under", under = "over" }
local nekande = { inte = true, ej = true, icke = true }
local outsagt = { "minska", "sänka", "sjunka", "undvika", "avbrott", "missnöj" }

-- The level that the words of a goal say: "inte överstiga" is below, "inte lägre än" above.
local function sagd_niva(text)
  local lista, funna = words(text), nil
  for i, ord in ipairs(lista) do
    local riktning, vander = rakt[ord], false
    if ord:sub(1, #"överstig") == "överstig" then riktning, vander = "over", true end
    if ord:sub(1, 9) == "understig" then riktning, vander = "under", true end
    if jamforelser[ord] and lista[i + 1] == "än" then riktning, vander = jamforelser[ord], true end
    if riktning then
      for k = math.max(1, i - 3), vander and i - 1 or 0 do
        if nekande[lista[k]] then
          riktning = omvant[riktning]
          break
        end
      end
      if funna and funna ~= riktning then return nil, true end
      funna = riktning
    end
  end
  if not funna and (contains(text, "ska nå") or contains(text, "ska uppnå")) then funna = "over" end
  return funna
end

local function nagot(text, lista)
  for _, ord in ipairs(lista) do
    if contains(text, ord) then return true end
  end
  return false
end

local bestamningar = { minst = "over", ["över"] = "over", ["högst"] = "under", under = "under" }

-- "over", "under" or nil, and whether the goal says so in words.
local function malets_riktning(post, typ)
  local riktning, bada = sagd_niva(post.text)
  riktning = riktning or not bada and bestamningar[post.mal:fact().qualifier]
  if riktning or bada then return riktning, true end
  if typ == "finansiellt" or post.mal:unit() == "amount" or nagot(post.text, outsagt) then return nil end
  return "over", false
end

local ord_om_mal = require "ord_om_mal"
-- The statuses that what is said of a goal allows.
local tillatna = { natt = { uppnatt = true }, delvis = { delvis = true, ej = true }, ej = { ej = true } }

local farger = { gron = "uppnatt", gul = "delvis", rod = "ej" }
local namnen = { uppnatt = "uppnått", delvis = "delvis uppnått", ej = "ej uppnått" }

-- What the report says of it: the typed status, else its words, else its colour.
local function sagt(post)
  if post.status then return namnen[post.status] and post.status end
  local kan = tillatna[ord_om_mal(post.maluppfyllelse)]
  return kan and (kan.uppnatt and "uppnatt" or kan.delvis and "delvis" or "ej") or farger[post.farg or ""]
end

local function utfallen(post, grupper)
  local lista = {}
  if post.utfall then lista[1] = post.utfall end
  for del in each(grupper) do lista[#lista + 1] = del.tal end
  return lista
end

-- How many of the outcomes are surely reached, and how many surely missed.  A share or an amount that
-- is printed as the target may be rounded to it from either side.
local function antal_av(post, lista, riktning)
  local traff, miss = 0, 0
  for _, utfall in ipairs(lista) do
    local lagst = riktning == "over" and utfall < post.mal or riktning == "under" and utfall > post.mal
    local hogst = riktning == "over" and utfall >= post.mal or riktning == "under" and utfall <= post.mal
    if utfall:unit() ~= "count" and agrees(utfall, post.mal) then lagst, hogst = false, false end
    if lagst then miss = miss + 1 elseif hogst then traff = traff + 1 end
  end
  return traff, miss
end

local function lika(a, b)
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
    local ut, provat = {}, false
    local function prova(post, typ, grupper)
      local status, lista = sagt(post), utfallen(post, grupper)
      if not status or not post.mal or #lista == 0 then return end
      for _, utfall in ipairs(lista) do
        if not lika(utfall, post.mal) then return end
      end
      local riktning, uttrycklig = malets_riktning(post, typ)
      if not riktning then return end
      provat = true
      local traff, miss = antal_av(post, lista, riktning)
      local fel = status == "uppnatt" and miss > 0 or status ~= "uppnatt" and traff == #lista
      local tal = {}
      for i, utfall in ipairs(lista) do tal[i] = utfall:text() end
      local varden = { mal = post.mal, tal = table.concat(tal, " och "), utfall = lista[1], status = namnen[status], text = post.text }
      if fel then
        local niva = uttrycklig and #lista < 2 and status ~= "delvis" and "deviation" or "recommendation"
        ut[#ut + 1] = finding("Utfallet är {tal} och målet {mal}, men målet bedöms som {status}: ”{text}”.", varden,
          { at = lista[1], level = niva })
      elseif status == "uppnatt" and not uttrycklig and post.mal:fact().unit == "%" and not post.mal:is_zero() and lista[1]:point() >= 2 * post.mal:point() then
        ut[#ut + 1] = finding("Utfallet är {tal}, mer än dubbelt så mycket som målet {mal}, och målet bedöms som {status}. Säger målet minst eller högst: ”{text}”?",
          varden, { at = lista[1], level = "note" })
      end
    end
    for post in each(ar.mal) do prova(post, post.typ, post.delutfall) end
    for insats in each(ar.insatser) do
      for post in each(insats.resultatmal) do prova(post) end
    end
    if not provat then return not_applicable("inget mål har både mål i tal, utfall och bedömning") end
    return ut
  end,
}
