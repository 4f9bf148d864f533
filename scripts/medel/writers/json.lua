-- json.lua: findings for other programs; docs/json.md describes the form.
local medel = require "medel"
local words = require "medel.writers.words"

local json = {}

local function quantity(q)
  local numerator, denominator = q:parts()
  local out = { unit = q:unit(), text = q:text(), numerator = numerator, denominator = denominator }
  if out.unit == "amount" and denominator == 1 then out.ore = numerator end
  return out
end
json.quantity = quantity

local function fact(f)
  return {
    name = words.name(f), label = f.label, text = f.text or medel.null, value = quantity(f.value),
    table = f.table, row = f.row, column = f.column or medel.null, year = f.year,
    variant = f.variant, state = f.state, concept = f.concept or medel.null,
    source = { file = f.file, line = f.line, column = f.col, place = f.place, places = f.places },
  }
end

local function finding(f)
  local out = {
    rule = f.rule, level = f.level, message = f.message, title = f.title, ground = f.ground,
    recommendation = f.recommendation or medel.null,
    source = { file = f.file, line = f.line, column = f.col, place = f.place or "" },
    cause = f.cause or medel.null, evidence = {}, parameters = f.parameters or {}, values = {},
  }
  for i, item in ipairs(f.evidence or {}) do out.evidence[i] = fact(item) end
  for name, q in pairs(f.values or {}) do out.values[name] = quantity(q) end
  if f.expected then out.expected = quantity(f.expected) end
  if f.difference then out.difference = quantity(f.difference) end
  if f.suggested then out.suggested = quantity(f.suggested) end
  if next(out.values) == nil then out.values = nil end
  return out
end

local function report(result)
  local out = {
    file = result.file, title = words.title(result.ar), year = result.ar.rakenskapsar,
    figures = words.printed_figures(result.ar), rules = result.rules, findings = {}, passed = {},
    not_applicable = {}, broken = {},
  }
  for i, f in ipairs(result.shown) do out.findings[i] = finding(f) end
  for i, rule in ipairs(result.passed) do out.passed[i] = rule.id end
  for i, item in ipairs(result.not_applicable) do
    out.not_applicable[i] = { rule = item.rule.id, missing = item.missing }
  end
  for i, b in ipairs(result.broken) do
    out.broken[i] = { file = b.file or "", error = b.error, rule = b.rule and b.rule.id or b.id or "" }
  end
  return out
end

function json.all(results)
  local out = { medel = medel.version, format = 1, reports = {} }
  for i, result in ipairs(results) do out.reports[i] = report(result) end
  return medel.json(out) .. "\n"
end

return json
