local andelar = require "andelar"

return rule {
  id     = "BIB-01",
  title  = "Soliditeten är minst en fjärdedel",
  ground = "Förbundets egen policy",
  level  = "recommendation",
  needs  = { "eget_kapital", "summa_tillgangar" },
  check  = function(ar)
    local soliditet = andelar.av(ar.eget_kapital, ar.summa_tillgangar)
    if not soliditet or soliditet >= percent(25) then return end
    return finding("Soliditeten är {soliditet:%1}.", { soliditet = soliditet }, { at = ar.eget_kapital })
  end,
}
