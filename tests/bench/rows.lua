-- rows.lua TURNS - nanoseconds of CPU a row, by turns: a loop over plain tables that hold a
-- ledger's rows, a loop over the ledger, and the KiB that the latter leaves behind.  Run by
-- `medel run --trust`.
local turns = math.tointeger(tonumber((...)))
local medel = require "medel"

local text, accounts = { "#FLAGGA 0\n#RAR 0 20230101 20231231\n" }, { "1930", "2510", "5010", "6010", "7410" }
for i = 1, 60000 do
  local ore = i * 37 % 1000000
  text[#text + 1] = ("#VER A %d 2023%02d%02d \"Text\"\n{\n#TRANS %s {} %d.%02d\n#TRANS %s {} -%d.%02d\n#TRANS 3740 {} 0\n}\n"):format(i,
    i % 12 + 1, i % 28 + 1, accounts[i % 5 + 1], ore // 100, ore % 100, accounts[(i + 1) % 5 + 1], ore // 100, ore % 100)
end
local bok = assert(medel.read_ledger(table.concat(text)))

local rows = {}
for rad, konto, belopp, dag, ver in bok:rows() do rows[rad] = { konto = konto, belopp = belopp, dag = dag, ver = ver } end

local function over_tables()
  local sum, late = 0, 0
  for _, row in ipairs(rows) do
    if row.konto == "1930" then sum = sum + row.belopp end
    if row.dag > 19500 then late = late + 1 end
  end
  return sum + late
end

local function over_ledger()
  local sum, late = 0, 0
  for _, konto, belopp, dag in bok:rows() do
    if konto == "1930" then sum = sum + belopp end
    if dag > 19500 then late = late + 1 end
  end
  return sum + late
end

local function cpu(f)
  local start = os.clock()
  local value = f()
  return (os.clock() - start) * 1e9 / #rows, value
end

local _, expected = cpu(over_tables)
for _ = 1, turns do
  local a = cpu(over_tables)
  collectgarbage() collectgarbage "stop"
  local before = collectgarbage "count"
  local b, value = cpu(over_ledger)
  local left = collectgarbage "count" - before
  collectgarbage "restart"
  assert(value == expected)
  print(("%.2f %.2f %.2f"):format(a, b, left))
end
