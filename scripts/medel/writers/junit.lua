-- junit.lua: a suite per report and a case per rule, for what shows the results of tests.
local plain = require "medel.writers.plain"
local words = require "medel.writers.words"
local xml = require("medel.markup").xml

local junit = {}

local function element(name, attributes, content)
  local list = {}
  for i, attribute in ipairs(attributes) do list[i] = xml.form(' {}="{}"', attribute[1], attribute[2]) end
  list = xml.join(list)
  return content and xml.form("<{}{}>{}</{}>\n", name, list, content, name) or xml.form("<{}{}/>\n", name, list)
end

-- ---- one rule ----

local function describe(out, ar, f)
  local place = f.place and f.place ~= "" and (" (dokumentets %s)"):format(f.place) or ""
  out[#out + 1] = ("%s %s:%d:%d%s"):format(words.level[f.level], f.file, f.line, f.col, place)
  out[#out + 1] = f.message
  for _, fact in ipairs(f.evidence or {}) do out[#out + 1] = "  " .. plain.evidence(ar, fact) end
  if f.left_out then out[#out + 1] = ("  och %d uppgifter till"):format(f.left_out) end
  if f.recommendation and f.level ~= "note" then out[#out + 1] = "Förslag: " .. f.recommendation end
end

-- Readers take one failure for a case, so the findings of a rule are one.
local function failure(ar, findings)
  local out = {}
  for _, f in ipairs(findings) do describe(out, ar, f) end
  local more = #findings > 1 and (" (och %d till)"):format(#findings - 1) or ""
  return element("failure", { { "message", findings[1].message .. more }, { "type", findings[1].level } },
    xml.join(out, "\n"))
end

local function skipped(reason)
  return element("skipped", { { "message", reason } })
end

local function failed(reason, kind)
  return element("error", { { "message", reason }, { "type", kind } })
end

local function lists_by_rule(list, id_of)
  local out = {}
  for _, item in ipairs(list or {}) do
    local id = id_of(item)
    out[id] = out[id] or {}
    table.insert(out[id], item)
  end
  return out
end

local function index(result)
  local function of_finding(f) return f.rule end
  local function of_rule(item) return item.rule and item.rule.id or "" end
  return {
    shown = lists_by_rule(result.shown, of_finding), found = lists_by_rule(result.findings, of_finding),
    waived = lists_by_rule(result.waived, of_finding), broken = lists_by_rule(result.broken, of_rule),
    missing = lists_by_rule(result.not_applicable, of_rule),
  }
end

-- What becomes of a rule: the counter that it adds to, if any, and what stands in its case.
local function outcome(result, by, id)
  if by.broken[id] then
    local _, _, why = plain.broken(by.broken[id][1])
    return "errors", failed(why, "broken")
  end
  if by.shown[id] then return "failures", failure(result.ar, by.shown[id]) end
  if by.missing[id] then return "skipped", skipped(by.missing[id][1].missing) end
  if by.found[id] then
    local below = words.count(#by.found[id], "iakttagelse", "iakttagelser") .. " under nivån"
    return nil, element("system-out", {}, below)
  end
  if by.waived[id] then
    return "skipped", skipped("beslutat avsteg: " .. plain.avsteg(by.waived[id][1].avsteg))
  end
end

-- ---- one report ----

-- "examples/sydnarke/2023.yaml" as readers show it: folders are packages.
local function class_of(file)
  return (file:gsub("^[./]+", ""):gsub("%.yaml$", ""):gsub("%.", "_"):gsub("/+", "."))
end

local counters = { "tests", "failures", "errors", "skipped" }

local function new_suite(file)
  return { name = file, class = class_of(file), tests = 0, failures = 0, errors = 0, skipped = 0, body = {} }
end

local function add_case(suite, name, counter, content)
  suite.tests = suite.tests + 1
  if counter then suite[counter] = suite[counter] + 1 end
  suite.body[#suite.body + 1] = element("testcase", { { "classname", suite.class }, { "name", name } },
    content and xml.form("\n{}", content))
end

local function write(name, of, suites, content)
  local attributes = { { "name", of } }
  for _, counter in ipairs(counters) do
    local n = 0
    for _, suite in ipairs(suites) do n = n + suite[counter] end
    attributes[#attributes + 1] = { counter, n }
  end
  return element(name, attributes, xml.form("\n{}", content))
end

-- Between processes markup is text.
local function as_plain(suite)
  suite.body = xml.page(xml.join(suite.body))
  return suite
end

function junit.part(result)
  local suite, by = new_suite(result.file), index(result)
  suite.body[1] = element("properties", {}, xml.form("\n{}",
    element("property", { { "name", "title" }, { "value", words.heading(result) } })))
  for _, rule in ipairs(plain.rules(result)) do
    add_case(suite, rule.id .. " " .. rule.title, outcome(result, by, rule.id))
  end
  for _, b in ipairs(result.broken) do
    local id, file, why = plain.broken(b)
    if not b.rule then add_case(suite, id and id .. " " .. file or file, "errors", failed(why, "broken")) end
  end
  return as_plain(suite)
end

function junit.join(suites, options)
  local out = {}
  for _, one in ipairs(options.unread or {}) do
    local suite, why = new_suite(one.file), {}
    for i, d in ipairs(one.diagnostics) do why[i] = ("%s:%d:%d: %s"):format(d.file or one.file, d.line or 0, d.col or 0, d.message) end
    add_case(suite, "rapporten kan läsas", "errors", failed("rapporten kunde inte läsas: " .. table.concat(why, "; "), "unread"))
    suites[#suites + 1] = as_plain(suite)
  end
  for i, suite in ipairs(suites) do
    out[i] = write("testsuite", suite.name, { suite }, xml.own(suite.body))
  end
  return xml.page(xml.form('<?xml version="1.0" encoding="UTF-8"?>\n{}',
    write("testsuites", "medel", suites, xml.join(out))))
end

return plain.with_all(junit)
