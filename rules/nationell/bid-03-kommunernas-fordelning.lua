-- Kommunernas bidrag ett år: { rad, belopp } och deras summa.
local function kommuner(note)
  local delar, tal = {}, {}
  for rad in note:rows() do
    if rad.under == "bidrag_kommuner" and rad.belopp then
      delar[#delar + 1] = { rad = rad, belopp = rad.belopp }
      tal[#tal + 1] = rad.belopp
    end
  end
  local summa = sum(tal)
  if #delar > 1 and summa > kr(0) then return delar, summa end
end

local function avtalad(ar, rad)
  for medlem in each(ar:get("forbund.medlemmar")) do
    if medlem.not_rad == rad.id and medlem.andel then return medlem.andel end
  end
end

-- Har en kommun kommit till eller lämnat, så att andelarna inte kan vara desamma?
local function andrade_medlemmar(ar)
  local nu, da = tostring(ar.rakenskapsar), tostring(ar.rakenskapsar - 1)
  for medlem in each(ar:get("forbund.medlemmar")) do
    local fran, till = medlem.fran, medlem.till
    if fran and fran > da .. "-01-01" and fran <= nu .. "-12-31" then return true end
    if till and till >= da .. "-01-01" and till < nu .. "-12-31" then return true end
  end
end

-- Den kommun som bidrog föregående år men inte nu, eller tvärtom: den har lämnat eller kommit till.
local function kom_eller_gick(delar, fore)
  for _, del in ipairs(delar) do
    local da = fore[del.rad.id]
    if del.belopp:is_zero() and da and da > percent(0) then return del, "inget i år men bidrog föregående år" end
    if not del.belopp:is_zero() and (not da or da <= percent(0)) then return del, "i år men inte föregående år" end
  end
end

local function namns(ar)
  for falt in each { "vasentliga_handelser", "viktiga_forhallanden", "forvantad_utveckling" } do
    local text = ar:get("forvaltningsberattelse." .. falt) or ""
    for ord in each { "utträ", "lämna", "inträ", "ny medlem", "nya medlem", "tillkom", "anslut" } do
      if contains(text, ord) then return true end
    end
  end
end

return rule {
  id     = "BID-03",
  title  = "Kommunernas bidrag följer den avtalade fördelningen",
  ground = "FinsamL 5 § andra stycket",
  level  = "recommendation",
  why    = "Fördelningen mellan kommunerna är deras egen sak; den avtalade kan prövas.",
  needs  = { "not_intakter" },
  recommendation = "Stäm av kommunernas bidrag mot den fördelning som de har avtalat.",
  limits = "Utan avtalad andel i förbundets fil jämförs bara med föregående år; en ny fördelning kan vara avtalad.",
  check  = function(ar, p)
    local delar, summa = kommuner(ar.not_intakter)
    if not delar then return not_applicable("kommunernas bidrag är inte tryckta var för sig") end
    local forra, forra_summa = kommuner(ar.foregaende.not_intakter)
    local fore, ut, andrade = {}, {}, andrade_medlemmar(ar)
    for _, del in ipairs(forra or {}) do fore[del.rad.id] = del.belopp / forra_summa end
    local ny, hur = nil, nil
    if forra and not andrade then ny, hur = kom_eller_gick(delar, fore) end
    if ny and not namns(ar) then
      ut[1] = finding("{rad} bidrar " .. hur .. ". Har medlemmen lämnat eller kommit till bör det framgå.", { rad = ny.rad.label },
        { at = ny.belopp, level = "note" })
    end
    andrade = andrade or ny
    local andringar, forsta = {}, nil
    for _, del in ipairs(delar) do
      local nu, da, avtal = del.belopp / summa, fore[del.rad.id], avtalad(ar, del.rad)
      if avtal and not agrees(avtal, nu) then
        ut[#ut + 1] = finding("{rad} är {belopp}, {nu:%1} av kommunernas bidrag; den avtalade andelen är {avtal}, {ska:kr}.",
          { rad = del.rad.label, belopp = del.belopp, nu = nu, avtal = avtal:text(), ska = avtal * summa },
          { at = del.belopp })
      elseif not avtal and da and not andrade and (nu - da):abs() > p.bidrag.kommun_andring then
        andringar[#andringar + 1] = ("%s från %s till %s"):format(del.rad.label, da:text "%1", nu:text "%1")
        forsta = forsta or del.belopp
      end
    end
    if forsta then -- den enas större del är de andras mindre
      ut[#ut + 1] = finding("Fördelningen av kommunernas bidrag är ändrad: {andringar}. Det bör framgå varför.",
        { andringar = listed(andringar) }, { at = forsta })
    end
    return ut
  end,
}
