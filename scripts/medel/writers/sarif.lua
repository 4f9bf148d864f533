-- sarif.lua: SARIF 2.1.0, for code hosts and editors.  One run holds all reports.
local medel = require "medel"
local plain = require "medel.writers.plain"
local words = require "medel.writers.words"
local weight = require("medel.workspace").weight

local sarif = {}

-- What code hosts accept; the rest is in the other formats.
sarif.limits = { results = 25000, related = 999, text = 1024 }
local schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
local levels = { error = "error", deviation = "warning", recommendation = "note", note = "note" }

-- ---- texts and places ----

-- Text of a report cannot be a link or a placeholder: "](" is parted and braces are doubled.
local function plain_message(text)
  text = plain.utf8(text):gsub("%]%(", "] ("):gsub("[{}]", "%0%0")
  if utf8.len(text) <= sarif.limits.text then return text end
  text = text:sub(1, utf8.offset(text, sarif.limits.text) - 1)
  local braces = #text:match "{*$" + #text:match "}*$"
  if braces % 2 == 1 then text = text:sub(1, -2) end
  return text .. "…"
end

local function message(text)
  return { text = plain_message(text) }
end

local function uri(path)
  path = path:gsub("/+", "/"):gsub("^%./", ""):gsub("/%./", "/")
  path = path:gsub("[^A-Za-z0-9._~/-]", function(c) return ("%%%02X"):format(c:byte()) end)
  return path:find "^/" and "file://" .. path or path
end

local function place(file, line, col)
  return { artifactLocation = { uri = uri(file) },
           region = { startLine = math.max(line, 1), startColumn = math.max(col, 1) } }
end

local function related(ar, f)
  local out = {}
  for i, fact in ipairs(f.evidence or {}) do
    if i > sarif.limits.related then break end
    out[i] = { id = i, message = message(plain.evidence(ar, fact)),
               physicalLocation = place(fact.file, fact.line, fact.col) }
  end
  return #out > 0 and out or nil
end

-- ---- rules ----

local function descriptor(rule)
  local full = ("%s. Grund: %s."):format(rule.title, (rule.ground:gsub("%.$", "")))
  if rule.limits then full = full .. " Begränsning: " .. rule.limits end
  return {
    id = rule.id, shortDescription = message(rule.title), fullDescription = message(full),
    help = rule.recommendation and message(rule.recommendation) or nil,
    defaultConfiguration = { level = levels[rule.level] },
    properties = { ground = plain.utf8(rule.ground), pack = rule.pack, group = rule.group,
                   medelLevel = rule.level },
  }
end

-- The rules of all parts; a förbund's own pack can give a rule another form in one of them.
-- Returns the list, and for every part the places in it by rule id.
local function rule_table(parts)
  local list, at, places = {}, {}, {}
  for i, part in ipairs(parts) do
    places[i] = {}
    for _, rule in ipairs(part.rules) do
      if not at[rule.key] then
        list[#list + 1] = rule.descriptor
        at[rule.key] = #list - 1
      end
      places[i][rule.descriptor.id] = at[rule.key]
    end
  end
  return list, places
end

-- ---- results ----

local states = { ny = "new", ["kvarstår"] = "unchanged" }

local function one(result, f, state)
  return {
    ruleId = f.rule, kind = "fail", level = levels[f.level], message = message(f.message),
    locations = { { physicalLocation = place(f.file, f.line, f.col) } },
    relatedLocations = related(result.ar, f), partialFingerprints = { ["medel/v1"] = f.fingerprint },
    baselineState = state or states[f.since],
    properties = { medelLevel = f.level, place = f.place ~= "" and f.place or nil, weight = f.weight,
                   cause = f.cause },
  }
end

local kinds = { not_transcribed = "open", not_printed = "notApplicable", not_applicable = "notApplicable" }

-- The other two answers: what was tried and holds, and what was not tried and why.
local function answers(result, list)
  local function add(id, kind, text)
    list[#list + 1] = { weight = 0, item = { ruleId = id, kind = kind, level = "none", message = message(text),
      baselineState = result.followup and "unchanged" or nil,
      locations = { { physicalLocation = place(result.file, 1, 1) } } } }
  end
  for _, rule in ipairs(result.passed) do add(rule.id, "pass", "Prövad utan avvikelse.") end
  for _, item in ipairs(result.not_applicable) do
    add(item.rule.id, kinds[words.why_not(item)], "Inte prövad: " .. item.missing .. ".")
  end
end

local function suppression(a)
  return { { kind = "external", status = "accepted", justification = plain_message(plain.avsteg(a)) } }
end

-- All results of a report with their weight: findings, waived findings, findings that are gone.
local function collect(result, least)
  local list = {}
  local function add(f, item)
    local heavy = weight[f.level]
    if heavy >= least then list[#list + 1] = { item = item, weight = heavy } end
  end
  for _, f in ipairs(result.shown) do add(f, one(result, f)) end
  for _, f in ipairs(result.waived) do
    local item = one(result, f)
    item.suppressions = suppression(f.avsteg)
    add(f, item)
  end
  for _, f in ipairs(result.followup and result.followup.gone or {}) do add(f, one(result, f, "absent")) end
  answers(result, list)
  return list
end

-- Those of all parts, with the places of their rules.
local function all_entries(parts, places)
  local list, suppressed = {}, false
  for i, part in ipairs(parts) do
    suppressed = suppressed or part.suppressed
    for _, entry in ipairs(part.entries) do
      entry.n = #list
      entry.item.ruleIndex = places[i][entry.item.ruleId]
      list[#list + 1] = entry
    end
  end
  -- SARIF wants suppressions for all results of a run or for none.
  for _, entry in ipairs(list) do
    if suppressed then entry.item.suppressions = entry.item.suppressions or {} end
  end
  return list
end

-- The heaviest, in their order, and how many findings were left out.
local function within_limit(list)
  local over = #list - sarif.limits.results
  if over > 0 then
    table.sort(list, function(a, b)
      if a.weight ~= b.weight then return a.weight > b.weight end
      return a.n < b.n
    end)
  end
  local out, left_out = {}, 0
  for i, entry in ipairs(list) do
    if i <= sarif.limits.results then
      out[i] = entry.item
    elseif entry.item.kind == "fail" then
      left_out = left_out + 1
    end
  end
  return out, left_out
end

-- ---- the run ----

local function notifications(result)
  local run, settings = {}, {}
  for i, b in ipairs(result.broken) do
    local id, file, why = plain.broken(b)
    why = ("Regeln %s kunde inte köras: %s"):format(id or file, why)
    run[i] = { level = "error", message = message(why), associatedRule = id and { id = id } or nil }
  end
  for i, item in ipairs(result.lapsed or {}) do
    local why = ("Avsteget för %s gäller inte: %s."):format(plain.text(item.avsteg.regel) or "?", item.why)
    settings[i] = { level = "warning", message = message(why) }
  end
  return run, settings
end

local function append(to, list) table.move(list, 1, #list, #to + 1, to) end

-- A file that could not be read, at each place that is wrong.
local function unreadable(file, d)
  local where = { artifactLocation = { uri = uri(d.file or file) } }
  if d.line and d.line > 0 then where.region = { startLine = d.line, startColumn = math.max(d.col or 1, 1) } end
  local text = "Rapporten kunde inte läsas: " .. d.message
  if d.expected then text = text .. "; expected: " .. d.expected end
  if d.hint then text = text .. "; " .. d.hint end
  return { level = "error", message = message(text), locations = { { physicalLocation = where } } }
end

local function invocation(parts, unread, left_out)
  local run, settings = {}, {}
  for _, one in ipairs(unread) do
    for _, d in ipairs(one.diagnostics) do run[#run + 1] = unreadable(one.file, d) end
  end
  for _, part in ipairs(parts) do
    append(run, part.run)
    append(settings, part.settings)
  end
  local successful = #run == 0
  if left_out > 0 then
    run[#run + 1] = { level = "warning", message = message(("%d resultat till ryms inte."):format(left_out)) }
  end
  return { executionSuccessful = successful, toolExecutionNotifications = run,
           toolConfigurationNotifications = settings }
end

function sarif.part(result, options)
  local rules, entries = {}, collect(result, weight[options.level or "note"])
  for i, rule in ipairs(plain.rules(result)) do
    rules[i] = { key = table.concat({ rule.id, rule.title, rule.ground, rule.pack or "", rule.level }, "\n"),
                 descriptor = descriptor(rule) }
  end
  local run, settings = notifications(result)
  return { rules = rules, entries = entries, suppressed = #result.waived > 0, run = run, settings = settings }
end

function sarif.join(parts, options)
  local rules, places = rule_table(parts)
  local list, left_out = within_limit(all_entries(parts, places))
  return medel.json {
    ["$schema"] = schema,
    version = "2.1.0",
    runs = { {
      tool = { driver = { name = "medel", version = medel.version, language = "sv", rules = rules } },
      language = "sv", columnKind = "unicodeCodePoints", results = list,
      invocations = { invocation(parts, options.unread or {}, left_out) },
    } },
  } .. "\n"
end

return plain.with_all(sarif)
