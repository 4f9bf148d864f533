-- budget.lua: a budget or forecast by row and month, from CSV, as levels that change.
--
-- One row for each row of the driftredovisning (or medlemsbidrag, or another source of income), one
-- column for each month; or the columns rad, manad and belopp.  Amounts in kronor, costs positive.
local medel = require "medel"
local cells_of = require "medel.csv_cells"

local budget = {}

local months = { jan = 1, feb = 2, mar = 3, apr = 4, maj = 5, jun = 6, jul = 7, aug = 8, sep = 9, okt = 10, nov = 11, dec = 12 }

local function wrong(list, file, line, format, ...)
  list[#list + 1] = ("%s:%d: %s"):format(file, line, format:format(...))
end

-- "2024-03", "mars 2024", "mar-24" or, in the year that is said, "mars": months since year 0.
local function month_of(text, year)
  local y, m = text:match "^(%d%d%d%d)[-/]?(%d%d)$"
  if y then return math.tointeger(tonumber(y)) * 12 + math.tointeger(tonumber(m)) - 1 end
  local name, rest = text:lower():match "^(%l%l%l)%l*[%s.-]*(%d*)$"
  if not name or not months[name] then return nil end
  local at = #rest == 4 and math.tointeger(tonumber(rest)) or #rest == 2 and 2000 + math.tointeger(tonumber(rest)) or #rest == 0 and year
  return at and at * 12 + months[name] - 1 or nil
end

-- "−1 234,50": öre; nil if it is no amount.
local function ore_of(text)
  local plain = text:gsub("\u{A0}", ""):gsub("\u{202F}", ""):gsub("[ ']", ""):gsub("\u{2212}", "-")
  if plain == "" or plain == "-" or plain == "–" then return 0 end
  local sign, whole, part = plain:match "^(%-?)(%d+)[.,]?(%d*)$"
  if not whole or #part > 2 or #whole > 13 then return nil end
  local n = math.tointeger(tonumber(whole)) * 100 + math.tointeger(tonumber((part .. "00"):sub(1, 2)))
  return sign == "-" and -n or n
end

local function row_named(rows, by, name, line)
  if not by[name] then
    by[name] = { name = name, line = line, months = {} }
    rows[#rows + 1] = by[name]
  end
  return by[name]
end

-- Head with months, or rad; manad; belopp.
local function head_of(head, year)
  local long, columns = {}, {}
  for i, cell in ipairs(head) do
    local key = cell:lower()
    if key == "rad" or key == "konto" or key == "post" then long.row = i end
    if key == "manad" or key == "månad" or key == "period" then long.month = i end
    if key == "belopp" or key == "kronor" or key == "kr" then long.amount = i end
    columns[i] = i > 1 and month_of(cell, year) or nil
  end
  if long.month and long.amount then return long, nil end
  return nil, next(columns) and columns or nil
end

-- { file, rows = { { name, line, months = { [month] = öre } } } }; an error lists all that is wrong.
function budget.parse(text, file, year)
  local bad, rows, by, long, columns, delimiter, width = {}, {}, {}, nil, nil, nil, nil
  local n = 0
  for line in (text:gsub("^\u{FEFF}", "") .. "\n"):gmatch "(.-)\r?\n" do
    n = n + 1
    if not utf8.len(line) then wrong(bad, file, n, "the text is not UTF-8: save it as UTF-8") break end
    if line:find "%S" and not delimiter then
      delimiter = line:find(";", 1, true) and ";" or line:find("\t", 1, true) and "\t" or ","
      local head = cells_of(line, delimiter)
      long, columns = head_of(head, year)
      width = #head
      if not long and not columns then
        wrong(bad, file, n, "no column is a month (2024-01, januari 2024), nor are there the columns rad, manad and belopp")
        break
      end
    elseif line:find "%S" then
      local cells = cells_of(line, delimiter)
      for i, cell in ipairs(cells) do cells[i] = cell:match "^%s*(.-)%s*$" end
      if #cells > width then wrong(bad, file, n, "%d cells where the head has %d", #cells, width) end
      local function put(name, month, cell)
        local amount = ore_of(cell)
        if not amount then
          wrong(bad, file, n, "'%s' is no amount in kronor", cell)
        elseif name ~= "" then
          local row = row_named(rows, by, name, n)
          row.months[month] = (row.months[month] or 0) + amount
        end
      end
      if long then
        local month = month_of(cells[long.month] or "", year)
        if not month then wrong(bad, file, n, "'%s' is no month", cells[long.month] or "")
        else put(cells[long.row or 1] or "", month, cells[long.amount] or "") end
      else
        for i, month in pairs(columns) do put(cells[1] or "", month, cells[i] or "") end
      end
    end
  end
  if #bad == 0 and #rows == 0 then wrong(bad, file, 1, "there are no rows") end
  if #bad > 0 then error(table.concat(bad, "\n"), 0) end
  return { file = file, rows = rows }
end

-- What the base calls it: driver and id, or nil.  blocks: { id, label, income }.
local function target_of(name, blocks)
  local key = name:lower()
  if key == "medlemsbidrag" then return "bidrag", nil end
  for _, part in ipairs { "staten", "region", "kommuner" } do
    if key == part then return "bidrag", part end
  end
  for _, b in ipairs(blocks) do
    if b.id:lower() == key or b.label:lower() == key then return b.income and "intakt" or "kostnad", b.id end
  end
end

-- Changes { driver, target, value, year, month }: the yearly level that each month's amount is a twelfth
-- of, where it is another than the month before.  ar is the base.
function budget.changes(b, ar)
  local blocks, bad, out = {}, {}, {}
  local p = medel.project(ar, require("medel.workspace").parameters(), { first = ar.rakenskapsar + 1, last = ar.rakenskapsar + 1, changes = {} })
  for _, block in ipairs(p and p:blocks() or {}) do blocks[#blocks + 1] = block end
  for _, row in ipairs(b.rows) do
    local driver, target = target_of(row.name, blocks)
    if not driver then
      local names = {}
      for _, block in ipairs(blocks) do names[#names + 1] = block.id end
      wrong(bad, b.file, row.line, "'%s' is no row of the base%s", row.name, require("medel.diagnostics").hint(row.name:lower(), names))
    else
      local list, last = {}, nil
      for month in pairs(row.months) do list[#list + 1] = month end
      table.sort(list)
      for _, month in ipairs(list) do
        local amount = row.months[month]
        if amount ~= last then
          out[#out + 1] = { driver = driver, target = target, op = "set", value = medel.ore(amount * 12), year = month // 12, month = month % 12 + 1 }
        end
        last = amount
      end
    end
  end
  if #bad > 0 then error(table.concat(bad, "\n"), 0) end
  return out
end

return budget
