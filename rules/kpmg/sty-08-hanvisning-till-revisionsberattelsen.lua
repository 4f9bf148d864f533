return rule {
  id     = "STY-08",
  title  = "Årsredovisningen hänvisar till revisionsberättelsen i stället för att återge ett intygande",
  ground = "God revisionssed",
  level  = "note",
  why    = "Ingen lag hindrar en påteckning; var uttalandet hör hemma är revisorns bedömning.",
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
