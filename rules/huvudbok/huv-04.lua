return rule {
  id     = "HUV-04",
  title  = "Årets ingående balans är föregående års utgående",
  ground = "LKBR 4 kap. 4 § 7",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Utred varför den ingående balansen avviker och rätta den.",
  check  = function(ar, p, bok)
    local antal, given, out, moved = 0, false, {}, 0
    local before = {}
    for konto, _, _, ub in bok:balances(-1) do before[konto] = ub end
    for konto, ib in bok:balances() do
      local ub = before[konto]
      given = given or ub ~= nil
      if ib or ub then
        antal = antal + 1
        if (ib or 0) ~= (ub or 0) then
          out[#out + 1], moved = konto, moved + (ib or 0) - (ub or 0)
        end
      end
    end
    if not given then return not_applicable("filen har ingen utgående balans för föregående år") end
    -- Last year's result moved to eget kapital at the opening is as it should be.
    local only_equity = moved == 0
    for _, konto in ipairs(out) do only_equity = only_equity and konto:sub(1, 2) == "20" end
    if only_equity then return end
    for i, konto in ipairs(out) do
      local ib, ub = or_zero(bok:ib(konto)), or_zero(bok:ub(konto, -1))
      out[i] = finding("Konto {konto} {namn}: ingående balans är {ib} men föregående års utgående var {ub}; skillnaden är {skillnad}. {n} av {antal} balanskonton avviker.",
        { konto = konto, namn = bok:account_name(konto) or "", ib = ib, ub = ub, skillnad = ib - ub, n = #out, antal = antal },
        { at = ib })
    end
    return out
  end,
}
