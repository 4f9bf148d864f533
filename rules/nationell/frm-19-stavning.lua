-- What inflections such as intäkt and intäkter do not share, and most misspellings do.
local function slut(ord)
  return ord:sub(1, 2) .. ord:sub(-3)
end

-- The words of the taxonomy's labels and of the förbund's own: a list of them, and a set.
local function kanda_ord(ar)
  local lista, mangd = {}, {}
  local function lar(mer)
    for i = 1, #mer do
      local ord = mer[i]
      if not mangd[ord] then lista[#lista + 1] = ord end
      mangd[ord] = true
    end
  end
  for t in each(ar:tables()) do
    lar(t:usual_words())
    for rad in t:rows() do
      if rad.own and rad.usual_label ~= rad.label then lar(words(rad.usual_label)) end
    end
  end
  return lista, mangd
end

-- The rows whose beteckning may have a word that is not known: those of the taxonomy that are printed
-- as it calls them have none.
local function andra_beteckningar(ar)
  local rader = {}
  for t in each(ar:tables()) do
    for rad in t:rows() do
      if rad.own or rad.label ~= rad.usual_label then rader[#rader + 1] = { rad, t.place_ } end
    end
  end
  return rader
end

-- The long ones that begin as some of those that are not known, by how they begin and end.
local function efter_slut(lista, okanda)
  local lika, borjan = {}, {}
  for _, okant in ipairs(okanda) do borjan[okant.ord:sub(1, 2)] = true end
  for _, ord in ipairs(lista) do
    if #ord >= 7 and borjan[ord:sub(1, 2)] then
      local samma = lika[slut(ord)] or {}
      lika[slut(ord)] = samma
      samma[#samma + 1] = ord
    end
  end
  return lika
end

return rule {
  id     = "FRM-19",
  title  = "Radernas beteckningar är rättstavade",
  ground = "LKBR 4 kap. 2 §",
  level  = "note",
  document = "alla",
  limits = "Bara ord som nästan är lika ett känt ord i taxonomin eller i förbundets egna rader känns igen.",
  check  = function(ar)
    if #ar:tables() == 0 then return not_applicable("ingen tabell är tryckt") end
    local rader = andra_beteckningar(ar)
    if #rader == 0 then return nil end
    local lista, kanda = kanda_ord(ar)
    local okanda, funna = {}, {}
    for _, par in ipairs(rader) do
      for _, ord in ipairs(words(par[1].label)) do
        if not kanda[ord] and #ord >= 7 then okanda[#okanda + 1] = { ord = ord, rad = par[1], tabell = par[2] } end
      end
    end
    local lika = efter_slut(lista, okanda)
    for _, okant in ipairs(okanda) do
      for ratt in each(lika[slut(okant.ord)]) do
        if distance(okant.ord, ratt, 2) <= 2 then
          funna[#funna + 1] = finding("”{rad}” i {tabell} är troligen felstavat; rätt är ”{ratt}”.",
            { rad = okant.rad.label, tabell = okant.tabell, ratt = ratt }, { at = okant.rad })
          break
        end
      end
    end
    return #funna > 0 and funna or nil
  end,
}
