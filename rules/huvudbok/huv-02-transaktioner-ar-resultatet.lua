local function namn_pa(bok, konto)
  local namn = bok:account_name(konto)
  return namn and " " .. namn or ""
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
    local antal, angivet, ut = 0, false, {}
    for konto, ib, summa, ub, res in bok:balances() do
      angivet = angivet or res ~= nil
      if (res or not (ib or ub) and konto >= "3") and not bok:lacks(konto) then
        antal = antal + 1
        if summa ~= (res or 0) then ut[#ut + 1] = konto end
      end
    end
    if not angivet then return not_applicable("filen har inga resultat per konto") end
    local olasta = bok.fel > 0 and " {olasta} fält i filen kunde inte läsas." or ""
    for i, konto in ipairs(ut) do
      local res, summa = or_zero(bok:res("=" .. konto)), bok:sum { account = "=" .. konto }
      ut[i] = finding("Konto {konto}{namn}: årets transaktioner är {summa} men resultatet {res}; skillnaden är {skillnad}. {n} av {antal} resultatkonton stämmer inte." .. olasta,
        { konto = konto, namn = namn_pa(bok, konto), summa = summa, res = res, skillnad = res - summa,
          n = #ut, antal = antal, olasta = bok.fel }, { at = res })
    end
    return ut
  end,
}
