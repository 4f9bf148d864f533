-- The last day of the month of a day.
local function slut_pa_manad(dag)
  local d = date(dag)
  local nasta_manad = d:sub(6, 7) == "12" and (tostring(math.tointeger(tonumber(d:sub(1, 4), 10)) + 1) .. "-01-01")
    or d:sub(1, 5) .. (d:sub(6, 7) < "09" and "0" or "") .. math.tointeger(tonumber(d:sub(6, 7), 10)) + 1 .. "-01"
  return day(nasta_manad) - 1
end

return rule {
  id     = "HUV-13",
  title  = "Ekonomiska händelser bokförs så snart det kan ske",
  ground = "BFL 5 kap. 2 §; BFNAR 2013:2",
  level  = "deviation",
  needs  = { "huvudbok" },
  recommendation = "Bokför löpande, så att prognoser och månadsuppföljning bygger på hela bilden.",
  limits = "Bokslutsposter, daterade den sista dagen på året, registreras efter årets slut och prövas inte.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    local dagar, slut = (p.huvudbok.registrering_dagar:parts()), bok.slut and day(bok.slut)
    local n, antal, underlag, varst, mest = 0, 0, {}, nil, 0
    local manadsslut = {}
    for ver, _, _, dag, rader, _, registrerad in bok:vouchers() do
      if rader > 0 and dag and registrerad and dag ~= slut then
        antal = antal + 1
        if registrerad - dag > dagar then
          manadsslut[dag] = manadsslut[dag] or slut_pa_manad(dag)
          if registrerad - manadsslut[dag] > dagar then
            n = n + 1
            if n <= 20 then underlag[n] = bok:voucher(ver) end
            if registrerad - dag > mest then varst, mest = ver, registrerad - dag end
          end
        end
      end
    end
    if antal == 0 then return not_applicable("verifikationerna har inga registreringsdatum") end
    if n == 0 then return end
    local v = bok:voucher(varst)
    return finding("{n} av {antal} verifikationer är " .. (n == 1 and "registrerad" or "registrerade") .. " mer än {dagar} dagar efter månadens slut. Senast är {ver}, daterad {datum} och registrerad {reg}, {sent} dagar senare.",
      { n = n, antal = antal, dagar = dagar, ver = v, datum = v.datum, reg = v.registrerad, sent = mest },
      { at = v, evidence = underlag })
  end,
}
