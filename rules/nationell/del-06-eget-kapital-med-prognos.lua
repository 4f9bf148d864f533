return rule {
  id       = "DEL-06",
  title    = "Med helårsprognosen ryms eget kapital inom riktlinjen",
  ground   = "Nationella rådets riktlinje 2013-10-02; RKR R17",
  level    = "note",
  document = "delarsrapport",
  needs    = { "balansrakning.eget_kapital", "balansrakning.arets_resultat", "prognos.arets_resultat" },
  recommendation = "Ange hur sparade medel ska användas under resten av året och nästa år.",
  limits   = "Utan prognos eller budget för medlemsbidragen prövas bara att eget kapital inte blir negativt.",
  check  = function(ar, p)
    local br, prognos = ar.balansrakning, ar.prognos.arets_resultat
    local ek = br.eget_kapital - br.arets_resultat + prognos
    local bidrag = ar.prognos.medlemsbidrag or ar.budget.medlemsbidrag
    if ek < kr(0) then
      return finding("Med helårsprognosen {prognos} blir eget kapital {ek} vid årets slut.", { prognos = prognos, ek = ek },
        { at = prognos, level = "recommendation" })
    end
    if not bidrag or bidrag <= kr(0) then return end
    local riktlinje = p.riktlinje.eget_kapital(bidrag)
    if ek <= riktlinje then return end
    local sakert = p.riktlinje.eget_kapital.confirmed_to
    return finding("Med helårsprognosen {prognos} blir eget kapital {ek} vid årets slut. Riktlinjen är {riktlinje}; det är {over} för mycket."
      .. (sakert and bidrag > sakert and " Trappan är inte bekräftad över " .. sakert:text("kr") .. "." or ""),
      { prognos = prognos, ek = ek, riktlinje = riktlinje, over = ek - riktlinje }, { at = prognos })
  end,
}
