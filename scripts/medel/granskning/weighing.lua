-- weighing.lua: decisions on findings, misstatements against materiality, and whether what was
-- computed speaks against the conclusion.
local medel = require "medel"
local shape = require "medel.shape"
local words = require "medel.writers.words"

local weighing = {}

-- The decision on a finding: of its rule and fingerprint, else of its rule.
function weighing.decision_on(result, f)
  local all = result.engagement.rekommendationer
  for key, decision in pairs(all) do
    local rule, print = key:match "^(.-)/(%x+)$"
    if rule == f.rule and f.fingerprint and f.fingerprint:sub(1, #print) == print then return decision end
  end
  return all[f.rule]
end

-- The texts of the recommendations that are given: those that were decided, and own ones.
function weighing.recommendations(result)
  local out, seen = {}, {}
  for _, f in ipairs(result.findings) do
    local d = weighing.decision_on(result, f)
    local text = d and (d.status == "godkänd" or d.status == "omformulerad") and (d.text or f.recommendation)
    if text and not seen[text] then
      seen[text] = true
      out[#out + 1] = text
    end
  end
  for _, own in ipairs(result.engagement.iakttagelser or {}) do
    if own.rekommendation then out[#out + 1] = own.rekommendation end
  end
  return out
end

-- Each cause once: { { id, text, amount (signed), of_books, material } }.  What the revisor has
-- dismissed, and what follows from another finding, is not counted.
local function misstatements(result)
  local list = {}
  for _, f in ipairs(result.findings) do
    local decision = weighing.decision_on(result, f)
    local amount = f.difference
    if amount and amount:unit() == "amount" and not amount:is_zero() and (f.level == "error" or f.level == "deviation")
      and not (decision and decision.status == "avvisad") then
      list[#list + 1] = { id = f.rule, text = f.message, amount = amount, of_books = f.rule:find "^HUV" or f.rule:find "^AVS" or false }
    end
  end
  for _, own in ipairs(result.engagement.iakttagelser or {}) do
    if own.belopp then list[#list + 1] = { id = own.id, text = own.text, amount = shape.amount(own.belopp), of_books = false } end
  end
  return list
end

function weighing.total(list, of_books)
  local total = medel.kr(0)
  for _, m in ipairs(list) do
    if (m.of_books and true or false) == of_books then total = total + m.amount:abs() end
  end
  return total
end

-- What the amounts come to against materiality: { single, together, list }.
function weighing.weighed(result)
  local m, list = result.materiality, misstatements(result)
  local out = { list = list, single = 0, total = weighing.total(list, false), books = weighing.total(list, true) }
  if not m then return out end
  for _, one in ipairs(list) do
    one.material = one.amount:abs() >= m.helhet
    if one.material then out.single = out.single + 1 end
  end
  out.together = out.total >= m.helhet or out.books >= m.helhet
  return out
end

local forms = {
  ["utan modifiering"] = {
    ["begränsad"] = "Grundat på vår granskning har det inte kommit fram några omständigheter som ger oss anledning att anse att "
      .. "årsredovisningen inte, i allt väsentligt, är upprättad enligt lag och god redovisningssed.",
    ["rimlig"] = "Årsredovisningen har enligt vår uppfattning upprättats enligt lag och god redovisningssed och ger i allt väsentligt en "
      .. "rättvisande bild av resultatet och den ekonomiska ställningen.",
  },
  ["med reservation"] = {
    ["begränsad"] = "Med undantag för det som anges nedan har det inte kommit fram några omständigheter som ger oss anledning att anse "
      .. "att årsredovisningen inte, i allt väsentligt, är upprättad enligt lag och god redovisningssed.",
    ["rimlig"] = "Med undantag för det som anges nedan har årsredovisningen enligt vår uppfattning upprättats enligt lag och god "
      .. "redovisningssed och ger i allt väsentligt en rättvisande bild.",
  },
  ["avvikande mening"] = {
    ["begränsad"] = "På grund av det som anges nedan är årsredovisningen inte, i allt väsentligt, upprättad enligt lag och god redovisningssed.",
    ["rimlig"] = "På grund av det som anges nedan ger årsredovisningen enligt vår uppfattning inte en rättvisande bild.",
  },
  ["avstår"] = {
    ["begränsad"] = "På grund av det som anges nedan uttalar vi ingen slutsats om årsredovisningen.",
    ["rimlig"] = "På grund av det som anges nedan uttalar vi oss inte om årsredovisningen.",
  },
}

-- Whether what was computed speaks against an unmodified conclusion, in words; nil if nothing does.
function weighing.against(result)
  local w = weighing.weighed(result)
  local concluded = result.engagement.slutsats
  if not concluded or concluded.form ~= "utan modifiering" then return nil end
  if w.single > 0 then
    return ("Slutsatsen är lämnad utan modifiering, men %s i bilagan om felaktigheter är var för sig större än väsentlighetstalet."):format(
      words.count(w.single, "belopp", "belopp"))
  elseif w.together then
    return ("Slutsatsen är lämnad utan modifiering, men de felaktiga beloppen är tillsammans %s, mer än väsentlighetstalet %s."):format(
      (w.total >= result.materiality.helhet and w.total or w.books):text "kr", result.materiality.helhet:text "kr")
  end
  for _, q in ipairs(result.engagement.revisionsfragor or {}) do
    if q.bedomning == "nej" and q.fraga:lower():find "rättvisande" then
      return ("Slutsatsen är lämnad utan modifiering, men frågan ”%s” är besvarad med nej."):format(q.fraga)
    end
  end
  return nil
end

-- As one person says what the forms say of several.
local alone = { { "vår granskning", "min granskning" }, { "ger oss", "ger mig" }, { "enligt vår", "enligt min" },
                { "uttalar vi oss", "uttalar jag mig" }, { "uttalar vi", "uttalar jag" } }

-- The conclusion in the revisor's words or the standard's form, of one who says "jag" or of
-- several; nil when there is none yet.
function weighing.concluded(result, one)
  local c = result.engagement.slutsats
  if not c then return nil end
  local text = c.text or forms[c.form][result.engagement.uppdrag.sakerhet or "begränsad"]
  for _, pair in ipairs(one and not c.text and alone or {}) do text = text:gsub(pair[1], pair[2]) end
  return text
end

-- Was any amount compared with another, by the taxonomy's checks?
function weighing.compared(result)
  local not_tried = {}
  for _, n in ipairs(result.not_applicable) do not_tried[n.rule] = true end
  for _, rule in ipairs(result.tried) do
    if rule.core and not not_tried[rule] then return true end
  end
  return false
end

return weighing
