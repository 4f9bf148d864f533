-- text.lua: findings for a terminal.
local medel = require "medel"
local words = require "medel.writers.words"
local terminal = require "medel.terminal"
local grid = require "medel.grid"

local text = {}
local colours = { error = "red", deviation = "yellow", recommendation = "blue", note = "dim" }
local indent = (" "):rep(6)
local shown_evidence = 8

local function evidence(ar, finding)
  local rows, out = {}, {}
  for i, fact in ipairs(finding.evidence or {}) do
    if i > shown_evidence then break end
    rows[i] = { terminal.safe(words.name(fact)), terminal.safe(words.value(fact)), terminal.safe(words.where(ar, fact)) }
  end
  if #rows > 0 then out = grid.lines(rows, { align = { "l", "r", "l" }, indent = #indent + 2, paint = { [3] = "dim" } }) end
  local more = math.max(#(finding.evidence or {}) - shown_evidence, 0) + (finding.left_out or 0)
  if more > 0 then out[#out + 1] = ("%s  och %d uppgifter till"):format(indent, more) end
  return out
end

local function parameters(finding)
  local out = {}
  for _, p in ipairs(finding.parameters or {}) do
    local norm = p.norm and (" (" .. p.norm .. ")") or ""
    out[#out + 1] = terminal.fill(indent .. "  ", ("%s%s: %s"):format(p.title, norm, p.source), 8)
  end
  return out
end

local function one_finding(ar, f)
  local tags = {}
  if f.weight then tags[#tags + 1] = f.weight end
  if f.since then tags[#tags + 1] = f.since end
  local tag = #tags > 0 and (" [" .. table.concat(tags, ", ") .. "]") or ""
  local head = terminal.fill(("%s   %-7s "):format(words.level[f.level], f.rule), terminal.safe(f.message) .. tag, 14)
  head = head:gsub("^%S+", function(level) return terminal.paint(colours[f.level], level) end)
  local place = f.place and f.place ~= "" and (" (dokumentets %s)"):format(f.place) or ""
  local out = { head, terminal.fill(indent, ("%s:%d:%d%s"):format(medel.show(f.file), f.line, f.col, place), 8) }
  for _, line in ipairs(evidence(ar, f)) do out[#out + 1] = line end
  for _, line in ipairs(parameters(f)) do out[#out + 1] = line end
  if f.recommendation and f.level ~= "note" then
    out[#out + 1] = terminal.fill(indent, "Förslag: " .. terminal.safe(f.recommendation), 6)
  end
  out[#out + 1] = terminal.paint("dim",
    terminal.fill(indent, ("Krav: %s. Grund: %s."):format(f.title, (f.ground:gsub("%.$", ""))), 6))
  return table.concat(out, "\n") .. "\n"
end

local function not_tried(result, why)
  local n = #result.not_applicable
  if n == 0 then return "" end
  if not why then
    return terminal.fill("", ("Inte prövade: %s. medel %s --why visar vad som saknas."):format(
      words.count(n, "regel", "regler"), result.title and "ledger --check" or "audit"), 0) .. "\n"
  end
  local out = { ("Inte prövade: %s."):format(words.count(n, "regel", "regler")) }
  for _, item in ipairs(result.not_applicable) do
    out[#out + 1] = terminal.fill(("  %-7s "):format(item.rule.id), item.missing, 10)
  end
  return table.concat(out, "\n") .. "\n"
end

local function conventions(result, why)
  local list = result.conventions or {}
  if #list == 0 or not why then return "" end
  local out = { "Så räknar förbundet:" }
  for _, c in ipairs(list) do
    out[#out + 1] = terminal.fill("  ", terminal.safe(require("medel.conventions").describe(c)), 4)
  end
  return table.concat(out, "\n") .. "\n\n"
end

local function norm_differences(result)
  local out = {}
  for _, entry in ipairs(result.norms or {}) do
    if entry.differs then
      out[#out + 1] = ("Normer som ger olika utfall för %s:"):format(entry.rule.id)
      for _, n in ipairs(entry.norms) do
        out[#out + 1] = terminal.fill(("  %-8s "):format(n.norm), ("%s%s: %s"):format(n.title,
          n.usual and " (använd)" or "", n.message or words.outcome[n.outcome]), 11)
      end
    end
  end
  return #out > 0 and table.concat(out, "\n") .. "\n\n" or ""
end

local function waived(result)
  local out = {}
  for _, f in ipairs(result.waived or {}) do
    local a = f.avsteg
    out[#out + 1] = terminal.fill(("  %-7s "):format(f.rule), terminal.safe(f.message), 10)
    out[#out + 1] = terminal.fill((" "):rep(10), terminal.safe(("%s %s: %s%s"):format(a.beslutat_av, a.datum,
      a.skal, a.till_och_med and (" (till och med " .. a.till_och_med .. ")") or "")), 10)
  end
  if #out > 0 then table.insert(out, 1, "Beslutade avsteg:") end
  for _, item in ipairs(result.lapsed or {}) do
    out[#out + 1] = terminal.fill("", terminal.safe(("Avsteget för %s gäller inte: %s."):format(item.avsteg.regel, item.why)), 2)
  end
  return #out > 0 and table.concat(out, "\n") .. "\n\n" or ""
end

local function followed(result)
  local f = result.followup
  if not f then return "" end
  local out = { terminal.fill("", ("Mot %s: %s jämförda, %s, %d kvarstår, %d är borta."):format(f.previous,
    words.count(f.compared, "jämförelsetal", "jämförelsetal"), words.count(f.new, "ny iakttagelse", "nya iakttagelser"), f.remaining, #f.gone), 2) }
  for _, r in ipairs(f.recommendations) do
    out[#out + 1] = terminal.fill("  ", terminal.safe(("Tidigare rekommendation %s: %s"):format(r.status, r.text)), 4)
  end
  return table.concat(out, "\n") .. "\n\n"
end

local function by_table(result)
  local count, names = {}, {}
  for _, f in ipairs(result.shown) do
    local name = words.table_name(result.ar, f.table)
    if not count[name] then names[#names + 1] = name end
    count[name] = (count[name] or 0) + 1
  end
  table.sort(names, function(a, b)
    if count[a] ~= count[b] then return count[a] > count[b] end
    return a < b
  end)
  local out = {}
  for _, name in ipairs(names) do out[#out + 1] = ("%s (%d)"):format(name, count[name]) end
  return table.concat(out, " · ")
end

local function closing(result)
  local parts = words.summary(result.findings)
  parts[#parts + 1] = words.count(#result.passed, "regel utan avvikelse", "regler utan avvikelse")
  parts[#parts + 1] = words.not_tried(result)
  local hidden = #result.findings - #result.shown
  local note = hidden > 0 and (" (%d visas med --level note)"):format(hidden) or ""
  local text = terminal.fill("", table.concat(parts, " · ") .. note, 2)
  return terminal.paint("bold", text) .. "\n"
end

function text.one(result, options)
  local out = {}
  out[#out + 1] = terminal.paint("bold", terminal.fill("", ("%s · %s · %s"):format(terminal.safe(words.heading(result)),
    words.size(result), words.count(result.rules, "regel", "regler")), 2)) .. "\n\n"
  for _, f in ipairs(result.shown) do out[#out + 1] = one_finding(result.ar, f) .. "\n" end
  for _, b in ipairs(result.broken) do
    terminal.complain(("medel: broken rule %s: %s\n"):format(medel.show(b.file or b.rule.id), b.error))
  end
  out[#out + 1] = norm_differences(result)
  out[#out + 1] = waived(result)
  out[#out + 1] = followed(result)
  out[#out + 1] = conventions(result, options.why)
  out[#out + 1] = not_tried(result, options.why)
  if #result.shown > 0 then
    out[#out + 1] = terminal.fill("", "Per tabell: " .. by_table(result), 2) .. "\n"
  end
  out[#out + 1] = closing(result)
  return table.concat(out)
end

return text
