return rule {
  id     = "STY-01",
  title  = "Budgeten är fastställd senast den 30 november",
  ground = "FinsamL 23 §",
  level  = "deviation",
  recommendation = "Fastställ budgeten senast den 30 november året före budgetåret.",
  check  = function(ar)
    local fel, provad = {}, false
    for budgetar, falt in pairs { [ar.rakenskapsar] = "budget_faststalld",
                                  [ar.rakenskapsar + 1] = "nasta_budget_faststalld" } do
      local dag = ar:get("styrning." .. falt)
      provad = provad or dag ~= nil
      if dag and dag > budgetar - 1 .. "-11-30" then
        fel[#fel + 1] = finding("Budgeten för {ar} fastställdes {dag}, efter den 30 november {fore}.",
          { ar = budgetar, dag = dag, fore = budgetar - 1 }, { at = "styrning." .. falt })
      end
    end
    if not provad then return not_applicable("Det är inte angivet när budgeten fastställdes") end
    return #fel > 0 and fel or nil
  end,
}
