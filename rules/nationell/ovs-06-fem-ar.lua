local nybildat = require "nybildat"

-- Året förbundet bildades enligt årets händelser: "bildades den 1 januari 2022", "bildades föregående år".
local function bildat_enligt_text(ar)
  local text = ar:get("forvaltningsberattelse.vasentliga_handelser")
  if not contains(text, "bildade") then return end
  for tal in text:gmatch "%d+" do
    if #tal == 4 and tonumber(tal) <= ar.rakenskapsar and tonumber(tal) > ar.rakenskapsar - 5 then return tonumber(tal) end
  end
  if contains(text, "föregående år") or contains(text, "året innan") or contains(text, "i fjol") then
    return ar.rakenskapsar - 1
  end
end

-- Hur många räkenskapsår förbundet har haft, om det framgår; "okand" när bara året självt är tryckt.
local function alder(ar)
  local bildat = ar:get("forbund.bildat")
  bildat = bildat and tonumber(bildat:sub(1, 4)) or bildat_enligt_text(ar)
  if bildat then return ar.rakenskapsar - bildat + 1 end
  return nybildat(ar) and "okand" or nil
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
