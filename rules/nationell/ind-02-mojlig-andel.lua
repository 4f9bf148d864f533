-- Is there a whole number of n answers that has the share as printed?
local function attainable(andel, n)
  local num, den = andel:parts()
  local k = num * n // den
  for i = k, k + 1 do
    if i >= 0 and i <= n and agrees(andel, count(i) / count(n)) then return true end
  end
  return false
end

-- The largest smaller number of answers that gives the share; nil if none does.  More than
-- a thousand unanswered is not what anyone means.
local function fewer(andel, n)
  for m = n - 1, math.max(1, n - 1000), -1 do
    if attainable(andel, m) then return m end
  end
end

-- The fewest and the most of n answers that print the share; nil if none does.
local function bounds(andel, n)
  local num, den = andel:parts()
  local low, high = num * n // den, num * n // den + 1
  if low < 0 or not agrees(andel, count(low) / count(n)) then low = high end
  if high > n or not agrees(andel, count(high) / count(n)) then high = low end
  if low < 0 or high > n or not agrees(andel, count(low) / count(n)) then return nil end
  while low > 0 and agrees(andel, count(low - 1) / count(n)) do low = low - 1 end
  while high < n and agrees(andel, count(high + 1) / count(n)) do high = high + 1 end
  return low, high
end

-- Can n answers be parted so that all three shares are as printed?  Of many they always can.
local function parted(ind, n)
  local least, most = 0, 0
  for _, name in ipairs { "negativt", "varken", "positivt" } do
    local low, high = bounds(ind[name], n)
    if not low then return true end -- said of that share by itself
    least, most = least + low, most + high
  end
  return least <= n and n <= most
end

return rule {
  id     = "IND-02",
  title  = "Andelen är möjlig med det antal som svarat",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "indikatorer" },
  recommendation = "Kontrollera andelen mot enkätens svar, och ange hur många som svarat på frågan.",
  check  = function(ar)
    local out, tried = {}, false
    for ind in each(ar.indikatorer) do
      local svar = ind.svar
      local n = svar and svar:parts() or 0
      for _, name in ipairs { "negativt", "varken", "positivt" } do
        local andel = n > 0 and ind[name]
        tried = tried or andel
        if andel and not attainable(andel, n) then
          local m = fewer(andel, n)
          out[#out + 1] = finding("Fråga {nr}: {andel} är ingen möjlig andel av {svar} svar"
            .. (m and "; andelen är möjlig om bara {m} svarat på frågan." or ", inte heller om färre svarat på frågan."),
            { nr = ind.nr or ind.id, andel = andel, svar = svar, m = m },
            { at = andel, level = m and "note" or "deviation" })
        end
      end
    end
    for ind in each(ar.indikatorer) do
      local n = ind.svar and ind.svar:parts() or 0
      local all = ind.negativt and ind.varken and ind.positivt
      if all and n > 0 and n <= 1000 and agrees(ind.negativt + ind.varken + ind.positivt, percent(100)) and not parted(ind, n) then
        out[#out + 1] = finding("Fråga {nr}: {svar} svar kan inte delas så att {negativt}, {varken} och {positivt} alla stämmer.",
          { nr = ind.nr or ind.id, svar = ind.svar, negativt = ind.negativt, varken = ind.varken, positivt = ind.positivt },
          { at = ind.svar, level = "note" })
      end
    end
    if not tried then return not_applicable("antalet svar är inte tryckt") end
    return out
  end,
}
