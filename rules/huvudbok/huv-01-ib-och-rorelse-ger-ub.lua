local function name_of(bok, konto)
  local name = bok:account_name(konto)
  return name and " " .. name or ""
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
    local twice = bok:opening_voucher()
    local antal, stated, out, booked, before = 0, false, {}, {}, {}
    if bok.ingaende == "IB" then -- an opening balance that is not last year's closing one is HUV-04's
      for konto, _, _, ub in bok:balances(-1) do before[konto] = ub end
    end
    if twice then
      for _, konto, belopp in bok:voucher(twice):rows() do booked[konto] = (booked[konto] or 0) + belopp end
    end
    for konto, ib, summa, ub, res in bok:balances() do
      stated = stated or ub ~= nil
      local balans = ib or ub or (not res and konto < "3")
      if balans and not bok:lacks(konto) then -- what HUV-25 says is not said again
        antal = antal + 1
        local blir, forra = (ib or 0) + summa - (booked[konto] or 0), before[konto]
        local foljer = forra and blir - (ib or 0) + forra == (ub or 0)
        if blir ~= (ub or 0) and not foljer then out[#out + 1] = konto end
      end
    end
    if not stated and not twice then return not_applicable("filen har inga utgående balanser") end
    local found = {}
    if twice then
      local v, konton = bok:voucher(twice), 0
      for _ in pairs(booked) do konton = konton + 1 end
      found[1] = finding("Verifikation {ver} bokför de ingående balanserna på {konton} konton, och filen anger dem också som ingående balans: de räknas två gånger.",
        { ver = v, konton = konton }, { at = v, recommendation = "Ta bort verifikationen, eller ta ut filen utan ingående balanser." })
      if not stated then return found end
    end
    local unread = bok.fel > 0 and " {olasta} fält i filen kunde inte läsas." or ""
    for _, konto in ipairs(out) do
      local only = "=" .. konto
      local ib, ub, summa = or_zero(bok:ib(only)), or_zero(bok:ub(only)), bok:sum { account = only }
      found[#found + 1] = finding("Konto {konto}{namn}: ingående balans {ib} och årets transaktioner {summa} ger {blir}, men utgående balans är {ub}; skillnaden är {skillnad}. {n} av {antal} balanskonton stämmer inte." .. unread,
        { konto = konto, namn = name_of(bok, konto), ib = ib, summa = summa, blir = ib + summa, ub = ub,
          skillnad = ub - (ib + summa), n = #out, antal = antal, olasta = bok.fel }, { at = ub })
    end
    return found
  end,
}
