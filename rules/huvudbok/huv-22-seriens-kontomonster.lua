-- Of each series: how many vouchers, and how many of them have each group of accounts.
local function grupper_i(bok)
  local serier = {}
  for _, g in ipairs(bok:sums "series") do serier[g.key] = { antal = g.vouchers, har = {} } end
  for _, g in ipairs(bok:sums { "series", "account:2" }) do serier[g.key].har[g.key2] = g.vouchers end
  return serier
end

local function utan(bok, serie, grupp)
  local med_gruppen, ut, senast = {}, {}, nil
  for _, _, _, _, ver in bok:rows { series = serie, account = grupp } do med_gruppen[ver] = true end
  for _, _, _, _, ver in bok:rows { series = serie } do
    if ver ~= senast and not med_gruppen[ver] then ut[#ut + 1] = ver end
    senast = ver
  end
  return ut
end

return rule {
  id     = "HUV-22",
  title  = "Verifikationerna i en serie följer seriens kontomönster",
  ground = "God revisionssed (logiska tester av huvudboken)",
  level  = "note",
  needs  = { "huvudbok" },
  recommendation = "Granska de verifikationer som avviker från seriens mönster.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local minst, ut, provat, storsta, serier = (p.huvudbok.minsta_antal:parts()), {}, 0, 0, grupper_i(bok)
    for serie in bok:series() do
      local har, antal = serier[serie] and serier[serie].har or {}, serier[serie] and serier[serie].antal or 0
      if antal > storsta then storsta = antal end
      if antal >= minst then
        provat = provat + 1
        for grupp, n in pairs(har) do
          if n < antal and count(n) / count(antal) >= p.huvudbok.serie_andel then
            local lista, underlag = utan(bok, serie, grupp), {}
            for i = 1, math.min(#lista, 10) do underlag[i] = bok:voucher(lista[i]) end
            ut[#ut + 1] = finding("Serie {serie}: {med} av {antal} verifikationer, {andel:%1}, har en rad på kontogrupp {grupp}. {utan} har det inte" .. (#lista == 1 and ": {ver}." or ", bland dem {ver}."),
              { serie = serie, med = n, antal = antal, andel = count(n) / count(antal), grupp = grupp, utan = #lista, ver = underlag[1] },
              { at = underlag[1], evidence = underlag })
          end
        end
      end
    end
    if provat == 0 then
      return not_applicable("den största serien har " .. counted(storsta, "verifikation", "verifikationer") .. ", färre än de " .. minst .. " som behövs för ett mönster")
    end
    return ut
  end,
}
