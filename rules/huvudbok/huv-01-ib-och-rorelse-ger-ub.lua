local function namn_pa(bok, konto)
  local namn = bok:account_name(konto)
  return namn and " " .. namn or ""
end

return rule {
  id     = "HUV-01",
  title  = "Ingående balans och årets transaktioner ger utgående balans",
  ground = "BFL 4 kap. 1 §, 5 kap.; SIE-formatet (#UB)",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Ta ut en ny SIE-fil och stäm av kontona mot huvudboken.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    local dubbelt = bok:opening_voucher()
    local antal, angivet, ut, bokfort, fore = 0, false, {}, {}, {}
    if bok.ingaende == "IB" then -- an opening balance that is not last year's closing one is HUV-04's
      for konto, _, _, ub in bok:balances(-1) do fore[konto] = ub end
    end
    if dubbelt then
      for _, konto, belopp in bok:voucher(dubbelt):rows() do bokfort[konto] = (bokfort[konto] or 0) + belopp end
    end
    for konto, ib, summa, ub, res in bok:balances() do
      angivet = angivet or ub ~= nil
      local balans = ib or ub or (not res and konto < "3")
      if balans and not bok:lacks(konto) then -- what HUV-25 says is not said again
        antal = antal + 1
        local blir, forra = (ib or 0) + summa - (bokfort[konto] or 0), fore[konto]
        local foljer = forra and blir - (ib or 0) + forra == (ub or 0)
        if blir ~= (ub or 0) and not foljer then ut[#ut + 1] = konto end
      end
    end
    if not angivet and not dubbelt then return not_applicable("filen har inga utgående balanser") end
    local funna = {}
    if dubbelt then
      local v, konton = bok:voucher(dubbelt), 0
      for _ in pairs(bokfort) do konton = konton + 1 end
      funna[1] = finding("Verifikation {ver} bokför de ingående balanserna på {konton} konton, och filen anger dem också som ingående balans: de räknas två gånger.",
        { ver = v, konton = konton }, { at = v, recommendation = "Ta bort verifikationen, eller ta ut filen utan ingående balanser." })
      if not angivet then return funna end
    end
    local olasta = bok.fel > 0 and " {olasta} fält i filen kunde inte läsas." or ""
    for _, konto in ipairs(ut) do
      local endast = "=" .. konto
      local ib, ub, summa = or_zero(bok:ib(endast)), or_zero(bok:ub(endast)), bok:sum { account = endast }
      funna[#funna + 1] = finding("Konto {konto}{namn}: utgående balans är {ub} men ingående balans och årets transaktioner ger {blir}; skillnaden är {skillnad}. {n} av {antal} balanskonton stämmer inte." .. olasta,
        { konto = konto, namn = namn_pa(bok, konto), blir = ib + summa, ub = ub,
          skillnad = ub - (ib + summa), n = #ut, antal = antal, olasta = bok.fel }, { at = ub })
    end
    return funna
  end,
}
