-- plain.lua: what the formats for other programs share.
local words = require "medel.writers.words"

local plain = {}

-- The name of a file may be any bytes; what is written is UTF-8.
function plain.utf8(text)
  local out, at = {}, 1
  repeat
    local fine, bad = utf8.len(text, at)
    out[#out + 1] = text:sub(at, fine and -1 or bad - 1)
    if not fine then
      out[#out + 1] = "\u{FFFD}"
      at = bad + 1
    end
  until fine
  return table.concat(out)
end

-- A text of avsteg.yaml: a mapping or ~ there is no text.
function plain.text(value)
  return type(value) == "string" and plain.utf8(value) or nil
end

-- "Summa, netto 2022: 350 tkr (driftredovisning, rad 1246)"
function plain.evidence(ar, fact)
  return ("%s: %s (%s)"):format(words.name(fact), words.value(fact), words.where(ar, fact))
end

-- "styrelsen 2024-02-01: skälet (till och med 2025-12-31)"
function plain.avsteg(a)
  local until_ = plain.text(a.till_och_med)
  return ("%s %s: %s%s"):format(plain.text(a.beslutat_av) or "?", plain.text(a.datum) or "?",
    plain.text(a.skal) or "?", until_ and (" (till och med " .. until_ .. ")") or "")
end

-- A writer makes a part of every result, plain values alone, where the rules run, and joins them
-- where it prints.  all() does both.
function plain.with_all(writer)
  function writer.all(results, options)
    local parts = {}
    for i, result in ipairs(results) do parts[i] = writer.part(result, options or {}) end
    return writer.join(parts, options or {})
  end
  return writer
end

-- A rule that could not be run, or a rule file that could not be loaded.
function plain.broken(b)
  return b.rule and b.rule.id or b.id, plain.utf8(b.file or ""), plain.utf8(b.error)
end

-- Every rule of a result, once, by id: those that ran, and those that only a finding names.
function plain.rules(result)
  local list, by_id = {}, {}
  local function add(rule, id)
    if by_id[id] then return end
    by_id[id] = rule
    list[#list + 1] = { id = id, title = rule.title, ground = rule.ground, level = rule.level,
      pack = rule.pack, recommendation = rule.recommendation, limits = rule.limits, group = rule.group }
  end
  for _, rule in ipairs(result.tried) do add(rule, rule.id) end
  for _, rule in ipairs(result.passed) do add(rule, rule.id) end
  local gone = result.followup and result.followup.gone or {}
  for _, some in ipairs { result.findings, result.waived, gone } do
    for _, f in ipairs(some) do add(f, f.rule) end
  end
  table.sort(list, function(a, b) return a.id < b.id end)
  return list
end

return plain
