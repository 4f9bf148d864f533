return rule {
  id     = "HUV-03",
  title  = "Periodsaldona är månadernas transaktioner",
  ground = "SIE-formatet (#PSALDO)",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Ta ut en ny SIE-fil; periodsaldon och verifikationer kommer från olika tidpunkter.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    local stated, list = {}, {}
    for ar_, period, konto, objekt, belopp in bok:period_balances() do
      if ar_ == 0 and not objekt then
        local of = stated[konto] or {}
        stated[konto] = of
        if not of[period] then list[#list + 1] = { konto, period } end
        of[period] = (of[period] or 0) + belopp
      end
    end
    if #list == 0 then return not_applicable("filen har inga periodsaldon") end
    local booked = {}
    for _, g in ipairs(bok:sums { "account", "month" }) do
      booked[g.key] = booked[g.key] or {}
      booked[g.key][g.key2] = g.debet + g.kredit
    end
    local out, n = {}, 0
    for _, item in ipairs(list) do
      local konto, period = item[1], item[2]
      if stated[konto][period] ~= (booked[konto] and booked[konto][period] or 0) then
        n = n + 1
        if n <= 50 then out[n] = item end
      end
    end
    for i, item in ipairs(out) do
      local summa, saldo = bok:sum { account = "=" .. item[1], period = item[2] }, ore(stated[item[1]][item[2]])
      out[i] = finding("Konto {konto}, {period}: periodsaldot är {saldo} men transaktionerna summerar till {summa}; skillnaden är {skillnad}. Det gäller {n} av {antal} periodsaldon.",
        { konto = item[1], period = item[2], saldo = saldo, summa = summa, skillnad = saldo - summa, n = n, antal = #list }, { at = summa })
    end
    return out
  end,
}
