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
    local angivet, lista = {}, {}
    for ar_, period, konto, objekt, belopp in bok:period_balances() do
      if ar_ == 0 and not objekt then
        local av = angivet[konto] or {}
        angivet[konto] = av
        if not av[period] then lista[#lista + 1] = { konto, period } end
        av[period] = (av[period] or 0) + belopp
      end
    end
    if #lista == 0 then return not_applicable("filen har inga periodsaldon") end
    local bokfort = {}
    for _, g in ipairs(bok:sums { "account", "month" }) do
      bokfort[g.key] = bokfort[g.key] or {}
      bokfort[g.key][g.key2] = g.debet + g.kredit
    end
    local ut, n = {}, 0
    for _, post in ipairs(lista) do
      local konto, period = post[1], post[2]
      if angivet[konto][period] ~= (bokfort[konto] and bokfort[konto][period] or 0) then
        n = n + 1
        if n <= 50 then ut[n] = post end
      end
    end
    for i, post in ipairs(ut) do
      local summa, saldo = bok:sum { account = "=" .. post[1], period = post[2] }, ore(angivet[post[1]][post[2]])
      ut[i] = finding("Konto {konto}, {period}: periodsaldot är {saldo} men transaktionerna summerar till {summa}; skillnaden är {skillnad}. Det gäller {n} av {antal} periodsaldon.",
        { konto = post[1], period = post[2], saldo = saldo, summa = summa, skillnad = saldo - summa, n = n, antal = #lista }, { at = summa })
    end
    return ut
  end,
}
