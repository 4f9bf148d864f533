-- engagement.lua: what the revisor decides: materiality, recommendations, answers, and the
-- avsteg that a förbund has decided.  granskning.yaml and avsteg.yaml stand beside the report.
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"

local engagement = {}

local known = {
  granskning = { medel_granskning = true, vasentlighet = true, rekommendationer = true, svar = true,
                 uppdrag = true, rubriker = true, ovriga = true },
  avsteg = { regel = true, beslutat_av = true, datum = true, skal = true, till_och_med = true,
             fingeravtryck = true, text = true },
  beslut = { status = true, skal = true, text = true },
  vasentlighet = { helhet = true, arbete = true, ringa = true, skal = true },
}

-- In their order, so that the errors are the same on every run.
local function sorted(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

-- The mapping at a key; an empty one, and an error, if there is something else.
local function check_map(doc, map, key, names)
  local value = map[key]
  if type(value) ~= "table" or value[1] ~= nil then
    doc:wrong(map, key, "%s must be a mapping", key)
    return {}
  end
  for _, name in ipairs(sorted(value)) do
    if names and not names[name] then
      local near = require("medel.help").nearest(name, sorted(names))
      doc:wrong(value, name, "unknown key '%s' in %s%s", name, key, near and ": did you mean '" .. near .. "'?" or "")
    end
  end
  return value
end

local function check_text(doc, map, key)
  if map[key] ~= nil and type(map[key]) ~= "string" then doc:wrong(map, key, "%s must be a text", key) end
end

local function check_texts(doc, map, key)
  local value = check_map(doc, map, key)
  for _, name in ipairs(sorted(value)) do check_text(doc, value, name) end
end

-- A collector of what is wrong in the file, with its root; nil if it is not there.
local function read(path, required, first)
  if not required and files.is_absent(path) then return nil end
  local root, places = diagnostics.need(medel.yaml(files.need(path), path))
  local doc = diagnostics.collector(path, places)
  if type(root) ~= "table" or root[first] ~= "1" then
    doc:wrong(root, first, "%s: 1 is expected", first)
    doc:done()
  end
  doc.root = root
  return doc
end

-- iakttagelse: it stands as an observation and is not proposed as a recommendation
local statuses = { ["godkänd"] = true, ["avvisad"] = true, ["förslag"] = true, ["iakttagelse"] = true }

local function check_decision(doc, all, id)
  local decision = check_map(doc, all, id, known.beslut)
  if decision ~= all[id] then return end
  for _, key in ipairs(sorted(decision)) do check_text(doc, decision, key) end
  if not statuses[decision.status] then
    doc:wrong(decision.status and decision or all, decision.status and "status" or id,
      "status of %s must be godkänd, avvisad, iakttagelse or förslag", id)
  end
  if decision.status == "avvisad" and not decision.skal then doc:wrong(all, id, "%s is avvisad without skal", id) end
end

-- An amount of kronor: "100 000 kr"
local function amount(text)
  return medel.kr((text:gsub("%s*kr$", "")))
end

local function check_materiality(doc, root)
  local map = check_map(doc, root, "vasentlighet", known.vasentlighet)
  for _, key in ipairs { "helhet", "arbete", "ringa" } do
    check_text(doc, map, key)
    local ok, why = true, nil
    if type(map[key]) == "string" then ok, why = pcall(amount, map[key]) end
    if not ok then
      doc:wrong(map, key, "%s is '%s': %s", key, map[key], tostring(why):match "%((.*)%)$" or "an amount is expected: 100 000 kr")
    end
  end
  check_text(doc, map, "skal")
end

function engagement.none()
  return { rekommendationer = {}, svar = {}, uppdrag = {}, rubriker = {} }
end

function engagement.read(path, required)
  local doc = read(path, required, "medel_granskning")
  if not doc then return engagement.none() end
  local root = doc.root
  check_map(doc, { granskning = root }, "granskning", known.granskning)
  for _, key in ipairs { "rekommendationer", "svar", "uppdrag", "rubriker" } do
    root[key] = root[key] or {}
    check_map(doc, root, key)
    if key ~= "rekommendationer" then check_texts(doc, root, key) end
  end
  if root.vasentlighet ~= nil then check_materiality(doc, root) end
  if root.ovriga and root.ovriga ~= "iakttagelse" and root.ovriga ~= "förslag" then
    doc:wrong(root, "ovriga", "ovriga must be iakttagelse or förslag")
  end
  local decisions = type(root.rekommendationer) == "table" and root.rekommendationer or {}
  for _, id in ipairs(sorted(decisions)) do check_decision(doc, decisions, id) end
  doc:done()
  root.path = path
  return root
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
  return text and amount(text) or nil
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

local function check_avsteg(doc, list, i)
  local a = check_map(doc, list, i, known.avsteg)
  if a ~= list[i] then return end
  for _, key in ipairs(sorted(a)) do check_text(doc, a, key) end
  for _, key in ipairs { "regel", "beslutat_av", "datum", "skal", "fingeravtryck" } do
    if not a[key] then doc:wrong(list, i, "avsteg %d has no '%s'", i, key) end
  end
  for _, key in ipairs { "datum", "till_och_med" } do
    if type(a[key]) == "string" and not a[key]:find "^%d%d%d%d%-%d%d%-%d%d$" then
      doc:wrong(a, key, "'%s' of avsteg %d must be YYYY-MM-DD", key, i)
    end
  end
end

function engagement.read_avsteg(report_path)
  return engagement.read_avsteg_file(folder_of(report_path) .. "/avsteg.yaml", false)
end

function engagement.read_avsteg_file(path, required)
  local doc = read(path, required, "medel_avsteg")
  if not doc then return {} end
  check_map(doc, { ["avsteg.yaml"] = doc.root }, "avsteg.yaml", { medel_avsteg = true, avsteg = true })
  local list = doc.root.avsteg
  if list == nil then list = {} end
  if type(list) ~= "table" or next(list) ~= nil and list[1] == nil then
    doc:wrong(doc.root, "avsteg", "avsteg must be a list")
    list = {}
  end
  for i = 1, #list do check_avsteg(doc, list, i) end
  doc:done()
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
