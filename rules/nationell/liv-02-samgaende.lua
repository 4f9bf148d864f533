local ord = { "samgående", "sammanslag", "gått upp", "gick upp", "fusion", "övertog", "övertagit", "nybild" }

return rule {
  id     = "LIV-02",
  title  = "Ett samgående under året och vad det betyder för jämförelsetalen framgår",
  ground = "LKBR 4 kap. 4 § 2, 11 kap. 3 §",
  level  = "recommendation",
  needs  = { "forbund.uppgatt" },
  recommendation = "Upplys om samgåendet bland väsentliga händelser, och om hur jämförelsetalen är räknade.",
  limits = "Texterna prövas på enstaka ord och på namnet.",
  check  = function(ar)
    local ut, provad = {}, false
    local texter = { ar:get("redovisningsprinciper.text") or "", ar:get("redovisningsprinciper.andrade_principer") or "",
                     ar:get("forvaltningsberattelse.vasentliga_handelser") or "", ar:get("forvaltningsberattelse.viktiga_forhallanden") or "" }
    for f in each(ar.forbund.uppgatt) do
      if f.datum >= ar.rakenskapsar .. "-01-01" and f.datum <= ar.rakenskapsar .. "-12-31" then
        provad = true
        local sagt = false
        for text in each(texter) do
          sagt = sagt or contains(text, f.namn)
          for o in each(ord) do sagt = sagt or contains(text, o) end
        end
        if not sagt then
          ut[#ut + 1] = finding("{namn} gick upp i förbundet {dag}, men varken förvaltningsberättelsen eller redovisningsprinciperna nämner det.",
            { namn = f.namn, dag = f.datum }, { at = f })
        end
      end
    end
    if not provad then return not_applicable("inget förbund gick upp i det här under " .. ar.rakenskapsar) end
    return ut
  end,
}
