-- Tabeller vars kolumner följer en mall även när föregående år är tomt.
local med_mall = { driftredovisning = true, investeringsredovisning = true }

local function har_ar(tabell, ar)
  for kolumn in each(tabell:columns()) do
    if kolumn.year == ar then return true end
  end
end

-- Visar någon tabell ett tidigare år?
local function tidigare(ar)
  for tabell in each(ar:tables()) do
    for _, kolumn in ipairs(not med_mall[tabell.id_] and tabell:columns() or {}) do
      if kolumn.year < ar.rakenskapsar then return true end
    end
  end
end

return rule {
  id     = "FRM-09",
  title  = "Varje post i räkningarna har ett jämförelsetal",
  ground = "LKBR 5 kap. 6 §, 6 kap. 5 §",
  level  = "deviation",
  asks   = "Datum då förbundet bildades",
  recommendation = "Ange föregående års belopp för varje post.",
  limits = "Ett förbund som bildades under året har inget att jämföra med. När inget säger när det bildades, och ingen tabell visar ett tidigare år, är det en notering.",
  check  = function(ar)
    local bildat, fel, provad = ar:get("forbund.bildat"), {}, false
    if bildat and bildat >= ar.rakenskapsar .. "-01-01" then
      return not_applicable("förbundet bildades " .. bildat .. " och har inget tidigare räkenskapsår")
    end
    local oviss = not bildat and not tidigare(ar)
    for _, namn in ipairs { "resultatrakning", "balansrakning" } do
      local tabell, fg = ar[namn], ar.foregaende[namn]
      provad = provad or tabell ~= nil
      if tabell and not oviss and not har_ar(tabell, ar.foregaende.rakenskapsar) then
        fel[#fel + 1] = finding("Jämförelsetal för {ar} saknas i {tabell}.",
          { ar = ar.foregaende.rakenskapsar, tabell = tabell.place_ }, { at = tabell })
      elseif tabell and not oviss then
        for rad in tabell:rows() do
          local nu, da = rad.belopp, fg:row(rad.id):fact()
          local tryckt = da and (da.state == "value" or da.state == "dash" or da.state == "untyped")
          if nu and not nu:is_zero() and not tryckt then
            fel[#fel + 1] = finding("{rad} är {belopp} i {tabell} men saknar jämförelsetal för {ar}.",
              { rad = rad.label, belopp = nu, tabell = tabell.place_,
                ar = ar.foregaende.rakenskapsar }, { at = nu })
          end
        end
      end
    end
    if not provad then return not_applicable("Resultaträkning och balansräkning saknas") end
    if oviss then
      fel[1] = finding("Ingen tabell visar något år före {ar}. Om förbundet inte bildades under {ar} saknas jämförelsetalen.",
        { ar = ar.rakenskapsar }, { at = ar.resultatrakning or ar.balansrakning, level = "note" })
    end
    return #fel > 0 and fel or nil
  end,
}
