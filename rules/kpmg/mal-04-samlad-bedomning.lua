local function hushallningens_rubrik(fb)
  for i, rubrik in ipairs(fb.rubriker or {}) do
    if contains(rubrik, "ekonomisk hushållning") then return "forvaltningsberattelse.rubriker." .. i end
  end
  return fb
end

return rule {
  id     = "MAL-04",
  title  = "Styrelsen bedömer sammanfattande om verksamheten har god ekonomisk hushållning",
  ground = "LKBR 11 kap. 8 §; KL 11 kap. 1 §",
  level  = "recommendation",
  needs  = { "forvaltningsberattelse" },
  recommendation = "Formulera i avsnittet om måluppföljning en sammanfattande bedömning av om förbundet uppnår god ekonomisk hushållning eller inte.",
  check  = function(ar)
    local fb = ar.forvaltningsberattelse
    if fb.samlad_bedomning then return end
    return finding("Förvaltningsberättelsen saknar en sammanfattande bedömning av om förbundet har god ekonomisk hushållning.",
      nil, { at = hushallningens_rubrik(fb) })
  end,
}
