return rule {
  id     = "NOT-07",
  title  = "Sociala avgifter står i rimlig proportion till arvodena",
  ground = "Rimlighetsbedömning; socialavgiftslag (2000:980)",
  level  = "note",
  needs  = { "not_kostnader.arvoden", "not_kostnader.sociala_avgifter" },
  limits = "Gränserna är parametrar: full avgift är 31,42 procent, äldre ledamöter har lägre. Rader om lön räknas in; avgifter som är större än underlaget avser annat än det.",
  check  = function(ar, p)
    local fel, lagst, hogst = {}, p.arbetsgivaravgift.lagst_rimlig, p.arbetsgivaravgift.hogst_rimlig
    for v in each { ar, ar.foregaende } do
      local not_ = v.not_kostnader
      if not_.arvoden and not_.sociala_avgifter and not not_.arvoden:is_zero() then
        local underlag = not_.arvoden + or_zero(not_.forlorad_arbetsfortjanst)
        for rad in not_:rows() do
          if rad.own and contains(rad.label, "lön") and rad.belopp then underlag = underlag + rad.belopp end
        end
        local andel = not_.sociala_avgifter / underlag
        if andel < lagst or andel > hogst and andel <= percent(100) then
          fel[#fel + 1] = finding("Sociala avgifter {ar} är {avgifter}, vilket är {andel:%1~nara} av arvoden och ersättningar på {underlag}; mellan {lagst} och {hogst} vore rimligt.",
            { ar = v.rakenskapsar, avgifter = not_.sociala_avgifter, andel = andel, nara = (andel < lagst and lagst or hogst):text(), lagst = lagst, hogst = hogst, underlag = underlag },
            { at = not_.sociala_avgifter })
        end
      end
    end
    return #fel > 0 and fel or nil
  end,
}
