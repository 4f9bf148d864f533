local function storlek(q)
  return q and q:abs()
end

local function namner(rad, orden)
  for _, ord in ipairs(orden) do
    if contains(rad.label, ord) then return true end
  end
end

-- The printed groups, and the rows of those that are not printed.  nil where one is budgeted net
-- of incomes, which says nothing of costs.
local function grupper(drift)
  local ut = {}
  for rad in drift:rows() do
    local topp = rad.under == "resultat" or rad.under and rad.under ~= "intakter" and not drift:row(rad.under)
    if topp and rad.id ~= "intakter" then
      local fin = namner(rad, { "finans", "ränt" }) or rad.id == "ovrigt"
      local nettobudgeterad = not fin and (rad.budget and rad.budget > kr(0) or rad.intakt and not rad.intakt:is_zero())
      if nettobudgeterad and not rad.budget_kostnad then return nil end
      ut[#ut + 1] = rad
    end
  end
  return ut
end

-- The budgeted costs that the driftredovisning can be said to print: all groups, with and
-- without what it keeps outside them, gross and net.
local function kostnadsformer(drift, grupprader)
  local netto, brutto, utan = {}, {}, {}
  for _, rad in ipairs(grupprader) do
    netto[#netto + 1] = rad.budget
    brutto[#brutto + 1] = storlek(rad.budget_kostnad)
    if not namner(rad, { "avskriv", "finans", "ränt" }) then utan[#utan + 1] = rad.budget end
  end
  local resultat, intakter = drift:row("resultat"), drift:row("intakter")
  local formerna = { storlek(sum(netto)) }
  formerna[#formerna + 1] = sum(brutto)
  formerna[#formerna + 1] = storlek(sum(utan))
  formerna[#formerna + 1] = resultat and storlek(resultat.budget_kostnad)
  if resultat and intakter and resultat.budget and intakter.budget then
    formerna[#formerna + 1] = storlek(intakter.budget - resultat.budget)
  end
  return formerna, storlek(sum(netto))
end

return rule {
  id     = "DRI-05",
  title  = "Budgeterade kostnader är desamma i text och driftredovisning",
  ground = "LKBR 10 kap. 1 §; RKR R14",
  level  = "deviation",
  needs  = { "driftredovisning", "budget.verksamhetens_kostnader" },
  recommendation = "Ange samma fastställda budget i texten och i driftredovisningen.",
  limits = "En budget i text kan räkna in annat än driftredovisningen gör, som avskrivningar, finansiella poster och projektmedel, så en skillnad är en fråga. Budgeterat resultat jämförs av TXT-01.",
  check  = function(ar)
    local rader = grupper(ar.driftredovisning)
    if not rader then return not_applicable("grupperna är budgeterade netto efter intäkter") end
    local alla, tabell = kostnadsformer(ar.driftredovisning, rader)
    local tryckt, avskrivning = ar.budget:precise("verksamhetens_kostnader"), ar.budget.avskrivningar
    local text, plats = tryckt:abs(), tryckt:fact()
    if not tabell then return not_applicable("grupperna har ingen budget") end
    for form in each(alla) do
      if agrees(text, form) or avskrivning and agrees(text + avskrivning:abs(), form) then return end
    end
    return finding("{plats} anger budgeterade kostnader till {text} men driftredovisningens grupper är budgeterade till {tabell}; skillnaden är {skillnad}. Vad räknas in på vartdera stället?",
      { plats = (not plats or plats.in_text) and "Texten" or "Budgetkolumnen", text = text, tabell = tabell,
        skillnad = (text - tabell):abs() }, { at = text, level = "note" })
  end,
}
