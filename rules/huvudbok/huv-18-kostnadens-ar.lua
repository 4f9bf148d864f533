-- Does a text name the year: "2022", or "dec 22" and "22-12"?
local function namner_aret(text, artal)
  return contains(text, tostring(artal))
end

return rule {
  id     = "HUV-18",
  title  = "Kostnader är bokförda på det år de hör till",
  ground = "LKBR 4 kap. 4 § 4 (periodisering)",
  level  = "recommendation",
  needs  = { "huvudbok" },
  recommendation = "Pröva fakturorna mot leveransdatum och periodisera dem som hör till ett annat år.",
  limits = "Bara det som texten säger prövas. En verifikation som också har en rad på interimskonto (17, 29) räknas som periodiserad.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local start, slut = bok.start and day(bok.start), bok.slut and day(bok.slut)
    if bok.rader == 0 or not start then return not_applicable("filen har inga transaktioner") end
    local dagar, artal = (p.huvudbok.avklipp_dagar:parts()), bok.rakenskapsar
    local grans = p.vasentlighet.ringa * (p.vasentlighet.helhet * bok:sum { account = "4..7" }:abs())
    local interim = {}
    for _, _, _, _, ver in bok:rows { account = "17,29" } do interim[ver] = true end
    local antal, n, underlag, orsaker = 0, 0, {}, {}
    local function forsok(fran, till, andra)
      for rad, _, _, _, ver in bok:rows { account = "4..7", period = date(fran) .. ".." .. date(till), side = "debet", amount = { min = grans:rounded("kr") } } do
        antal = antal + 1
        if not interim[ver] and namner_aret(bok:text(rad), andra) and not namner_aret(bok:text(rad), artal) then
          n = n + 1
          if n <= 20 then underlag[n], orsaker[n] = bok:row(rad), "ver:" .. ver end
        end
      end
    end
    forsok(start, start + dagar - 1, artal - 1)
    forsok(slut - dagar + 1, slut, artal + 1)
    if antal == 0 then return not_applicable("inga kostnader över gränsen är bokförda runt årsskiftet") end
    if n == 0 then return end
    return finding("{n} av {antal} kostnadsrader över {grans} inom {dagar} dagar från årsskiftet nämner ett annat år" .. (n == 1 and ": " or ", den första ") .. "{belopp} i {ver}, ”{text}”.",
      { n = n, antal = antal, grans = grans:rounded("kr"), dagar = dagar, belopp = underlag[1].belopp, ver = underlag[1].verifikation,
        text = underlag[1].text }, { at = underlag[1], evidence = underlag, causes = orsaker })
  end,
}
