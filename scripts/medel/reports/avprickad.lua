-- avprickad.lua: the ticked document: on each figure of a report the marks of what it was tried
-- against and held, in its place the finding where it did not, and nothing where nothing was tried.
local medel = require "medel"
local blocks = require "medel.blocks"
local words = require "medel.writers.words"

local marks = {
  { id = "sum", mark = "Σ", text = "summan är räknad: raderna ger den, eller den ingår i en summa som stämmer" },
  { id = "columns", mark = "↔", text = "radens kolumner stämmer: netto, avvikelse" },
  { id = "duplicate", mark = "=", text = "samma uppgift är tryckt på ett annat ställe med samma belopp" },
  { id = "relation", mark = "≈", text = "stämmer med andra uppgifter: föregående år, balansräkningen, kassaflödet" },
  { id = "ratio", mark = "%", text = "andelen är omräknad" },
}
local shown = {}
for _, m in ipairs(marks) do shown[m.id] = m.mark end

local function key(fact)
  return ("%d:%d"):format(fact.line, fact.col)
end

-- { [key] = { kinds } } of what held, and { [key] = { numbers } } of what did not.
local function tried(result)
  local held, failed = {}, {}
  local function mark(fact, kind)
    if not fact.text then return end
    held[key(fact)] = held[key(fact)] or {}
    held[key(fact)][kind] = true
  end
  for _, check in ipairs((medel.checks(result.ar, nil, true, result.rule_set.taxonomy))) do
    if check.outcome == "passed" and shown[check.kind] then
      for _, fact in ipairs(check.evidence or {}) do mark(fact, check.kind) end
    end
  end
  for number, finding in ipairs(result.findings) do
    local place = ("%s:%s"):format(finding.line or 0, finding.col or 0)
    failed[place] = failed[place] or {}
    table.insert(failed[place], number)
  end
  return held, failed
end

local function ticks(held, failed, fact, used)
  local out = {}
  for _, m in ipairs(marks) do
    if held[key(fact)] and held[key(fact)][m.id] then out[#out + 1] = m.mark end
  end
  for _, number in ipairs(failed[key(fact)] or {}) do
    out[#out + 1] = ("✗ %d"):format(number)
    used[number] = true
  end
  return table.concat(out, " "), #out > 0
end

local function one_table(doc, t, facts, held, failed, used, count)
  local head, align, rows = { "Rad" }, { "l" }, {}
  local columns = t:columns()
  for _, c in ipairs(columns) do
    head[#head + 1], align[#align + 1] = c.header or c.id, "r"
    head[#head + 1], align[#align + 1] = "Prövad", "l"
  end
  for row in t:rows() do
    local line = { row.label }
    for _, c in ipairs(columns) do
      local fact = facts[row.id .. "\0" .. c.id]
      local text, any = "", false
      if fact then
        text, any = ticks(held, failed, fact, used)
        if fact.state == "value" then
          count.n = count.n + 1
          if any then count.tried = count.tried + 1 end
        end
      end
      line[#line + 1] = fact and fact.text or ""
      line[#line + 1] = text
    end
    rows[#rows + 1] = line
  end
  doc:table(t.heading_ or t.label_, head, align, rows)
end

return function(result)
  local ar = result.ar
  local doc = blocks.new("Avprickad årsredovisning", words.title(ar))
  local held, failed = tried(result)
  local by_table, used, count = {}, {}, { n = 0, tried = 0 }
  for _, fact in ipairs(ar:facts()) do
    if fact.text and fact.column then
      local name = fact.table .. "\0" .. (fact.item or "")
      by_table[name] = by_table[name] or {}
      by_table[name][fact.row .. "\0" .. fact.column] = fact
    end
  end
  local legend = {}
  for i, m in ipairs(marks) do legend[i] = ("%s %s"):format(m.mark, m.text) end
  legend[#legend + 1] = "✗ stämmer inte: numret är iakttagelsens nedan"
  doc:paragraph("Märket bredvid en siffra säger vad den har prövats mot och stämt med. En siffra utan märke har inget prövats mot.")
  doc:items(legend)
  doc:heading(2, "Tabellerna")
  for _, t in ipairs(ar:tables()) do
    local facts = by_table[t.id_ .. "\0" .. (t.number_ or "")] or by_table[t.id_ .. "\0"]
    if facts then one_table(doc, t, facts, held, failed, used, count) end
  end
  doc:paragraph(("Av tabellernas %d siffror är %d prövade; %d har inget prövats mot."):format(count.n, count.tried, count.n - count.tried))
  doc:heading(2, "Vad som inte stämmer")
  local list = {}
  for number, finding in ipairs(result.findings) do
    if used[number] then list[#list + 1] = ("✗ %d %s %s"):format(number, finding.rule or "", finding.message or "") end
  end
  if #list > 0 then doc:items(list) else doc:paragraph("Inget av det som prövades i tabellerna avviker.") end
  return doc
end
