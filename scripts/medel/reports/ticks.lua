-- ticks.lua: what each figure of a report was tried against, and with what outcome: the marks of the
-- ticked document.
local medel = require "medel"

local ticks = {}

-- In the order in which they stand beside a figure.
ticks.marks = {
  { id = "sum", mark = "Σ", text = "nedsummerad: raderna ger den, eller den ingår i en summa som stämmer" },
  { id = "columns", mark = "↔", text = "tvärsummerad: radens kolumner stämmer" },
  { id = "duplicate", mark = "=", text = "samma belopp i en annan tabell" },
  { id = "note", mark = "N", text = "stämmer mellan räkning och not" },
  { id = "text", mark = "T", text = "stämmer mellan tabell och löpande text" },
  { id = "relation", mark = "≈", text = "stämmer med andra belopp, så som balansräkningen med kassaflödet" },
  { id = "ratio", mark = "%", text = "andelen är omräknad" },
  { id = "before", mark = "F", text = "samma belopp i förra årets årsredovisning" },
  { id = "books", mark = "B", text = "bokföringen ger samma belopp" },
  { id = "rule", mark = "R", text = "prövad av en regel, som skulle märka ett skrivfel" },
}

ticks.outcomes = {
  { id = "wrong", mark = "✗", text = "stämmer inte" },
  { id = "question", mark = "?", text = "skiljer sig från ett annat belopp utan att något visar vilket som är rätt" },
  { id = "about", mark = "→", text = "en iakttagelse rör uppgiften, men inte att beloppet är fel" },
}

local function key(fact)
  return ("%d:%d"):format(fact.line, fact.col)
end

local Ticks = {}
Ticks.__index = Ticks

function Ticks:hold(fact, id)
  if not fact.text then return end
  local k = key(fact)
  self.held[k] = self.held[k] or {}
  self.held[k][id] = true
end

-- Two places of one amount: what the other one is says what kind of agreement it is.
local function agreement(fact, other, is_note)
  if fact.in_text or other.in_text then return "text" end
  if is_note[fact.table] ~= is_note[other.table] then return "note" end
  return "duplicate"
end

function Ticks:of_checks(result)
  local is_note, known = {}, {}
  for _, t in ipairs(result.ar:tables()) do is_note[t.id_] = t.number_ ~= nil end
  for _, m in ipairs(ticks.marks) do known[m.id] = true end
  for _, check in ipairs((medel.checks(result.ar, nil, true, result.rule_set.taxonomy))) do
    local facts = check.outcome == "passed" and known[check.kind] and check.evidence or {}
    for i, fact in ipairs(facts) do
      local other = check.kind == "duplicate" and facts[i == 1 and 2 or 1]
      self:hold(fact, other and agreement(fact, other, is_note) or check.kind)
    end
  end
end

function Ticks:of_last_year(result)
  if not result.previous then return end
  for _, pair in ipairs(require("medel.followup").pairs(result.ar, result.previous)) do
    if medel.agreement(pair[1].value, pair[2].value) ~= "differ" then self:hold(pair[1], "before") end
  end
end

-- What the books have, less what they have otherwise.
function Ticks:of_books(result)
  local st = result.statements
  if not st then return end
  local kept, otherwise = {}, {}
  for _, row in ipairs(st:rows()) do
    kept[("%s.%s.%s.%d"):format(row.table, row.row, row.column or "", result.ar.rakenskapsar + row.year)] = true
  end
  for _, t in ipairs(result.ar:tables()) do
    for _, difference in ipairs((st:compare(result.ar, t.id_))) do otherwise[key(difference.fakta)] = true end
  end
  for _, fact in ipairs(result.ar:facts { state = "value" }) do
    local row = ("%s.%s.%s.%d"):format(fact.table, fact.row, fact.measure or "", fact.year)
    if fact.column and kept[row] and not otherwise[key(fact)] then self:hold(fact, "books") end
  end
end

-- A rule says nothing where all is well: that it looked is known from what it would have noticed.
function Ticks:of_rules(result, session)
  for _, figure in ipairs((require("medel.coverage").run(session, result.ar, {}))) do
    if not self.held[key(figure.fact)] and not figure.unprotected and #figure.readers > 0 then self:hold(figure.fact, "rule") end
  end
end

local is_wrong = { error = true, deviation = true }

local function outcome_of(finding)
  if finding.proof == "question" then return "question" end
  return finding.proof and is_wrong[finding.level] and "wrong" or "about"
end

function Ticks:of_findings(result)
  for number, finding in ipairs(result.findings) do
    if finding.proof == "explained" then
      for _, fact in ipairs(finding.evidence or {}) do self:hold(fact, "relation") end
    end
    local at = finding.blamed or finding
    local place = ("%s:%s"):format(at.line or 0, at.col or 0)
    self.failed[place] = self.failed[place] or {}
    table.insert(self.failed[place], { number = number, outcome = outcome_of(finding), finding = finding })
  end
end

function ticks.of(result, session)
  local self = setmetatable({ held = {}, failed = {} }, Ticks)
  self:of_checks(result)
  self:of_last_year(result)
  self:of_books(result)
  self:of_findings(result)
  self:of_rules(result, session)
  return self
end

-- What held of a figure, and what did not: two texts; and the findings, as of_findings has them, the
-- gravest first.
function Ticks:at(fact)
  local held, failed, list = {}, {}, {}
  for _, m in ipairs(ticks.marks) do
    if (self.held[key(fact)] or {})[m.id] then held[#held + 1] = m.mark end
  end
  for _, m in ipairs(ticks.outcomes) do
    for _, f in ipairs(self.failed[key(fact)] or {}) do
      if f.outcome == m.id then
        failed[#failed + 1], list[#list + 1] = ("%s %d"):format(m.mark, f.number), f
      end
    end
  end
  return table.concat(held, " "), table.concat(failed, " "), list
end

return ticks
