local function hushallningens_rubrik(ar)
  local fb = ar.forvaltningsberattelse
  for i, rubrik in ipairs(fb and fb.rubriker or {}) do
    if contains(rubrik, "ekonomisk hushållning") then return "forvaltningsberattelse.rubriker." .. i end
  end
  return ar.mal[1]
end

return rule {
  id     = "MAL-01",
  title  = "Finansiella mål finns utöver budgeten",
  ground = "KL 11 kap. 6 §; LKBR 11 kap. 8 §; FinsamL 21 §",
  level  = "recommendation",
  needs  = { "mal" },
  recommendation = "Formulera finansiella mål av betydelse för god ekonomisk hushållning.",
  check  = function(ar)
    for mal in each(ar.mal) do
      if mal.typ == "finansiellt" then return end
    end
    return finding("Inget av målen som följs upp är finansiellt ({n} mål).", { n = #ar.mal },
      { at = hushallningens_rubrik(ar) })
  end,
}
