local nybildat = require "nybildat"

local function har_ar(tabell, ar)
  for kolumn in each(tabell:columns()) do
    if kolumn.year == ar then return true end
  end
end

-- Går den summa som raden hör till jämnt upp utan den?  Då står den tomma rutan för noll.
local function summerar_utan(tabell, rad)
  local under, belopp, summa = {}, {}, nil
  for r in tabell:usual_rows() do under[r.id] = r.under end
  for r in tabell:rows() do under[r.id], belopp[r.id] = r.under, r.belopp end
  local function over(id)
    id = under[id]
    while id and not belopp[id] do id = under[id] end
    return id
  end
  local hel = over(rad.id)
  for id in pairs(under) do
    if over(id) == hel and belopp[id] then summa = summa and summa + belopp[id] or belopp[id] end
    if under[id] == rad.id and belopp[id] then return false end  -- den är själv en summa
  end
  return hel and summa and agrees(summa, belopp[hel])
end

local function tom(fakta)
  return not (fakta and (fakta.state == "value" or fakta.state == "dash" or fakta.state == "untyped"))
end

local function star_for_noll(ar, tabell, rader)
  local namn = {}
  for i, rad in ipairs(rader) do namn[i] = rad.label end
  if #namn == 0 then return end
  return finding("Rutan för {ar} är tom i {tabell} för {rader}. Summorna går jämnt upp utan, så att den står för noll; det bör skrivas ut.",
    { ar = ar.rakenskapsar, tabell = tabell.place_, rader = listed(namn) }, { at = rader[1], level = "note" })
end

return rule {
  id     = "FRM-09",
  title  = "Varje post i räkningarna har ett jämförelsetal",
  ground = "LKBR 5 kap. 6 §, 6 kap. 5 §",
  level  = "deviation",
  asks   = "Datum då förbundet bildades",
  recommendation = "Ange föregående års belopp för varje post.",
  limits = "Ett förbund som bildades under året har inget att jämföra med. När inget säger när det bildades, och ingen tabell visar ett tidigare år, är det en notering. Det är det också när rutan är tom och summorna går jämnt upp utan den.",
  check  = function(ar)
    local forsta, fel, provad = nybildat(ar), {}, false
    if forsta == "ja" then
      return not_applicable("förbundet bildades " .. ar:get "forbund.bildat" .. " och har inget tidigare räkenskapsår")
    end
    local oviss = forsta == "kanske"
    for _, namn in ipairs { "resultatrakning", "balansrakning" } do
      local tabell, fg = ar[namn], ar.foregaende[namn]
      provad = provad or tabell ~= nil
      if tabell and not oviss and not har_ar(tabell, ar.foregaende.rakenskapsar) then
        fel[#fel + 1] = finding("Jämförelsetal för {ar} saknas i {tabell}.",
          { ar = ar.foregaende.rakenskapsar, tabell = tabell.place_ }, { at = tabell })
      elseif tabell and not oviss then
        local tomma, tomma_nu = {}, {}
        for rad in tabell:rows() do
          local nu, da = rad.belopp, fg:row(rad.id):fact()
          local nu_tomt, da_tomt = tom(rad:fact()), tom(da)
          if da_tomt and not nu_tomt and summerar_utan(fg, rad) then
            tomma[#tomma + 1] = rad
          elseif nu_tomt and not da_tomt and summerar_utan(tabell, rad) then
            tomma_nu[#tomma_nu + 1] = rad
          elseif nu and not nu:is_zero() and da_tomt then
            fel[#fel + 1] = finding("{rad} är {belopp} i {tabell} men saknar jämförelsetal för {ar}.",
              { rad = rad.label, belopp = nu, tabell = tabell.place_,
                ar = ar.foregaende.rakenskapsar }, { at = nu })
          end
        end
        fel[#fel + 1] = star_for_noll(ar.foregaende, tabell, tomma)
        fel[#fel + 1] = star_for_noll(ar, tabell, tomma_nu)
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
