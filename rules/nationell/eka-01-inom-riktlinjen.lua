local forbehall = require "forbehall"

return rule {
  id     = "EKA-01",
  title  = "Eget kapital ryms inom riktlinjen",
  ground = "Nationella rådets riktlinje 2013-10-02",
  level  = "recommendation",
  needs  = { "eget_kapital", "medlemsbidrag" },
  recommendation = "Verka för att förbruka sparade medel så att eget kapital närmar sig riktlinjen.",
  check  = function(ar, p)
    local riktlinje = p.riktlinje.eget_kapital(ar.medlemsbidrag)
    local over = ar.eget_kapital - riktlinje
    if over <= kr(0) then return end
    return finding("Eget kapital är {ek} vid årets slut. Enligt riktlinjen bör det inte överstiga {riktlinje}; det är {over} för mycket." .. forbehall(p, ar.medlemsbidrag),
      { ek = ar.eget_kapital, riktlinje = riktlinje, over = over })
  end,
}
