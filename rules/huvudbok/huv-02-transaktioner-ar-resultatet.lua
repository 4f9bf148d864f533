local function name_of(bok, konto)
  local name = bok:account_name(konto)
  return name and " " .. name or ""
end

return rule {
  id     = "HUV-02",
  title  = "Årets transaktioner på ett resultatkonto är kontots resultat",
  ground = "BFL 4 kap. 1 §, 5 kap.; SIE-formatet (#RES)",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Ta ut en ny SIE-fil och stäm av kontona mot huvudboken.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    local antal, stated, out = 0, false, {}
    for konto, ib, summa, ub, res in bok:balances() do
      stated = stated or res ~= nil
      if (res or not (ib or ub) and konto >= "3") and not bok:lacks(konto) then
        antal = antal + 1
        if summa ~= (res or 0) then out[#out + 1] = konto end
      end
    end
    if not stated then return not_applicable("filen har inga resultat per konto") end
    local unread = bok.fel > 0 and " {olasta} fält i filen kunde inte läsas." or ""
    for i, konto in ipairs(out) do
      local res, summa = or_zero(bok:res("=" .. konto)), bok:sum { account = "=" .. konto }
      out[i] = finding("Konto {konto}{namn}: årets transaktioner är {summa} men resultatet {res}; skillnaden är {skillnad}. {n} av {antal} resultatkonton stämmer inte." .. unread,
        { konto = konto, namn = name_of(bok, konto), summa = summa, res = res, skillnad = res - summa,
          n = #out, antal = antal, olasta = bok.fel }, { at = res })
    end
    return out
  end,
}
