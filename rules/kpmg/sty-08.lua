return rule {
  id     = "STY-08",
  title  = "Årsredovisningen hänvisar till revisionsberättelsen i stället för att återge ett intygande",
  ground = "FinsamL 26 §; KL 12 kap. 12 §",
  level  = "recommendation",
  needs  = { "revision.intygar" },
  recommendation = "Låt revisorernas påteckning hänvisa till revisionsberättelsen, där uttalandet lämnas.",
  check  = function(ar)
    local text = ar.revision.intygar
    if contains(text, "revisionsberättelse") then return end
    if not contains(text, "intyga") and not contains(text, "rättvisande bild") then return end
    return finding("Årsredovisningen återger ett intygande av revisorerna, ”{text}”, i stället för att hänvisa till revisionsberättelsen, där uttalandet hör hemma.",
      { text = text }, { at = "revision.intygar" })
  end,
}
