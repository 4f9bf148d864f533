return rule {
  id     = "EKA-06",
  title  = "Eget kapital överstiger inte riktlinjen år efter år",
  ground = "Nationella rådets riktlinje 2013-10-02; KL 11 kap. 1 §",
  level  = "recommendation",
  recommendation = "Följ upp varför sparade medel inte förbrukas som planerat och besluta när eget kapital ska vara inom riktlinjen.",
  check  = function(ar, p)
    local over, delar = {}, {}
    for i = 1, 3 do
      local vy = ar:year(ar.rakenskapsar + 1 - i)
      local ek, bidrag = vy.eget_kapital, vy.medlemsbidrag
      if not ek or not bidrag then
        return not_applicable("eget kapital eller medlemsbidrag är inte tryckt för "
          .. vy.rakenskapsar)
      end
      over[i] = ek - p.riktlinje.eget_kapital(bidrag)
      if over[i] <= kr(0) then return end
      table.insert(delar, 1, over[i]:text("kr") .. " " .. vy.rakenskapsar)
    end
    local till, bidrag = p.riktlinje.eget_kapital.confirmed_to, ar.medlemsbidrag
    local osaker = till and bidrag > till
    return finding("Eget kapital har varit över riktlinjen tre år i rad: med {delar}."
      .. (osaker and " Riktlinjen är inte bekräftad för medlemsbidrag över " .. till:text("kr") .. "." or ""),
      { delar = listed(delar) }, { at = ar.eget_kapital })
  end,
}
