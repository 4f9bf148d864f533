-- words.lua: the Swedish words that all writers share.
local words = {}

words.level = { error = "FEL", deviation = "AVV", recommendation = "REK", note = "NOT" }
words.levels = {
  { "error", "fel", "fel" },
  { "deviation", "avvikelse", "avvikelser" },
  { "recommendation", "rekommendation", "rekommendationer" },
  { "note", "notering", "noteringar" },
}

words.outcome = { passed = "utan avvikelse", not_applicable = "inte tillämplig", broken = "kunde inte köras",
                  finding = "iakttagelse" }

function words.count(n, one, many)
  return ("%d %s"):format(n, n == 1 and one or many)
end

-- "a, b och c"
function words.listed(list)
  if #list < 2 then return list[1] or "" end
  return table.concat(list, ", ", 1, #list - 1) .. " och " .. list[#list]
end

function words.title(ar)
  local forbund = ar.forbund
  local name = forbund and forbund.namn
  if ar.variant ~= "utfall" then return ("%s · %s enligt %s"):format(name or ar.fil, ar.scenario, ar.fil) end
  if ar.scenario then return ("%s · projektion %d: %s"):format(name or ar.fil, ar.rakenskapsar, ar.scenario) end
  return ("%s · %s"):format(name or ar.fil, require("medel.document").title(ar))
end

-- The title of a result: a ledger that was audited alone has its own.
function words.heading(result)
  return result.title or words.title(result.ar)
end

-- "363 uppgifter", of a ledger "412 verifikationer"
function words.size(result)
  if result.title then return words.count(result.ledger.verifikationer, "verifikation", "verifikationer") end
  return words.count(words.printed_figures(result.ar), "uppgift", "uppgifter")
end

-- Why a rule was not tried: the file has not come to it, the print lacks it, or it does not
-- concern the report.
function words.why_not(item)
  if item.missing:find("står inte i filen än", 1, true) then return "not_transcribed" end
  if item.missing:find "saknas" or item.missing:find "inte tryck" then return "not_printed" end
  return "not_applicable"
end

-- "53 inte prövade", and how many of them wait for the typist.
function words.not_tried(result)
  local waiting = 0
  for _, item in ipairs(result.not_applicable) do
    if words.why_not(item) == "not_transcribed" then waiting = waiting + 1 end
  end
  local text = ("%d inte prövade"):format(#result.not_applicable)
  return waiting > 0 and ("%s, varav %d för att något inte är inskrivet än"):format(text, waiting) or text
end

function words.printed_figures(ar)
  return #ar:facts { state = "value" }
end

-- Is it a figure of the ledger, not of the report?
function words.of_ledger(fact)
  return fact.state == "ledger"
end

-- "driftredovisning, rad 1246"; of a ledger "bok.se, rad 120"; of another report "balansräkning, rad 40 (2022.yaml)"
function words.where(ar, fact)
  if words.of_ledger(fact) then return ("%s, rad %d"):format(fact.file:match "[^/]*$", fact.line) end
  local other = ar and fact.file ~= ar.fil and fact.table ~= "forbund"
  return other and ("%s (%s)"):format(fact.where, fact.file:match "[^/]*$") or fact.where
end

-- A table or section as a reader calls it: "driftredovisning", "not 5".
function words.table_name(ar, id)
  return id and ar:place(id) or "övrigt"
end

-- "Summa, netto 2022"
function words.name(fact)
  return words.of_ledger(fact) and fact.label or fact.name
end

-- A text as typed for a figure, with its unit.
function words.typed(fact, text)
  if fact.unit ~= "" and not text:find "%a" and not text:find "%%" then
    text = text .. " " .. fact.unit
  end
  return (text:gsub("^%-", "−"))
end

-- The printed form with a unit: what a reader would look for on the page.
function words.value(fact)
  if words.of_ledger(fact) then return fact.value:text() end
  if fact.state == "computed" then return fact.value:text() end
  return words.typed(fact, fact.text)
end

-- The rules of a result that could not be run, or nil: "EKA-01, egen.lua"
function words.broken(result)
  local ids = {}
  for i, b in ipairs(result.broken) do ids[i] = b.rule and b.rule.id or b.id or b.file end
  return #ids > 0 and table.concat(ids, ", ") or nil
end

-- How many findings by level, in words; levels without any are left out of `few`.
function words.summary(findings)
  local n, parts = {}, {}
  for _, f in ipairs(findings) do n[f.level] = (n[f.level] or 0) + 1 end
  for _, level in ipairs(words.levels) do
    if n[level[1]] then parts[#parts + 1] = words.count(n[level[1]], level[2], level[3]) end
  end
  return parts
end

-- The printed figures that a quantity stands on, from the left, after those in 'list'.
function words.figures(quantity, list)
  list = list or {}
  local function leaves(node)
    if node.fact then list[#list + 1] = node.fact return end
    if node.left then leaves(node.left) end
    if node.right then leaves(node.right) end
  end
  leaves(quantity:derivation())
  return list
end

return words
