local rader = { efter_balanskravsjusteringar = "Årets resultat efter balanskravsjusteringar", balanskravsresultat = "Balanskravsresultat" }
local resultat = { arets_resultat = true, efter_balanskravsjusteringar = true, balanskravsresultat = true }

-- Är någon justering tryckt med belopp, så att raderna skiljer sig åt?
local function justerat(utredning)
  for rad in utredning:rows() do
    local belopp = not resultat[rad.id] and rad.belopp
    if belopp and not belopp:is_zero() then return true end
  end
end

return rule {
  id     = "BAL-03",
  title  = "Balanskravsutredningen visar resultatet efter justeringar och balanskravsresultatet",
  ground = "LKBR 11 kap. 10 §",
  level  = "deviation",
  from   = "2013-01-01",
  why    = "Raderna kom med KRL 4 kap. 3 a § 2013 och fördes över till LKBR; SFS 2023:643 ändrade reserven, inte raderna. Utan justeringar säger de samma sak, och att en saknas är då bara en notering.",
  needs  = { "balanskravsutredning" },
  recommendation = "Ställ upp balanskravsutredningen med båda raderna.",
  check  = function(ar)
    local ut, saknas = {}, {}
    for _, id in ipairs { "efter_balanskravsjusteringar", "balanskravsresultat" } do
      local tillstand = ar:state("balanskravsutredning." .. id)
      if not tillstand or tillstand == "computed" then saknas[#saknas + 1] = id end
    end
    local ringa = #saknas == 1 and not justerat(ar.balanskravsutredning)
    for _, id in ipairs(saknas) do
      ut[#ut + 1] = finding("Raden ”{rad}” saknas i balanskravsutredningen.", { rad = rader[id] },
        { at = ar.balanskravsutredning, level = ringa and "note" or nil })
    end
    return ut
  end,
}
