-- What would make the opening balances sum to zero, as a sentence.
local function orsak(bok, summa)
  local resultat = 0
  for _, _, _, _, res in bok:balances(-1) do resultat = resultat + (res or 0) end
  if resultat ~= 0 and summa == -resultat then
    return " Skillnaden är föregående års resultat, som inte är omfört till eget kapital."
  end
  -- Where last year's closing balances are in balance, all of it is what was changed at the opening.
  local fore, finns, rest, andrade, saknad = {}, false, 0, {}, nil
  for konto, _, _, ub in bok:balances(-1) do fore[konto], finns, rest = ub, finns or ub ~= nil, rest + (ub or 0) end
  for konto, ib in bok:balances() do
    local ub = fore[konto] or 0
    if (ib or 0) ~= ub then andrade[#andrade + 1] = "ib:" .. konto end
    if not (ib and ib ~= 0) and ub ~= 0 and summa == -ub then saknad = konto end
    fore[konto] = nil
  end
  for konto, ub in pairs(fore) do -- what this year's accounts have not
    if ub ~= 0 then andrade[#andrade + 1] = "ib:" .. konto end
    if ub ~= 0 and summa == -ub then saknad = konto end
  end
  if saknad then return " Skillnaden är konto " .. saknad .. ", som har en utgående balans men ingen ingående.", { "ib:" .. saknad } end
  if finns and rest == 0 and #andrade > 0 then
    return " Föregående års utgående balanser summerar till noll, så skillnaden är vad som är ändrat vid årets början.", andrade
  end
  for konto, ib in bok:balances() do
    if ib and ib ~= 0 and 2 * ib == summa then
      return " Skillnaden är dubbla beloppet på konto " .. konto .. ", som kan ha fel tecken.", { "ib:" .. konto }
    end
  end
  return ""
end

return rule {
  id     = "HUV-23",
  title  = "De ingående balanserna summerar till noll",
  ground = "BFL 4 kap. 1 §, 5 kap.; LKBR 4 kap. 4 § 7",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "För om föregående års resultat och rätta de ingående balanserna.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local summa, antal, olasta = 0, 0, false
    for konto, ib in bok:balances() do
      if ib then summa, antal = summa + ib, antal + 1 else olasta = olasta or bok:lacks(konto) end
    end
    if antal == 0 then return not_applicable("filen har inga ingående balanser") end
    if summa == 0 then return end
    if olasta then return not_applicable("en ingående balans kan vara oläst (HUV-25)") end
    local ib, varfor, orsaker = bok:ib(""), orsak(bok, summa)
    return finding("De ingående balanserna på {antal} konton summerar till {summa}." .. varfor,
      { antal = antal, summa = ib }, { at = ib, causes = orsaker })
  end,
}
