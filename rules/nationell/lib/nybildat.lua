-- Tabeller vars kolumner följer en mall även när föregående år är tomt.
local med_mall = { driftredovisning = true, investeringsredovisning = true }

-- "ja" när förbundet bildades under året enligt sin fil, "kanske" när inget säger när det
-- bildades och ingen tabell visar ett tidigare år, annars nil.
return function(ar)
  local bildat = ar:get("forbund.bildat")
  if bildat then return bildat >= ar.rakenskapsar .. "-01-01" and "ja" or nil end
  for tabell in each(ar:tables()) do
    for _, kolumn in ipairs(not med_mall[tabell.id_] and tabell:columns() or {}) do
      if kolumn.year < ar.rakenskapsar then return end
    end
  end
  return #ar:tables() > 0 and "kanske" or nil
end
