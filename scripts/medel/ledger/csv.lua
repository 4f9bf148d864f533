-- csv.lua: the rows of a view of a ledger, as RFC 4180 has it; amounts in kronor.
local csv = require "medel.writers.csv"

local function kronor(n)
  local a = math.abs(n)
  return ("%s%d.%02d"):format(n < 0 and "-" or "", a // 100, a % 100)
end

local function cell(column, row)
  local value = row[column[1]]
  if value == nil then return "" end
  if column[3] == "amount" then return kronor(value) end
  return column[3] == "count" and tostring(value) or csv.text(value)
end

return function(view, _, args)
  local out, cells = {}, {}
  for i, column in ipairs(view.columns) do cells[i] = csv.text(column[1]) end
  out[1] = (args.bom and "\u{FEFF}" or "") .. table.concat(cells, ",") .. "\r\n"
  for _, row in ipairs(view.rows) do
    for i, column in ipairs(view.columns) do cells[i] = cell(column, row) end
    out[#out + 1] = table.concat(cells, ",") .. "\r\n"
  end
  return table.concat(out)
end
