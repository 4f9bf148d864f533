-- Vouchers of a series, how many have each group of accounts, and those that lack one.
local function groups_of(bok, serie)
  local has, antal, seen, last = {}, 0, {}, nil
  for _, konto, _, _, ver in bok:rows { series = serie } do
    if ver ~= last then
      antal, last = antal + 1, ver
    end
    local group = konto:sub(1, 2)
    if seen[group] ~= ver then
      seen[group] = ver
      has[group] = (has[group] or 0) + 1
    end
  end
  return has, antal
end

local function lacking(bok, serie, group)
  local with, out, last = {}, {}, nil
  for _, _, _, _, ver in bok:rows { series = serie, account = group } do with[ver] = true end
  for _, _, _, _, ver in bok:rows { series = serie } do
    if ver ~= last and not with[ver] then out[#out + 1] = ver end
    last = ver
  end
  return out
end

return rule {
  id     = "HUV-22",
  title  = "Verifikationerna i en serie följer seriens kontomönster",
  ground = "God revisionssed (logiska tester av huvudboken)",
  level  = "note",
  needs  = { "huvudbok" },
  recommendation = "Granska de verifikationer som avviker från seriens mönster.",
  check  = function(ar, p, bok)
    local minst, out, tried, largest_ = (p.huvudbok.minsta_antal:parts()), {}, 0, 0
    for serie in bok:series() do
      local has, antal = groups_of(bok, serie)
      if antal > largest_ then largest_ = antal end
      if antal >= minst then
        tried = tried + 1
        for group, n in pairs(has) do
          if n < antal and count(n) / count(antal) >= p.huvudbok.serie_andel then
            local list, evidence = lacking(bok, serie, group), {}
            for i = 1, math.min(#list, 10) do evidence[i] = bok:voucher(list[i]) end
            out[#out + 1] = finding("Serie {serie}: {med} av {antal} verifikationer, {andel:%1}, har en rad på kontogrupp {grupp}. {utan} har det inte: {ver} med flera.",
              { serie = serie, med = n, antal = antal, andel = count(n) / count(antal), grupp = group, utan = #list, ver = evidence[1] },
              { at = evidence[1], evidence = evidence })
          end
        end
      end
    end
    if tried == 0 then
      return not_applicable("den största serien har " .. largest_ .. " verifikationer, färre än de " .. minst .. " som behövs för ett mönster")
    end
    return out
  end,
}
