return rule {
  id       = "DEL-03",
  title    = "Delårsrapporten jämför med föregående år, budget och helårsprognos",
  ground   = "Förbundsordningen; LKBR 13 kap. 2 §; RKR R17",
  level    = "recommendation",
  document = "delarsrapport",
  needs    = { "resultatrakning" },
  recommendation = "Visa samma period föregående år, årets budget och en helårsprognos för varje post.",
  limits   = "Budget och prognos som bara står i texten räknas, när de är införda under uppgifter eller prognoser.",
  check  = function(ar)
    local finns, saknas = {}, {}
    for _, kolumn in ipairs(ar.resultatrakning:columns()) do
      if kolumn.year < ar.rakenskapsar then finns.fore = true end
      if kolumn.year == ar.rakenskapsar then finns[kolumn.variant] = true end
    end
    finns.budget = finns.budget or ar.budget.arets_resultat ~= nil
    finns.prognos = finns.prognos or ar.prognos.arets_resultat ~= nil
    if not finns.fore then saknas[1] = "samma period föregående år" end
    if not finns.prognos then saknas[#saknas + 1] = "en helårsprognos" end
    if not finns.budget then saknas[#saknas + 1] = "budget" end
    if #saknas == 0 then return end
    return finding("Delårsrapportens resultaträkning visar inte {vad}.", { vad = listed(saknas, { last = "eller" }) },
      { at = ar.resultatrakning, level = ar:get("styrning.delarsrapport_kravs") and "deviation" or nil })
  end,
}
