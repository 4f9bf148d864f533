-- engagement.lua: what the revisor decides: materiality, recommendations, answers, and the
-- avsteg that a förbund has decided.  granskning.yaml and avsteg.yaml stand beside the report.
local medel = require "medel"
local files = require "medel.files"
local shape = require "medel.shape"

local engagement = {}

local docs = setmetatable({}, { __mode = "k" }) -- by what was read: where its entries stand

-- Tell what is wrong in an akt once more is known than its form; 'tell' is given its collector.
function engagement.check(akt, tell)
  local doc = docs[akt]
  if not doc then return end
  tell(doc, akt)
  doc:done()
end

-- Every rule that is named is one; known(id) says so, and hint(id) what it may be.
function engagement.check_ids(list, known, hint)
  engagement.check(list, function(doc)
    local function one(map, key, id, what)
      if type(id) == "string" and not known(id) then doc:wrong(map, key, "no %s '%s'%s", what, id, hint(id)) end
    end
    if list ~= doc.root then
      for _, a in ipairs(list) do one(a, "regel", a.regel, "rule") end
      return
    end
    for id in pairs(list.rekommendationer) do one(list.rekommendationer, id, id:match "^[^/]*", "rule") end
    for id in pairs(list.svar) do one(list.svar, id, id, "rule or question") end
    for _, o in ipairs(list.iakttagelser or {}) do one(o, "regel", o.regel, "rule") end
    for _, u in ipairs(list.underlag or {}) do
      for i, id in ipairs(u.svarar_pa or {}) do one(u.svarar_pa, i, id, "rule or question") end
    end
    for _, key in ipairs { "revisionsfragor", "risker", "metod", "iakttagelser" } do
      for _, entry in ipairs(list[key] or {}) do
        for i, id in ipairs(entry.stod or {}) do
          if id:find "^%u%u%u+%-%d%d+$" and not require("medel.granskning.akt").names(list)[id] then one(entry.stod, i, id, "rule") end
        end
      end
    end
  end)
end

function engagement.none()
  return { rekommendationer = {}, svar = {}, uppdrag = {}, rubriker = {} }
end

-- The akt (docs/granskning.md): its form, what its entries say of each other, and what follows.
function engagement.read(path)
  local akt, form = require "medel.granskning.akt", require "medel.granskning.form"
  local doc, folder = shape.read(path, form.granskning, "granskning.yaml"), files.folder(path)
  local root = doc.root
  akt.check(doc, root, folder)
  doc:done()
  for key, empty in pairs(engagement.none()) do root[key] = root[key] or empty end
  root.path = path
  docs[root] = doc
  return akt.complete(root, function(name) return engagement.read(folder .. "/" .. name) end)
end

function engagement.beside(report_path)
  local path = files.beside(report_path, "granskning.yaml")
  return path and engagement.read(path) or engagement.none()
end

-- ---- materiality ----

local function stated(e, key)
  local text = e.vasentlighet and e.vasentlighet[key]
  return text and shape.amount(text) or nil
end

-- { helhet, arbete, ringa, reason }: from the engagement, else from the parameters.
function engagement.materiality(e, ar, parameters)
  local p = parameters:at(ar)
  local helhet = stated(e, "helhet")
  local reason = e.vasentlighet and e.vasentlighet.skal
  if not helhet then
    local costs = ar.verksamhetens_kostnader
    -- a year before the norm has no materiality of its own
    if not costs or not pcall(function() return p.vasentlighet.helhet end) then return nil end
    helhet = p.vasentlighet.helhet * costs:abs()
    reason = ("%s av verksamhetens kostnader %s"):format(p.vasentlighet.helhet:text(), costs:abs():text "kr")
  end
  return {
    helhet = helhet,
    arbete = stated(e, "arbete") or p.vasentlighet.arbete * helhet,
    ringa  = stated(e, "ringa") or p.vasentlighet.ringa * helhet,
    reason = reason or "enligt granskning.yaml",
  }
end

-- Wrong figures below what is clearly trivial are deviations; from the overall amount up
-- they are material.  Nothing else changes level.
function engagement.weigh(findings, materiality)
  if not materiality then return end
  for _, f in ipairs(findings) do
    local amount = f.difference
    if amount and amount:unit() == "amount" and f.level == "error" then
      amount = amount:abs()
      if amount < materiality.ringa then
        f.level, f.weight = "deviation", "ringa"
      elseif amount >= materiality.helhet then
        f.weight = "väsentlig"
      end
    end
  end
end

-- ---- fingerprints ----

-- The rule and its figures, not where they stand: a retyped line keeps it, a changed
-- figure does not.
function engagement.fingerprint(finding)
  local parts, seen = {}, {}
  for _, fact in ipairs(finding.evidence or {}) do
    local numerator, denominator = fact.printed:parts()
    local key = table.concat({ fact.table, fact.item or "", fact.row, fact.measure or "",
      fact.year, fact.variant, numerator .. "/" .. denominator }, "|")
    if not seen[key] then
      seen[key] = true
      parts[#parts + 1] = key
    end
  end
  if #parts == 0 then parts[1] = finding.message end
  table.sort(parts)
  return medel.sha256(finding.rule .. "\n" .. table.concat(parts, "\n")):sub(1, 32)
end

-- The same observation in another year: rule and place, without year and value.
function engagement.place_key(finding)
  local fact = finding.evidence and finding.evidence[1]
  if not fact then return finding.rule .. "|" .. finding.message end
  return table.concat({ finding.rule, fact.table, fact.item or "", fact.row, fact.measure or "" }, "|")
end

-- ---- avsteg ----

local function valid_on(avsteg, year)
  return not avsteg.till_och_med or avsteg.till_och_med >= ("%d-12-31"):format(year)
end

function engagement.read_avsteg(report_path)
  local path = files.beside(report_path, "avsteg.yaml")
  return path and engagement.read_avsteg_file(path) or {}
end

function engagement.read_avsteg_file(path)
  local doc = shape.read(path, require("medel.granskning.form").avsteg, "avsteg.yaml")
  doc:done()
  local list = doc.root.avsteg or {}
  docs[list] = doc
  return list
end

-- Moves waived findings out of result.findings into result.waived; a waiver that has
-- expired or whose figures have changed is put in result.lapsed.
function engagement.apply_avsteg(result, list)
  result.waived, result.lapsed = {}, {}
  local by_print = {}
  for _, a in ipairs(list) do by_print[a.regel .. a.fingeravtryck] = a end
  local kept, used = {}, {}
  for _, f in ipairs(result.findings) do
    local a = by_print[f.rule .. f.fingerprint]
    if a and valid_on(a, result.ar.rakenskapsar) then
      f.avsteg = a
      result.waived[#result.waived + 1] = f
      used[a] = true
    else
      kept[#kept + 1] = f
      if a then
        used[a] = true
        result.lapsed[#result.lapsed + 1] = { avsteg = a, why = "gällde till och med " .. a.till_och_med }
      end
    end
  end
  result.findings = kept
  for _, a in ipairs(list) do
    if not used[a] then
      result.lapsed[#result.lapsed + 1] = { avsteg = a, why = "uppgifterna har ändrats eller iakttagelsen finns inte kvar" }
    end
  end
end

return engagement
