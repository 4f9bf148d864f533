-- ledger_text.lua: the `huvudbok:` of a rule's test as the text of a SIE file.
--
-- What a test does not say is as it should be: accounts are declared, and closing balances
-- and results follow from what is opened and booked.
local medel = require "medel"

local known = { foretag = true, ar = true, skapad = true, omfattning = true, konton = true, odeklarerade = true,
                ib = true, ub = true, res = true, ib_forra = true, ub_forra = true, res_forra = true, psaldo = true,
                objekt = true, verifikationer = true, fyllnad = true, utan = true, sie = true }

local function quoted(text)
  return '"' .. text:gsub('"', '\\"') .. '"'
end

-- "1000,50" in öre.
local function ore(text)
  local sign, whole, part = text:match "^(%-?)(%d+)[.,]?(%d*)$"
  if not whole or #part > 2 then error(("huvudbok: '%s' is no amount"):format(text), 0) end
  local n = math.tointeger(tonumber(whole)) * 100 + math.tointeger(tonumber((part .. "00"):sub(1, 2)))
  return sign == "-" and -n or n
end

local function amount(n)
  local a = math.abs(n)
  return ("%s%d.%02d"):format(n < 0 and "-" or "", a // 100, a % 100)
end

local function compact(date)
  return (date:gsub("%-", ""))
end

-- Texts that are numbers in the order of the numbers.
local function in_order(map)
  local keys = {}
  for key in pairs(map or {}) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b)
    local x, y = a:match "^(.-)%s*%d*$", b:match "^(.-)%s*%d*$"
    local m, n = tonumber(a:match "(%d+)$" or ""), tonumber(b:match "(%d+)$" or "")
    if x ~= y or not m or not n or m == n then return a < b end
    return m < n
  end)
  return keys
end

-- "5010 1000,50 1:10 Hyra" → { konto, ore, objects, text }
local function parse_row(text)
  local konto, belopp, rest = text:match "^(%S+)%s+(%S+)%s*(.*)$"
  if not konto then error(("huvudbok: '%s' is no row: ACCOUNT AMOUNT [DIMENSION:OBJECT ...] [TEXT]"):format(text), 0) end
  local objects = {}
  while true do
    local dim, object, after = rest:match "^(%d+):(%S+)%s*(.*)$"
    if not dim then break end
    objects[#objects + 1] = quoted(dim) .. " " .. quoted(object)
    rest = after
  end
  return { konto = konto, ore = ore(belopp), objects = table.concat(objects, " "), text = rest }
end

-- [date, text, row, ..., "registrerad 2023-02-01", "sign EHM", "struken 5010 100"]
local function parse_voucher(key, list)
  local serie, nummer = key:match "^(.-)%s*(%S+)$"
  local v = { serie = serie, nummer = nummer, datum = list[1], text = list[2] or "", rows = {}, sign = "" }
  for i = 3, #list do
    local word, rest = list[i]:match "^(%l+) (.*)$"
    if word == "registrerad" then
      v.registrerad = rest
    elseif word == "sign" then
      v.sign = rest
    elseif word == "struken" then
      v.rows[#v.rows + 1] = parse_row(rest)
      v.rows[#v.rows].struken = true
    else
      v.rows[#v.rows + 1] = parse_row(list[i])
    end
  end
  return v
end

local function parse_vouchers(map)
  local out = {}
  for _, key in ipairs(in_order(map)) do out[#out + 1] = parse_voucher(key, map[key]) end
  return out
end

-- Ordinary vouchers, to be what the others are compared with: on working days, each with another amount.
local function add_filling(out, f, year)
  if not f then return end
  local n, day = math.tointeger(tonumber(f.antal)), medel.day(year .. "-01-02")
  for i = 1, n do
    while medel.weekday(day) > 5 or medel.holiday(day) do day = day + 1 end
    local v = { serie = f.serie or "F", nummer = tostring(i), datum = medel.date(day), text = "Löpande " .. i, rows = {}, sign = "" }
    for k, row in ipairs(f.rader) do
      v.rows[k] = parse_row(row)
      v.rows[k].ore = v.rows[k].ore + (v.rows[k].ore < 0 and -i or i) * 137
    end
    out[#out + 1] = v
    if i * 240 // n > (i - 1) * 240 // n then day = day + 1 end
  end
end

local function write_voucher(out, v)
  out[#out + 1] = ("#VER %s %s %s %s%s"):format(quoted(v.serie), quoted(v.nummer), compact(v.datum), quoted(v.text),
    (v.registrerad or v.sign ~= "") and (" %s %s"):format(v.registrerad and compact(v.registrerad) or '""', quoted(v.sign)) or "")
  out[#out + 1] = "{"
  for _, r in ipairs(v.rows) do
    out[#out + 1] = ("#%s %s {%s} %s %s"):format(r.struken and "BTRANS" or "TRANS", r.konto, r.objects, amount(r.ore),
      r.text ~= "" and '"" ' .. quoted(r.text) or "")
  end
  out[#out + 1] = "}"
end

-- Opening balances and rows: what the file should state as closing balances and results.
local function closing(h, vouchers)
  local ub, res = {}, {}
  for konto, belopp in pairs(h.ib or {}) do ub[konto] = ore(belopp) end
  for _, v in ipairs(vouchers) do
    for _, r in ipairs(v.rows) do
      local into = r.konto < "3" and ub or res
      if not r.struken then into[r.konto] = (into[r.konto] or 0) + r.ore end
    end
  end
  for konto, belopp in pairs(h.ub or {}) do ub[konto] = ore(belopp) end
  for konto, belopp in pairs(h.res or {}) do res[konto] = ore(belopp) end
  return ub, res
end

local function balances(out, label, year, map)
  for _, konto in ipairs(in_order(map)) do
    local n = map[konto]
    out[#out + 1] = ("#%s %d %s %s"):format(label, year, konto, amount(type(n) == "string" and ore(n) or n))
  end
end

local function declare(out, h, vouchers, ...)
  local names, hidden = {}, {}
  for _, konto in ipairs(h.odeklarerade or {}) do hidden[konto] = true end
  for _, v in ipairs(vouchers) do
    for _, r in ipairs(v.rows) do names[r.konto] = "Konto " .. r.konto end
  end
  for _, map in ipairs { ... } do
    for konto in pairs(map) do names[konto] = "Konto " .. konto end
  end
  for konto, namn in pairs(h.konton or {}) do names[konto] = namn end
  for _, konto in ipairs(in_order(names)) do
    if not hidden[konto] then out[#out + 1] = ("#KONTO %s %s"):format(konto, quoted(names[konto])) end
  end
  for _, key in ipairs(in_order(h.objekt)) do
    local dim, objekt = key:match "^(%d+):(.*)$"
    out[#out + 1] = ("#OBJEKT %s %s %s"):format(dim, quoted(objekt), quoted(h.objekt[key]))
  end
end

-- h is the mapping, or the text of a whole SIE file; year is the report's.
return function(h, year)
  if type(h) == "string" then return h end
  for key in pairs(h) do
    if not known[key] then error(("huvudbok: unknown key '%s'"):format(key), 0) end
  end
  year = math.tointeger(tonumber(h.ar or year))
  local without, vouchers = {}, parse_vouchers(h.verifikationer)
  for _, what in ipairs(h.utan or {}) do without[what] = true end
  add_filling(vouchers, h.fyllnad, year)
  local ub, res = closing(h, vouchers)
  local out = { "#FLAGGA 0", '#PROGRAM "prov" "1"', "#FORMAT PC8" }
  if not without.gen then out[#out + 1] = "#GEN " .. compact(h.skapad or year + 1 .. "-03-01") end
  out[#out + 1] = "#SIETYP 4"
  out[#out + 1] = "#FNAMN " .. quoted(h.foretag or "Förbundet Prov")
  out[#out + 1] = ("#RAR 0 %d0101 %d1231"):format(year, year)
  out[#out + 1] = ("#RAR -1 %d0101 %d1231"):format(year - 1, year - 1)
  if h.omfattning then out[#out + 1] = "#OMFATTN " .. compact(h.omfattning) end
  declare(out, h, vouchers, h.ib or {}, ub, res, h.ib_forra or {}, h.ub_forra or {}, h.res_forra or {})
  balances(out, "IB", 0, h.ib)
  if not without.ub then balances(out, "UB", 0, ub) end
  if not without.res then balances(out, "RES", 0, res) end
  balances(out, "IB", -1, h.ib_forra)
  balances(out, "UB", -1, h.ub_forra)
  balances(out, "RES", -1, h.res_forra)
  for _, key in ipairs(in_order(h.psaldo)) do
    local konto, period = key:match "^(%S+) (%d%d%d%d%-%d%d)$"
    if not konto then error("huvudbok: psaldo is { ACCOUNT YYYY-MM: amount }", 0) end
    out[#out + 1] = ("#PSALDO 0 %s %s {} %s"):format(compact(period), konto, amount(ore(h.psaldo[key])))
  end
  for _, v in ipairs(vouchers) do write_voucher(out, v) end
  return table.concat(out, "\n") .. "\n" .. (h.sie or "")
end
