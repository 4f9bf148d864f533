-- Tabeller vars kolumner följer en mall även när föregående år är tomt.
local med_mall = { driftredovisning = true, investeringsredovisning = true }

-- Hur många räkenskapsår förbundet har haft, om det framgår; "okand" när bara året självt är tryckt.
local function alder(ar)
  local bildat = ar:get("forbund.bildat")
  if bildat then return ar.rakenskapsar - tonumber(bildat:sub(1, 4)) + 1 end
  for tabell in each(ar:tables()) do
    for _, kolumn in ipairs(not med_mall[tabell.id_] and tabell:columns() or {}) do
      if kolumn.year < ar.rakenskapsar then return end
    end
  end
  return "okand"
end

return rule {
  id     = "OVS-06",
  title  = "Översikten visar fem år",
  ground = "LKBR 11 kap. 1 §; RKR R15",
  level  = "deviation",
  needs  = { "oversikt" },
  recommendation = "Visa fem år i översikten.",
  limits = "Ett förbund som är yngre än fem år har färre. Att eget kapital visas för varje år kräver ingen norm.",
  check  = function(ar, p)
    local oversikt = ar.oversikt
    local visar, ska, ar_gammalt = number(#oversikt:columns()), p.oversikt.antal_ar, alder(ar)
    if ar_gammalt == "okand" then
      return not_applicable("inget tidigare år än " .. ar.rakenskapsar .. " är tryckt; är förbundet nybildat finns inga")
    end
    if ar_gammalt and number(ar_gammalt) < ska then ska = number(ar_gammalt) end
    if visar >= ska then return end
    return finding("Översikten visar {visar} år. Enligt rekommendationen ska den visa {ska}.",
      { visar = #oversikt:columns(), ska = ska:parts() }, { at = oversikt })
  end,
}
