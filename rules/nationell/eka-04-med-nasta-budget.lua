local forbehall = require "forbehall"

return rule {
  id     = "EKA-04",
  title  = "Eget kapital ryms inom riktlinjen när nästa års budget har följts",
  ground = "Nationella rådets riktlinje 2013-10-02; LKBR 11 kap. 4 §",
  level  = "recommendation",
  needs  = { "eget_kapital", "kommande.budget.arets_resultat", "kommande.budget.medlemsbidrag" },
  recommendation = "Anpassa budgeten så att eget kapital ryms inom riktlinjen för de medlemsbidrag som väntas.",
  limits = "Förutsätter att budgeten följs.",
  check  = function(ar, p)
    local budget = ar.kommande.budget
    local bidrag = budget.medlemsbidrag
    if bidrag <= kr(0) then return not_applicable("nästa års medlemsbidrag är noll") end
    local resultat = budget:precise("arets_resultat")
    local ek = ar.eget_kapital + resultat
    local riktlinje = p.riktlinje.eget_kapital(bidrag)
    local over = ek - riktlinje
    local inom, nu = over <= kr(0), ar.medlemsbidrag
    if inom and nu and ar.eget_kapital <= p.riktlinje.eget_kapital(nu) then return end
    return finding("Med budgeten för {ar} blir eget kapital {ek}, {andel:%1} av medlemsbidragen {bidrag}. Riktlinjen är då {riktlinje}; det är " .. (over:rounded("kr"):is_zero() and "precis på den." or inom and "{over} under den." or "{over} för mycket.")
      .. forbehall(p, bidrag),
      { ar = ar.rakenskapsar + 1, ek = ek, andel = ek / bidrag, bidrag = bidrag,
        riktlinje = riktlinje, over = over:abs() },
      { at = resultat, level = inom and "note" or "recommendation" })
  end,
}
