-- sample.lua: which rows of a ledger are drawn, the same for the same seed.
local medel = require "medel"

local sample = {}

-- Monetary units: the rows' öre stand in a line, and from a start that the seed gives every
-- interval:th is drawn with the row that it belongs to.  A row as large as the interval is
-- always drawn (whole), and stands outside the line.  nil where there are no rows.
function sample.draw(bok, filter, n, seed)
  local population, rows = 0, 0
  for _, _, amount in bok:rows(filter) do population, rows = population + math.abs(amount), rows + 1 end
  if population == 0 then return nil end
  local interval = math.max(1, population // n)
  local start = tonumber(medel.sha256(("medel sample %d"):format(seed)):sub(1, 12), 16) % interval
  local drawn, line, at = {}, 0, start
  for row, account, amount in bok:rows(filter) do
    local size, taken = math.abs(amount), false
    local whole = size >= interval
    if not whole then
      line = line + size
      taken = line > at
      if taken then at = at + interval end
    end
    if whole or taken then drawn[#drawn + 1] = { row = row, account = account, amount = amount, size = size, whole = whole } end
  end
  return { drawn = drawn, interval = interval, start = start, population = population, rows = rows }
end

-- The rows that an akt's `urval` draws: their numbers, or nil.
function sample.of(engagement, bok)
  local u = bok and engagement and engagement.urval
  local s = u and sample.draw(bok, { account = u.konton or "4..7" }, math.tointeger(tonumber(u.rader)), math.tointeger(tonumber(u.fro)))
  if not s then return nil end
  for i, d in ipairs(s.drawn) do s.drawn[i] = d.row end
  return s.drawn
end

return sample
