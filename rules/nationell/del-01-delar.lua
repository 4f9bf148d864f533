local delar = { { "resultatrakning", "resultaträkning" }, { "balansrakning", "balansräkning" },
                { "forvaltningsberattelse", "förenklad förvaltningsberättelse" } }

return rule {
  id       = "DEL-01",
  title    = "Delårsrapporten har resultaträkning, balansräkning och förvaltningsberättelse",
  ground   = "Förbundsordningen; LKBR 13 kap. 2 §; RKR R17",
  level    = "recommendation",
  document = "delarsrapport",
  why      = "LKBR 13 kap. gäller ett samordningsförbund bara om förbundsordningen kräver delårsrapport; då är det en avvikelse.",
  recommendation = "Komplettera delårsrapporten med den del som saknas.",
  check  = function(ar)
    local saknas, kravs = {}, ar:get("styrning.delarsrapport_kravs")
    for _, del in ipairs(delar) do
      if not ar[del[1]] then
        saknas[#saknas + 1] = finding("Delårsrapporten saknar {del}.", { del = del[2] }, { level = kravs and "deviation" or nil })
      end
    end
    return saknas
  end,
}
