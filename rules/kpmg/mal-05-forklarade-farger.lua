return rule {
  id     = "MAL-05",
  title  = "Färger för måluppfyllelse är förklarade",
  ground = "LKBR 4 kap. 2 §",
  level  = "recommendation",
  recommendation = "Förklara vad de olika färgerna symboliserar, och skriv bedömningen även i ord.",
  check  = function(ar)
    local n, forst = 0, nil
    for _, lista in ipairs { ar.mal or {}, ar.insatser or {} } do
      for post in each(lista) do
        if post.farg then n, forst = n + 1, forst or post end
      end
    end
    local fb = ar.forvaltningsberattelse
    if fb and fb.fargforklaring then return end
    if not forst then return not_applicable("inga färger är angivna") end
    return finding("Måluppfyllelsen visas med färg för {n} mål och insatser, utan att färgerna förklaras.",
      { n = n }, { at = forst })
  end,
}
