local forbehall = require "forbehall"

return rule {
  id     = "EKA-02",
  title  = "Förbundets gräns för eget kapital är densamma som Nationella rådets trappa",
  ground = "Nationella rådets riktlinje 2013-10-02",
  level  = "recommendation",
  needs  = { "eget_kapital", "medlemsbidrag" },
  recommendation = "Ange vilken riktlinje för eget kapital som tillämpas och hur gränsen är räknad.",
  check  = function(ar, p)
    local bidrag, ek = ar.medlemsbidrag, ar.eget_kapital
    local trappa = p.riktlinje.eget_kapital(bidrag, "trappa")
    local fb = ar.forvaltningsberattelse
    local tak = fb and fb.rekommenderat_tak
    local egen = tak and tak * bidrag or p.riktlinje.eget_kapital(bidrag, "rak_20")
    if egen:point() == trappa:point() then return end
    local olika = (ek > trappa) ~= (ek > egen)
    local vem = tak and "Förbundet anger taket till" or "Utan trappa är taket 20 % av medlemsbidragen,"
    local slut = olika and "bara en av dem överskrids" or ek > trappa and "båda överskrids" or "båda hålls"
    return finding(vem .. " {tak}{egen:kr}; enligt trappan, som den är härledd här, är det {trappa}. Skillnaden är {skillnad:kr}. "
      .. "Eget kapital är {ek}, så att " .. slut .. "." .. forbehall(p, bidrag),
      { tak = tak and tak:text() .. " av medlemsbidragen, " or "", egen = egen, trappa = trappa,
        skillnad = (egen - trappa):abs(), ek = ek },
      { at = tak or ek, level = (tak or olika) and "recommendation" or "note" })
  end,
}
