return rule {
  id     = "HUV-17",
  title  = "Belopp samlas inte strax under attestgränsen",
  ground = "Förbundets attestordning; KL 12 kap. 1 § om intern kontroll",
  level  = "recommendation",
  needs  = { "huvudbok" },
  recommendation = "Granska om inköp har delats för att hamna under gränsen.",
  limits = "Beloppet är verifikationens omslutning, som kan rymma flera fakturor.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local grans, minst = p.huvudbok.attestgrans, (p.huvudbok.minsta_antal:parts())
    if grans:is_zero() then return not_applicable("attestgränsen är inte satt (huvudbok.attestgrans)") end
    if bok.verifikationer < minst then
      return not_applicable(counted(bok.verifikationer, "verifikation", "verifikationer") .. " är färre än de " .. minst .. " som behövs")
    end
    local topp = grans:ore()
    local band = (p.huvudbok.attestband * grans):rounded("kr"):ore()
    local under, over, underlag = 0, 0, {}
    for ver, _, _, _, _, _, _, omslutning in bok:vouchers() do
      if omslutning < topp and omslutning >= topp - band then
        under = under + 1
        if under <= 20 then underlag[under] = bok:voucher(ver) end
      elseif omslutning >= topp and omslutning < topp + band then
        over = over + 1
      end
    end
    if under < (p.huvudbok.attest_minst:parts()) or under <= 2 * over then return end
    return finding("{under} av {antal} verifikationer ligger högst {band} under attestgränsen {grans}; lika nära över den ligger {over}.",
      { under = under, over = over, antal = bok.verifikationer, band = ore(band), grans = grans }, { at = underlag[1], evidence = underlag })
  end,
}
