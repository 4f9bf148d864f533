-- Of each series: how many vouchers, and how many of them have each group of accounts.
local function groups_of(bok)
  local of = {}
  for _, g in ipairs(bok:sums "series") do of[g.key] = { antal = g.vouchers, has = {} } end
  for _, g in ipairs(bok:sums { "series", "account:2" }) do of[g.key].has[g.key2] = g.vouchers end
  return of
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
  check  = function(ar, p)
    local bok = ar.huvudbok
    local minst, out, tried, largest_, of = (p.huvudbok.minsta_antal:parts()), {}, 0, 0, groups_of(bok)
    for serie in bok:series() do
      local has, antal = of[serie] and of[serie].has or {}, of[serie] and of[serie].antal or 0
      if antal > largest_ then largest_ = antal end
      if antal >= minst then
        tried = tried + 1
        for group, n in pairs(has) do
          if n < antal and count(n) / count(antal) >= p.huvudbok.serie_andel then
            local list, evidence = lacking(bok, serie, group), {}
            for i = 1, math.min(#list, 10) do evidence[i] = bok:voucher(list[i]) end
            out[#out + 1] = finding("Serie {serie}: {med} av {antal} verifikationer, {andel:%1}, har en rad på kontogrupp {grupp}. {utan} har det inte" .. (#list == 1 and ": {ver}." or ", bland dem {ver}."),
              { serie = serie, med = n, antal = antal, andel = count(n) / count(antal), grupp = group, utan = #list, ver = evidence[1] },
              { at = evidence[1], evidence = evidence })
          end
        end
      end
    end
    if tried == 0 then
      return not_applicable("den största serien har " .. counted(largest_, "verifikation", "verifikationer") .. ", färre än de " .. minst .. " som behövs för ett mönster")
    end
    return out
  end,
}
