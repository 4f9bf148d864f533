-- engagement.lua: what the revisor decides: materiality, recommendations, answers, and the
-- avsteg that a förbund has decided.  granskning.yaml and avsteg.yaml stand beside the report.
local medel = require "medel"

local engagement = {}

local known = {
  granskning = { medel_granskning = true, vasentlighet = true, rekommendationer = true, svar = true,
                 uppdrag = true, rubriker = true, ovriga = true },
  avsteg = { regel = true, beslutat_av = true, datum = true, skal = true, till_och_med = true,
             fingeravtryck = true, text = true },
  beslut = { status = true, skal = true, text = true },
  vasentlighet = { helhet = true, arbete = true, ringa = true, skal = true },
}

local function check_keys(map, names, what, path)
  if type(map) ~= "table" then error(("%s: %s must be a mapping"):format(path, what), 0) end
  for key in pairs(map) do
    if not names[key] then error(("%s: unknown key '%s' in %s"):format(path, key, what), 0) end
  end
end

local function read(path, required)
  if not required and medel.is_absent(path) then return nil end
  local text, why = medel.read_file(path)
  if not text then error(why, 0) end
  local doc
  doc, why = medel.yaml(text, path)
  if not doc then error(why, 0) end
  return doc
end

-- iakttagelse: it stands as an observation and is not proposed as a recommendation
local statuses = { ["godkänd"] = true, ["avvisad"] = true, ["förslag"] = true, ["iakttagelse"] = true }

function engagement.none()
  return { rekommendationer = {}, svar = {}, uppdrag = {}, rubriker = {} }
end

function engagement.read(path, required)
  local doc = read(path, required)
  if not doc then return engagement.none() end
  check_keys(doc, known.granskning, "an engagement", path)
  if doc.medel_granskning ~= "1" then error(path .. ": medel_granskning: 1 is expected", 0) end
  doc.path = path
  doc.rekommendationer, doc.svar = doc.rekommendationer or {}, doc.svar or {}
  doc.uppdrag, doc.rubriker = doc.uppdrag or {}, doc.rubriker or {}
  if doc.vasentlighet then check_keys(doc.vasentlighet, known.vasentlighet, "vasentlighet", path) end
  if doc.ovriga and doc.ovriga ~= "iakttagelse" and doc.ovriga ~= "förslag" then
    error(path .. ": ovriga must be iakttagelse or förslag", 0)
  end
  for id, decision in pairs(doc.rekommendationer) do
    check_keys(decision, known.beslut, id, path)
    if not statuses[decision.status] then
      error(("%s: status of %s must be godkänd, avvisad, iakttagelse or förslag"):format(path, id), 0)
    end
    if decision.status == "avvisad" and not decision.skal then
      error(("%s: %s is avvisad without skal"):format(path, id), 0)
    end
  end
  return doc
end

local function folder_of(path)
  return path:match "^(.*)/[^/]*$" or "."
end

function engagement.beside(report_path)
  return engagement.read(folder_of(report_path) .. "/granskning.yaml", false)
end

-- ---- materiality ----

local function stated(e, key)
  local text = e.vasentlighet and e.vasentlighet[key]
  return text and medel.kr((text:gsub("%s*kr$", ""))) or nil
end

-- { helhet, arbete, ringa, reason }: from the engagement, else from the parameters.
function engagement.materiality(e, ar, parameters, norms)
  local p = parameters:at(ar, norms)
  local helhet = stated(e, "helhet")
  local reason = e.vasentlighet and e.vasentlighet.skal
  if not helhet then
    local costs = ar.verksamhetens_kostnader
    if not costs then return nil end
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
  return engagement.read_avsteg_file(folder_of(report_path) .. "/avsteg.yaml", false)
end

function engagement.read_avsteg_file(path, required)
  local doc = read(path, required)
  if not doc then return {} end
  check_keys(doc, { medel_avsteg = true, avsteg = true }, "avsteg.yaml", path)
  if doc.medel_avsteg ~= "1" then error(path .. ": medel_avsteg: 1 is expected", 0) end
  for i, a in ipairs(doc.avsteg or {}) do
    local what = "avsteg " .. i
    check_keys(a, known.avsteg, what, path)
    for key, value in pairs(a) do
      if type(value) ~= "string" then error(("%s: '%s' of %s must be a text"):format(path, key, what), 0) end
    end
    for _, key in ipairs { "regel", "beslutat_av", "datum", "skal", "fingeravtryck" } do
      if not a[key] then error(("%s: %s has no '%s'"):format(path, what, key), 0) end
    end
    for _, key in ipairs { "datum", "till_och_med" } do
      if a[key] and not a[key]:find "^%d%d%d%d%-%d%d%-%d%d$" then
        error(("%s: '%s' of %s must be YYYY-MM-DD"):format(path, key, what), 0)
      end
    end
  end
  return doc.avsteg or {}
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
