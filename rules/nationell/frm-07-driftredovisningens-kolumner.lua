local nybildat = require "nybildat"

-- En kolumn eller de kolumner som tillsammans visar detsamma.
local kravs = {
  { "utfallets intäkter", "intakt" },
  { "utfallets kostnader", "kostnad" },
  { "utfallets netto", "netto" },
  { "budgeten", "budget", "budget_kostnad" },
  { "avvikelsen från budget", "avvikelse" },
  { "föregående år", "fg_netto", "fg_kostnad" },
}

local function utan_fore(ar)
  local forsta = nybildat(ar)
  return forsta == "ja" or forsta and (ar.resultatrakning or ar.balansrakning) -- då frågar FRM-09
end

return rule {
  id     = "FRM-07",
  title  = "Driftredovisningen visar utfall, budget, avvikelse och föregående år",
  ground = "LKBR 10 kap. 1 §; RKR R14",
  level  = "deviation",
  from   = "2019-01-01",
  needs  = { "driftredovisning" },
  recommendation = "Komplettera driftredovisningen så att utfallet kan jämföras med den fastställda budgeten.",
  limits = "Ett förbund vars första år det är, eller som inte visar något tidigare år alls (FRM-09), har inget föregående att visa.",
  check  = function(ar)
    local finns, saknas = {}, {}
    for kolumn in each(ar.driftredovisning:columns()) do finns[kolumn.id] = true end
    for _, krav in ipairs(kravs) do
      if not finns[krav[2]] and not finns[krav[3] or krav[2]] and not (krav[2] == "fg_netto" and utan_fore(ar)) then
        saknas[#saknas + 1] = krav[1]
      end
    end
    if #saknas < 1 then return end
    return finding("Driftredovisningen saknar {kolumner}.", { kolumner = listed(saknas) },
      { at = ar.driftredovisning })
  end,
}
