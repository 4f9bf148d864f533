-- avprickad.lua: the ticked document: on each figure of a report the marks of what it was tried
-- against and held, in its place the finding where it did not, and nothing where nothing was tried.
local blocks = require "medel.blocks"
local ticks = require "medel.reports.ticks"
local words = require "medel.writers.words"

local function joined(held, failed)
  return held .. (held ~= "" and failed ~= "" and " " or "") .. failed
end

local function count_of(count, fact, text)
  if fact.state ~= "value" then return end
  count.n = count.n + 1
  if text ~= "" then count.tried = count.tried + 1 end
end

local function one_table(doc, t, facts, tried, count)
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
      local text = fact and joined(tried:at(fact)) or ""
      if fact then count_of(count, fact, text) end
      line[#line + 1] = fact and fact.text or ""
      line[#line + 1] = text
    end
    rows[#rows + 1] = line
  end
  doc:table(t.heading_ or t.label_, head, align, rows)
end

-- The figures of a section that is no table: goals, insatser, running text.
local function one_section(doc, title, facts, tried, count)
  local rows = {}
  for _, fact in ipairs(facts) do
    local text = joined(tried:at(fact))
    count_of(count, fact, text)
    rows[#rows + 1] = { words.name(fact), fact.place, fact.text, text }
  end
  doc:table(title, { "Uppgift", "Plats", "Tryckt", "Prövad" }, { "l", "n", "r", "n" }, rows)
end

local function legend(doc)
  local items = {}
  for _, m in ipairs(ticks.marks) do items[#items + 1] = ("%s %s"):format(m.mark, m.text) end
  for _, m in ipairs(ticks.outcomes) do items[#items + 1] = ("%s och ett nummer: %s; numret står i listan sist"):format(m.mark, m.text) end
  doc:paragraph("Märket vid en siffra säger vad den har prövats mot och stämt med. En siffra utan märke har inget prövats mot.")
  doc:items(items)
end

-- The facts of each table, and those of the sections that are no tables, in their order.
local function sorted(ar)
  local by_table, sections, order = {}, {}, {}
  for _, fact in ipairs(ar:facts()) do
    if fact.text and fact.column then
      local name = fact.table .. "\0" .. (fact.item or "")
      by_table[name] = by_table[name] or {}
      by_table[name][fact.row .. "\0" .. fact.column] = fact
    elseif fact.text then
      local name = words.table_name(ar, fact.table)
      if not sections[name] then
        sections[name] = {}
        order[#order + 1] = name
      end
      table.insert(sections[name], fact)
    end
  end
  return by_table, sections, order
end

local function listed(doc, result, tried)
  local rows, seen = {}, {}
  for _, fact in ipairs(result.ar:facts()) do
    for _, f in ipairs(fact.text and select(3, tried:at(fact)) or {}) do seen[f.number] = f end
  end
  for number in ipairs(result.findings) do
    local f = seen[number]
    if f then
      local mark
      for _, m in ipairs(ticks.outcomes) do mark = m.id == f.outcome and m.mark or mark end
      rows[#rows + 1] = { ("%s %d"):format(mark, number), f.finding.rule or "", f.finding.message or "", id = "iakttagelse-" .. number }
    end
  end
  if #rows > 0 then
    doc:table("Iakttagelser som rör en siffra", { "Nr", "Regel", "Iakttagelse" }, { "n", "n", "l" }, rows)
  else
    doc:paragraph("Inget av det som prövades avviker.")
  end
end

return function(result, how)
  local ar, count = result.ar, { n = 0, tried = 0 }
  local doc = blocks.new("Avprickad årsredovisning", words.title(ar))
  local tried = ticks.of(result, how.session)
  local by_table, sections, order = sorted(ar)
  legend(doc)
  if how.drawn then require("medel.reports.ticked_pages").add(doc, result, tried, how.document) end
  doc:heading(2, "Tabellerna")
  for _, t in ipairs(ar:tables()) do
    local facts = by_table[t.id_ .. "\0" .. (t.number_ or "")] or by_table[t.id_ .. "\0"]
    if facts then one_table(doc, t, facts, tried, count) end
  end
  if #order > 0 then doc:heading(2, "Siffror utanför tabellerna") end
  for _, name in ipairs(order) do one_section(doc, (name:gsub("^%l", string.upper)), sections[name], tried, count) end
  doc:paragraph(("Av %d siffror är %d prövade; %d har inget prövats mot."):format(count.n, count.tried, count.n - count.tried))
  doc:heading(2, "Vad som rör siffrorna")
  listed(doc, result, tried)
  return doc
end
