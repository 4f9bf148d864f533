-- json.lua: findings for other programs; docs/json.md and docs/json.schema.json describe the form.
local medel = require "medel"
local words = require "medel.writers.words"
local plain = require "medel.writers.plain"

local json = {}

local function quantity(q)
  local numerator, denominator = q:parts()
  local out = { unit = q:unit(), text = q:text(), numerator = numerator, denominator = denominator }
  if out.unit == "amount" and denominator == 1 then out.ore = numerator end
  return out
end
json.quantity = quantity

-- A list or a mapping of other things.
local function each(list, convert)
  local out = {}
  for key, item in pairs(list or {}) do out[key] = convert(item) end
  return out
end

-- An absent value is null, so that all objects of a kind have the same keys.
local function known(value)
  if value == nil then return medel.null end
  return value
end

local function fact(f)
  return {
    name = words.name(f), label = f.label, text = known(not words.of_ledger(f) and f.text or nil), value = quantity(f.value),
    table = f.table, item = known(f.item), row = f.row, column = known(f.column), year = f.year,
    variant = f.variant, state = f.state, concept = known(f.concept),
    source = { file = plain.utf8(f.file), line = f.line, column = f.col, place = f.place, places = f.places },
  }
end

local function finding(f)
  return {
    rule = f.rule, pack = known(f.pack), level = f.level, message = f.message, title = f.title,
    ground = f.ground, recommendation = known(f.recommendation), cause = known(f.cause),
    source = { file = plain.utf8(f.file), line = f.line, column = f.col, place = f.place or "" },
    evidence = each(f.evidence, fact), left_out = f.left_out, parameters = f.parameters or {},
    values = next(f.values or {}) and each(f.values, quantity) or nil,
    expected = f.expected and quantity(f.expected), difference = f.difference and quantity(f.difference),
    suggested = f.suggested and quantity(f.suggested), proof = f.proof,
    consequences = f.consequences and each(f.consequences, function(k)
      return { rule = k.rule, message = k.message, evidence = each(k.evidence, fact) }
    end) or nil,
    fingerprint = f.fingerprint, since = known(f.since), weight = known(f.weight),
  }
end

local function avsteg(a)
  return { rule = known(plain.text(a.regel)), decided_by = known(plain.text(a.beslutat_av)),
           date = known(plain.text(a.datum)), reason = known(plain.text(a.skal)),
           ["until"] = known(plain.text(a.till_och_med)), text = known(plain.text(a.text)),
           fingerprint = known(plain.text(a.fingeravtryck)) }
end

local function waived(f)
  local out = finding(f)
  out.avsteg = avsteg(f.avsteg)
  return out
end

local function followup(f)
  if not f then return medel.null end
  return {
    previous = plain.utf8(f.previous), compared = f.compared, new = f.new, remaining = f.remaining,
    gone = each(f.gone, finding),
    recommendations = each(f.recommendations, function(r)
      return { text = r.text, rule = known(r.rule), status = r.status }
    end),
  }
end

local function norm(n)
  return { norm = n.norm, title = n.title, outcome = n.outcome, message = known(n.message), usual = n.usual }
end

local function materiality(m)
  if not m then return medel.null end
  return { helhet = quantity(m.helhet), arbete = quantity(m.arbete), ringa = quantity(m.ringa),
           reason = plain.text(m.reason) or "" }
end

function json.part(result)
  return {
    file = plain.utf8(result.file), title = plain.utf8(words.heading(result)), year = result.ar.rakenskapsar,
    figures = words.printed_figures(result.ar), rules = result.rules, findings = each(result.shown, finding),
    passed = each(result.passed, function(rule) return rule.id end),
    not_applicable = each(result.not_applicable, function(item)
      return { rule = item.rule.id, missing = item.missing, kind = words.why_not(item) }
    end),
    broken = each(result.broken, function(b)
      local id, file, why = plain.broken(b)
      return { file = file, error = why, rule = id or "" }
    end),
    waived = each(result.waived, waived),
    lapsed = each(result.lapsed, function(item) return { avsteg = avsteg(item.avsteg), why = item.why } end),
    conventions = each(result.conventions, function(c)
      return { rule = c.rule, row = c.row, against = known(c.against), with = c.with, text = c.text, first = c.first,
               last = c.last, held = c.held, bits = c.bits, named = c.named, kept = c.kept }
    end),
    followup = followup(result.followup), materiality = materiality(result.materiality),
    norms = each(result.norms, function(entry)
      return { rule = entry.rule.id, parameter = entry.parameter, differs = entry.differs,
               norms = each(entry.norms, norm) }
    end),
  }
end

-- A file that could not be read, and everything that is wrong in it.
local function unreadable(one)
  return { file = plain.utf8(one.file), diagnostics = each(one.diagnostics, function(d)
    return { status = d.status, file = plain.utf8(d.file or one.file), line = d.line or 0, column = d.col or 0,
             message = plain.utf8(d.message), expected = known(d.expected), hint = known(d.hint) }
  end) }
end

function json.join(parts, options)
  local unread = each(options and options.unread, unreadable)
  return medel.json { medel = medel.version, format = 1, reports = parts, unread = unread } .. "\n"
end

return plain.with_all(json)
