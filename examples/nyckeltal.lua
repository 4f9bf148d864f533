-- Key figures of one or more reports:
--   medel run examples/nyckeltal.lua examples/sydnarke/2023.yaml ...
local p = parameters()

for _, path in ipairs { ... } do
  local ar = report(path)
  print(ar.forbund and ar.forbund.namn or ar.fil, ar.rakenskapsar)
  local function show(label, value)
    print("  " .. label, value and value:text() or "inte tryckt")
  end
  local ek, bidrag = ar.eget_kapital, ar.medlemsbidrag
  show("Årets resultat", ar.arets_resultat)
  show("Eget kapital", ek)
  show("  i andel av medlemsbidraget", ek and bidrag and ek / bidrag)
  show("  riktlinje", bidrag and p:at(ar).riktlinje.eget_kapital(bidrag))
  show("Soliditet", ek and ar.summa_tillgangar and ek / ar.summa_tillgangar)
  for insats in each(ar.insatser) do
    if insats.utfall and insats.deltagare then
      show("Kostnad per deltagare, " .. insats.namn, insats.utfall / insats.deltagare)
    end
  end
end
