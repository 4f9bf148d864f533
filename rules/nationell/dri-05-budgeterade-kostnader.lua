local function size(q)
  return q and q:abs()
end

local function mentions(row, words)
  for _, word in ipairs(words) do
    if contains(row.label, word) then return true end
  end
end

-- The printed groups, and the rows of those that are not printed.  nil where one is budgeted net
-- of incomes, which says nothing of costs.
local function groups(drift)
  local out = {}
  for row in drift:rows() do
    local top = row.under == "resultat" or row.under and row.under ~= "intakter" and not drift:row(row.under)
    if top and row.id ~= "intakter" then
      local fin = mentions(row, { "finans", "ränt" }) or row.id == "ovrigt"
      local net = not fin and (row.budget and row.budget > kr(0) or row.intakt and not row.intakt:is_zero())
      if net and not row.budget_kostnad then return nil end
      out[#out + 1] = row
    end
  end
  return out
end

-- The budgeted costs that the driftredovisning can be said to print: all groups, with and
-- without what it keeps outside them, gross and net.
local function forms(drift, rows)
  local netto, brutto, utan = {}, {}, {}
  for _, row in ipairs(rows) do
    netto[#netto + 1] = row.budget
    brutto[#brutto + 1] = size(row.budget_kostnad)
    if not mentions(row, { "avskriv", "finans", "ränt" }) then utan[#utan + 1] = row.budget end
  end
  local resultat, intakter = drift:row("resultat"), drift:row("intakter")
  local all = { size(sum(netto)) }
  all[#all + 1] = sum(brutto)
  all[#all + 1] = size(sum(utan))
  all[#all + 1] = resultat and size(resultat.budget_kostnad)
  if resultat and intakter and resultat.budget and intakter.budget then
    all[#all + 1] = size(intakter.budget - resultat.budget)
  end
  return all, size(sum(netto))
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
    local rader = groups(ar.driftredovisning)
    if not rader then return not_applicable("grupperna är budgeterade netto efter intäkter") end
    local alla, tabell = forms(ar.driftredovisning, rader)
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
