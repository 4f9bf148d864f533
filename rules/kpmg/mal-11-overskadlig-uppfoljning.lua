return rule {
  id     = "MAL-11",
  title  = "Uppföljningen av mål är överskådlig",
  ground = "LKBR 4 kap. 2 §",
  level  = "recommendation",
  needs  = { "forvaltningsberattelse.sidor", "forvaltningsberattelse.maluppfoljning_sidor" },
  recommendation = "Korta avsnittet eller börja det med en sammanfattning, så att det väsentliga syns.",
  check  = function(ar, p)
    local fb = ar.forvaltningsberattelse
    local sidor, del = fb.sidor, fb.maluppfoljning_sidor
    if sidor:is_zero() or del / sidor <= p.mal.storsta_del then return end
    return finding("Uppföljningen av mål och insatser tar {del} av förvaltningsberättelsens {sidor} sidor, {andel:%}; avsnittet är omfattande och riskerar att bli oöverskådligt.",
      { del = del, sidor = sidor, andel = del / sidor }, { at = del })
  end,
}
