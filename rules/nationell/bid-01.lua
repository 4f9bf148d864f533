local function check_year(ar, p, out)
  local summa = ar.medlemsbidrag
  local parter = {
    { "Staten", ar.bidrag_staten, p.bidrag.staten },
    { "Regionen", ar.bidrag_region, p.bidrag.region },
    { "Kommunerna", ar.bidrag_kommuner, p.bidrag.kommuner },
  }
  for _, part in ipairs(parter) do
    local bidrag, ska = part[2], summa and part[3] * summa
    if bidrag and ska and not agrees(bidrag, ska) then
      out[#out + 1] = finding("{part} har {ar} bidragit med {bidrag} av medlemsbidragen {summa}. Enligt lagen är andelen {andel}, {ska}; skillnaden är {skillnad:+kr}.",
        { part = part[1], ar = ar.rakenskapsar, bidrag = bidrag, summa = summa,
          andel = part[3]:text(), ska = ska, skillnad = bidrag - ska }, { at = bidrag })
    end
  end
end

return rule {
  id     = "BID-01",
  title  = "Staten bidrar med hälften, regionen och kommunerna med var sin fjärdedel",
  ground = "FinsamL 5 §",
  level  = "deviation",
  needs  = { "medlemsbidrag", "bidrag_staten", "bidrag_region", "bidrag_kommuner" },
  recommendation = "Kontrollera att parternas bidrag följer lagens andelar.",
  limits = "En kommun utanför regionen bidrar enligt 5 a § med hälften om ingen region deltar.",
  check  = function(ar, p)
    local out = {}
    check_year(ar, p, out)
    check_year(ar.foregaende, p, out)
    return out
  end,
}
