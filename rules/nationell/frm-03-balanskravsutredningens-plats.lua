return rule {
  id     = "FRM-03",
  title  = "Balanskravsutredningen finns i förvaltningsberättelsen",
  ground = "LKBR 11 kap. 10 §",
  level  = "deviation",
  recommendation = "Lägg in en balanskravsutredning i förvaltningsberättelsen.",
  check  = function(ar)
    if not ar.balanskravsutredning then
      -- lagen kräver en utredning, inte en tabell: den kan vara skriven i löpande text
      if ar.balanskravsresultat then return end
      return finding("Balanskravsutredning saknas.", {}, { at = "forvaltningsberattelse" })
    end
    local rubriker = ar:get("forvaltningsberattelse.rubriker")
    if not rubriker then return end
    for rubrik in each(rubriker) do
      if contains(rubrik, "balanskrav") then return end
    end
    return finding("Balanskravsutredningen står inte under någon rubrik i förvaltningsberättelsen.",
      {}, { at = ar.balanskravsutredning })
  end,
}
