return rule {
  id     = "HUV-01",
  title  = "Ingående balans och årets transaktioner ger utgående balans",
  ground = "LKBR 3 kap.; SIE-formatet (#UB)",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Ta ut en ny SIE-fil och stäm av kontona mot huvudboken.",
  check  = function(ar, p, bok)
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    local antal, stated, out = 0, false, {}
    for konto, ib, summa, ub, res in bok:balances() do
      stated = stated or ub ~= nil
      local balans = ib or ub or (not res and konto < "3")
      if balans then
        antal = antal + 1
        if (ib or 0) + summa ~= (ub or 0) then out[#out + 1] = konto end
      end
    end
    if not stated then return not_applicable("filen har inga utgående balanser") end
    for i, konto in ipairs(out) do
      local ib, ub, summa = or_zero(bok:ib(konto)), or_zero(bok:ub(konto)), bok:sum { account = "=" .. konto }
      out[i] = finding("Konto {konto} {namn}: ingående balans {ib} och årets transaktioner {summa} ger {blir}, men utgående balans är {ub}; skillnaden är {skillnad}. {n} av {antal} balanskonton stämmer inte.",
        { konto = konto, namn = bok:account_name(konto) or "", ib = ib, summa = summa, blir = ib + summa, ub = ub,
          skillnad = ub - (ib + summa), n = #out, antal = antal }, { at = ub })
    end
    return out
  end,
}
