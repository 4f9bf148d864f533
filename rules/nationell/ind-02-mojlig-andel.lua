-- Is there a whole number of n answers that has the share as printed?
local function mojlig(andel, n)
  local taljare, namnare = andel:parts()
  local k = taljare * n // namnare
  for i = k, k + 1 do
    if i >= 0 and i <= n and agrees(andel, count(i) / count(n)) then return true end
  end
  return false
end

-- The largest smaller number of answers that gives the share; nil if none does.  More than
-- a thousand unanswered is not what anyone means.
local function farre(andel, n)
  for m = n - 1, math.max(1, n - 1000), -1 do
    if mojlig(andel, m) then return m end
  end
end

-- The fewest and the most of n answers that print the share; nil if none does.
local function granser(andel, n)
  local taljare, namnare = andel:parts()
  local lagst, hogst = taljare * n // namnare, taljare * n // namnare + 1
  if lagst < 0 or not agrees(andel, count(lagst) / count(n)) then lagst = hogst end
  if hogst > n or not agrees(andel, count(hogst) / count(n)) then hogst = lagst end
  if lagst < 0 or hogst > n or not agrees(andel, count(lagst) / count(n)) then return nil end
  while lagst > 0 and agrees(andel, count(lagst - 1) / count(n)) do lagst = lagst - 1 end
  while hogst < n and agrees(andel, count(hogst + 1) / count(n)) do hogst = hogst + 1 end
  return lagst, hogst
end

-- Can n answers be parted so that all three shares are as printed?  Of many they always can.
local function delad(ind, n)
  local minst, mest = 0, 0
  for _, namn in ipairs { "negativt", "varken", "positivt" } do
    local lagst, hogst = granser(ind[namn], n)
    if not lagst then return true end -- said of that share by itself
    minst, mest = minst + lagst, mest + hogst
  end
  return minst <= n and n <= mest
end

return rule {
  id     = "IND-02",
  title  = "Andelen är möjlig med det antal som svarat",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "indikatorer" },
  recommendation = "Kontrollera andelen mot enkätens svar, och ange hur många som svarat på frågan.",
  check  = function(ar)
    local ut, provat = {}, false
    for ind in each(ar.indikatorer) do
      local svar = ind.svar
      local n = svar and svar:parts() or 0
      for _, namn in ipairs { "negativt", "varken", "positivt" } do
        local andel = n > 0 and ind[namn]
        provat = provat or andel
        if andel and not mojlig(andel, n) then
          local m = farre(andel, n)
          ut[#ut + 1] = finding("Fråga {nr}: {andel} är ingen möjlig andel av {svar} svar"
            .. (m and "; andelen är möjlig om bara {m} svarat på frågan." or ", inte heller om färre svarat på frågan."),
            { nr = ind.nr or ind.id, andel = andel, svar = svar, m = m },
            { at = andel, level = m and "note" or "deviation" })
        end
      end
    end
    for ind in each(ar.indikatorer) do
      local n = ind.svar and ind.svar:parts() or 0
      local alla = ind.negativt and ind.varken and ind.positivt
      if alla and n > 0 and n <= 1000 and agrees(ind.negativt + ind.varken + ind.positivt, percent(100)) and not delad(ind, n) then
        ut[#ut + 1] = finding("Fråga {nr}: {svar} svar kan inte delas så att {negativt}, {varken} och {positivt} alla stämmer.",
          { nr = ind.nr or ind.id, svar = ind.svar, negativt = ind.negativt, varken = ind.varken, positivt = ind.positivt },
          { at = ind.svar, level = "note" })
      end
    end
    if not provat then return not_applicable("antalet svar är inte tryckt") end
    return ut
  end,
}
