return rule {
  id     = "BAL-03",
  title  = "Balanskravsutredningen visar resultatet efter justeringar och balanskravsresultatet",
  ground = "LKBR 11 kap. 10 § i lydelsen SFS 2023:643, från räkenskapsåret 2024",
  level  = "deviation",
  needs  = { "balanskravsutredning" },
  recommendation = "Ställ upp balanskravsutredningen med båda raderna.",
  check  = function(ar)
    if ar.rakenskapsar < 2024 then return not_applicable("kravet gäller från räkenskapsåret 2024") end
    local out = {}
    for _, id in ipairs { "efter_balanskravsjusteringar", "balanskravsresultat" } do
      local state = ar:state("balanskravsutredning." .. id)
      if not state or state == "computed" then
        local name = id == "balanskravsresultat" and "Balanskravsresultat"
          or "Årets resultat efter balanskravsjusteringar"
        out[#out + 1] = finding("Raden ”{rad}” saknas i balanskravsutredningen.", { rad = name },
          { at = ar.balanskravsutredning })
      end
    end
    return out
  end,
}
