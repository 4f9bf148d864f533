return rule {
  id     = "HUV-05",
  title  = "Varje verifikation balanserar",
  ground = "BFL 5 kap.; SIE-formatet (#VER)",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Rätta verifikationerna med en rättelsepost.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if bok.verifikationer == 0 then return not_applicable("filen har inga verifikationer") end
    local ut, n = {}, 0
    for ver, _, _, _, _, summa in bok:vouchers() do
      if summa ~= 0 and not (bok.fel > 0 and bok:voucher(ver).olasta > 0) then -- of unread rows HUV-25 tells
        n = n + 1
        if n <= 100 then ut[n] = ver end
      end
    end
    for i, ver in ipairs(ut) do
      local v = bok:voucher(ver)
      ut[i] = finding("Verifikation {ver} balanserar inte: " .. (v.antal == 1 and "den har en enda rad, {summa}." or "raderna summerar till {summa}.")
        .. (bok.verifikationer > 1 and " Det gäller {n} av {antal} verifikationer." or ""),
        { ver = v, summa = v.summa, n = n, antal = bok.verifikationer }, { at = v, causes = { "ver:" .. ver } })
    end
    return ut
  end,
}
