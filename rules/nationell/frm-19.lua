-- Orden i en text, tecken för tecken så att å, ä och ö räknas som ett.
local function ord_i(text)
  local lista, tecken = {}, {}
  local function klart()
    if #tecken > 0 then lista[#lista + 1] = tecken end
    tecken = {}
  end
  local i = 1
  while i <= #text do
    local t, byte, nasta = text:sub(i, i):lower(), text:byte(i, i + 1)
    if byte >= 0xC3 and byte < 0xC4 then  -- å, ä, ö, é: två byte, versalerna 32 steg före
      t = string.char(byte, nasta <= 0x9E and nasta + 32 or nasta)
    end
    if #t > 1 or t >= "a" and t <= "z" then tecken[#tecken + 1] = t else klart() end
    i = i + #t
  end
  klart()
  return lista
end

-- Antal ändringar mellan två ord (Levenshtein).
local function avstand(a, b)
  local rad = {}
  for k = 0, #b do rad[k] = k end
  for i = 1, #a do
    local vanster, snett = i, rad[0]
    rad[0] = i
    for k = 1, #b do
      local byte = snett + (a[i] == b[k] and 0 or 1)
      snett = rad[k]
      vanster = math.min(byte, snett + 1, vanster + 1)
      rad[k] = vanster
    end
  end
  return rad[#b]
end

-- Samma början och slut: böjningar som intäkt och intäkter är inga felstavningar.
local function felstavat(a, b)
  if #a < 7 or #b < 7 or math.abs(#a - #b) > 2 or a[1] ~= b[1] or a[2] ~= b[2] then return false end
  for k = 0, 2 do
    if a[#a - k] ~= b[#b - k] then return false end
  end
  return avstand(a, b) <= 2
end

-- Orden i taxonomins och förbundets egna beteckningar: som mängd och som lista.
local function kanda_ord(ar)
  local mangd, lista = {}, {}
  local function lar(text)
    for ord in each(ord_i(text)) do
      local skrivet = table.concat(ord)
      if not mangd[skrivet] then lista[#lista + 1] = ord end
      mangd[skrivet] = true
    end
  end
  for tabell in each(ar:tables()) do
    for rad in tabell:usual_rows() do
      lar(rad.usual_label)
      for namn in each(rad.synonyms) do lar(namn) end
    end
    for rad in tabell:rows() do
      if rad.own and rad.usual_label ~= rad.label then lar(rad.usual_label) end
    end
  end
  return mangd, lista
end

local function rattat(ord, mangd, lista)
  for kant in each(mangd[table.concat(ord)] and {} or lista) do
    if felstavat(ord, kant) then return table.concat(kant) end
  end
end

return rule {
  id     = "FRM-19",
  title  = "Radernas beteckningar är rättstavade",
  ground = "LKBR 4 kap. 2 §",
  level  = "note",
  limits = "Bara ord som nästan är lika ett känt ord i taxonomin eller i förbundets egna rader känns igen.",
  check  = function(ar)
    local mangd, lista = kanda_ord(ar)
    local fel = {}
    for tabell in each(ar:tables()) do
      for rad in tabell:rows() do
        for ord in each(ord_i(rad.label)) do
          local ratt = rattat(ord, mangd, lista)
          if ratt then
            fel[#fel + 1] = finding("”{rad}” i {tabell} är troligen felstavat: {ord} borde vara {ratt}.",
              { rad = rad.label, tabell = tabell.place_, ord = table.concat(ord), ratt = ratt },
              { at = rad })
          end
        end
      end
    end
    return #fel > 0 and fel or nil
  end,
}
