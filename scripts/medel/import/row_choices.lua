-- row_choices.lua: the answers that a question about a row has ready, each with its key; the page and the
-- terminal offer the same.
local medel = require "medel"

local row_choices = {}

local function cells(list)
  local out = {}
  for i, cell in ipairs(list) do out[i] = cell.typed or cell.printed or "tom" end
  return table.concat(out, " | ")
end
row_choices.cells = cells

-- What is asked, as a sentence begins.
function row_choices.sentence(q) return (q.question.text:gsub("^%l", string.upper)) end

-- The groups that rows of a driftredovisning are under: its sums that no other sum is a part of.
local function groups(m, t)
  local list = {}
  for _, spec in ipairs(medel.describe_taxonomy(m.taxonomy).tables) do
    local has_sums = {}
    for _, row in ipairs(spec.rows) do if row.rule and row.under then has_sums[row.under] = true end end
    for _, row in ipairs(spec.id == t.id and spec.rows or {}) do
      if row.rule and row.under and not has_sums[row.id] then list[#list + 1] = row end
    end
  end
  return list
end

-- { key, label, answer }
function row_choices.list(m, q)
  local t, row = q.table, q.row
  local list = {}
  if q.question.status == "GRUPP" then
    for i, g in ipairs(groups(m, t)) do
      list[i] = { key = tostring(i), label = g.label, answer = { svar = "rad", rad = row.id, under = g.id } }
    end
    list[#list + 1] = { key = "Enter", label = "Ingen av dem", answer = { svar = "ja" } }
    return list
  end
  list[1] = { key = "Enter", label = "Rätt läst", answer = { svar = "ja" } }
  if row.other then list[2] = { key = "1", label = cells(row.other), answer = { svar = "annan" } } end
  return list
end

return row_choices
