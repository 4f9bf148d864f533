-- followup.lua: this year's report against last year's, and against what was said then.
local medel = require "medel"
local words = require "medel.writers.words"
local engagement = require "medel.engagement"

local followup = {}

local function key_of(f)
  return table.concat({ f.table, f.row, f.measure or "", f.variant, f.year }, "|")
end

-- Comparatives of this report, also the earlier years of an översikt, with what last
-- year's report printed of those years: { { fact, before } }.
function followup.pairs(ar, previous)
  local list, printed, document = {}, {}, require "medel.document"
  -- Of documents of different kinds only balances on the same day can be compared.
  local alike = document.kind(ar) == document.kind(previous)
  local year_end = document.month_of(document.part(ar, "balansrakning"), ar.rakenskapsar - 1) == 12
  for _, f in ipairs(previous:facts { state = "value", variant = "utfall" }) do
    if f.column and not f.in_text then printed[key_of(f)] = f end
  end
  for _, f in ipairs(ar:facts { state = "value", variant = "utfall" }) do
    local same = alike or year_end and f.table == "balansrakning"
    local before = same and f.column and not f.in_text and f.year < ar.rakenskapsar and printed[key_of(f)]
    if before then list[#list + 1] = { f, before } end
  end
  return list
end

local function comparatives(ar, previous)
  local findings, list = {}, followup.pairs(ar, previous)
  for _, pair in ipairs(list) do
    local f, before = pair[1], pair[2]
    if medel.agreement(f.value, before.value) == "differ" then
      findings[#findings + 1] = {
        message = ("%s är %s som jämförelsetal men var %s i förra årets årsredovisning."):format(
          words.name(f), f.value:text(), before.value:text()),
        evidence = { f, before }, expected = before.value, difference = f.value - before.value,
        file = f.file, line = f.line, col = f.col, place = f.place, table = f.table,
      }
    end
  end
  return findings, #list
end

local rule = {
  id = "JMF-01", title = "Jämförelsetalen är de som förra årets årsredovisning visade", level = "error",
  ground = "LKBR 4 kap. 4 § 7, 5 kap. 6 §, 6 kap. 5 §", pack = "nationell", core = true,
}
followup.rule = rule

local function settled(w, current, id)
  for _, f in ipairs(current.findings) do if f.rule == id then return "upprepas" end end
  for _, r in ipairs(current.passed) do if r.id == id then return "följd" end end
  for _, n in ipairs(current.not_applicable) do if n.rule.id == id then return "kan inte prövas" end end
  return w.by_id[id] and "kan inte prövas" or "inte längre tillämplig"
end

-- result.followup = { previous, compared, recommendations, new, remaining, gone }
function followup.add(w, result, previous_result)
  local findings, compared = comparatives(result.ar, previous_result.ar)
  for _, f in ipairs(findings) do
    f.rule, f.title, f.ground, f.level, f.pack = rule.id, rule.title, rule.ground, rule.level, rule.pack
    f.fingerprint = engagement.fingerprint(f)
    result.findings[#result.findings + 1] = f
  end
  if compared > 0 and #findings == 0 then result.passed[#result.passed + 1] = rule end
  for _, b in ipairs(previous_result.broken) do require("medel.broken").add(result, b) end
  local before, now = {}, {}
  for _, f in ipairs(previous_result.findings) do before[engagement.place_key(f)] = f end
  local out = { previous = previous_result.file, compared = compared, recommendations = {}, gone = {},
                new = 0, remaining = 0 }
  for _, f in ipairs(result.findings) do
    local key = engagement.place_key(f)
    now[key] = true
    f.since = before[key] and "kvarstår" or "ny"
    if before[key] then out.remaining = out.remaining + 1 else out.new = out.new + 1 end
  end
  for _, f in ipairs(previous_result.findings) do
    if not now[engagement.place_key(f)] then out.gone[#out.gone + 1] = f end
  end
  local revision = previous_result.ar.revision
  for item in medel.each(revision and revision.rekommendationer) do
    out.recommendations[#out.recommendations + 1] =
      { text = item.text, rule = item.regel, status = item.regel and settled(w, result, item.regel) or "prövas av revisorn" }
  end
  result.followup = out
end

return followup
