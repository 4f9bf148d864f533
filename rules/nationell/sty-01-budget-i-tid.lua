local nybildat = require "nybildat"

return rule {
  id     = "STY-01",
  title  = "Budgeten är fastställd senast den 30 november",
  ground = "FinsamL 23 §",
  level  = "deviation",
  asks   = "Datum för styrelsens beslut om budgeten för {ar} och för {nasta}",
  recommendation = "Fastställ budgeten senast den 30 november året före budgetåret.",
  limits = "När förbundet bildas fastställer medlemmarna budgeten för den tid som återstår av året.",
  check  = function(ar)
    local fel, provad = {}, false
    for budgetar, falt in pairs { [ar.rakenskapsar] = "budget_faststalld",
                                  [ar.rakenskapsar + 1] = "nasta_budget_faststalld" } do
      local dag = ar:get("styrning." .. falt)
      provad = provad or dag ~= nil
      local forsta = budgetar == ar.rakenskapsar and dag and dag >= budgetar .. "-01-01" and nybildat(ar)
      if dag and dag > budgetar - 1 .. "-11-30" and forsta ~= "ja" then
        fel[#fel + 1] = finding("Budgeten för {ar} fastställdes {dag}, efter den 30 november {fore}"
          .. (forsta and "; det är rätt bara om förbundet bildades under året." or "."),
          { ar = budgetar, dag = dag, fore = budgetar - 1 },
          { at = "styrning." .. falt, level = forsta and "note" or nil })
      end
    end
    if not provad then return not_applicable("Det är inte angivet när budgeten fastställdes") end
    return #fel > 0 and fel or nil
  end,
}
