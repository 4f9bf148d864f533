local function administrationens_andel(ar)
  local del, allt = ar.kostnader_administration, ar.verksamhetens_kostnader
  local andel = del and allt and not allt:is_zero() and (del / allt):rounded("%2") or nil
  -- En administration som är tryckt netto av medlemsbidragen är ingen andel av kostnaderna.
  return andel and andel >= percent(0) and andel <= percent(100) and andel or nil
end

return rule {
  id     = "NYC-04",
  title  = "Administrationen är en rimlig andel av kostnaderna",
  ground = "KL 11 kap. 1 §; god ekonomisk hushållning",
  level  = "recommendation",
  needs  = { "kostnader_administration", "verksamhetens_kostnader" },
  recommendation = "Följ upp administrationens kostnader och ange ett eget mål för deras andel.",
  limits = "Förbund räknar olika kostnader till administrationen; jämför andelen med det egna målet.",
  check  = function(ar, p)
    local nu, fore, ut = administrationens_andel(ar), administrationens_andel(ar.foregaende), {}
    if nu and nu > p.administration.hog_andel then
      ut[1] = finding("Administrationen är {belopp}, {andel:%1~grans} av verksamhetens kostnader; över {grans} bör den ifrågasättas.",
        { belopp = ar.kostnader_administration:abs(), andel = nu,
          grans = p.administration.hog_andel:text() }, { at = ar.kostnader_administration })
    end
    if nu and fore and nu - fore > p.administration.storsta_okning then
      ut[#ut + 1] = finding("Administrationens andel av kostnaderna har ökat från {fore:%1} till {nu:%1}, med {okning:pe1}.",
        { fore = fore, nu = nu, okning = nu - fore },
        { at = ar.kostnader_administration, level = "note" })
    end
    return ut
  end,
}
