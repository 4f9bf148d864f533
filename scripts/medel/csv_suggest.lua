-- csv_suggest.lua: a mapping for a CSV file of vouchers, suggested from its heads and first rows.
local medel = require "medel"
local cells_of = require "medel.csv_cells"
local files = require "medel.files"

-- What the columns are called by the systems that write them, in the order of preference;
-- compared in lower case without anything but letters.
local heads = {
  { "number", "vernr", "verifikationsnr", "verifikationsnummer", "vernummer", "vnr", "verifikation", "verifikat", "ver", "nr", "nummer",
    "voucherno", "vouchernumber", "number" },
  { "series", "serie", "verserie", "vertyp", "verifikationstyp", "vt", "series", "typ" },
  { "date", "datum", "verdatum", "bokföringsdatum", "bokfdatum", "bokfört", "transdatum", "verifikationsdatum", "verifikatdatum", "transaktionsdatum", "bokföringsdag", "bokfdag", "dag", "date" },
  { "registered", "registrerad", "regdatum", "registreringsdatum", "inregistrerad", "skapad" },
  { "sign", "signatur", "sign", "användare", "registreradav", "user" },
  { "text", "vertext", "verifikationstext", "verifikattext", "text", "beskrivning", "benämning", "description" },
  { "account", "konto", "kontonr", "kontonummer", "kontokod", "account" },
  { "account_name", "kontonamn", "kontobenämning", "kontotext", "accountname", "benämning", "namn" },
  { "amount", "belopp", "summa", "beloppkr", "beloppsek", "transaktionsbelopp", "amount", "saldo" },
  { "debit", "debet", "debetbelopp", "debit" },
  { "credit", "kredit", "kreditbelopp", "credit" },
  { "row_text", "radtext", "transaktionstext", "transtext", "rowtext" },
}
-- Columns that are objects, and the dimension that they are suggested as.
local dimensions = { { "verksamhet", "20" }, { "projekt", "6" }, { "kostnadsställe", "1" }, { "kst", "1" }, { "ansvar", "21" },
                     { "aktivitet", "22" }, { "motpart", "23" }, { "insats", "24" }, { "objekt", "25" } }

local function is_utf8(text)
  return utf8.len(text) ~= nil
end

local function from_latin(text)
  return (text:gsub("[\128-\255]", function(c) return utf8.char(c:byte()) end))
end

local function plain(head)
  return (head:lower():gsub("Å", "å"):gsub("Ä", "ä"):gsub("Ö", "ö"):gsub("[%s%p%d]", ""))
end

-- The delimiter that gives most columns in most lines.
local function delimiter_of(lines)
  local best, most = ";", 1
  for _, d in ipairs { ";", "\t", "|", "," } do
    local times, usual = {}, 1
    for _, line in ipairs(lines) do
      local n = #cells_of(line, d)
      times[n] = (times[n] or 0) + 1
    end
    for n, count in pairs(times) do
      if count > (times[usual] or 0) or count == times[usual] and n > usual then usual = n end
    end
    if usual > most then best, most = d, usual end
  end
  return best
end

-- The lines before the heads: titles and dates have fewer cells.
local function head_line(lines, delimiter)
  local most, at = 0, 1
  for i = 1, math.min(#lines, 20) do
    local n = 0
    for _, c in ipairs(cells_of(lines[i], delimiter)) do n = n + (c:find "%a" and 1 or 0) end
    if n > most then most, at = n, i end
  end
  return at
end

local function columns_of(head)
  local found, taken = {}, {}
  for _, names in ipairs(heads) do
    for k = 2, #names do
      for i, h in ipairs(head) do
        if not taken[i] and not found[names[1]] and plain(h) == names[k] then found[names[1]], taken[i] = i, true end
      end
    end
  end
  if found.amount and found.debit and found.credit then
    taken[found.amount], found.amount = nil, nil
  elseif not found.amount then
    found.debit, found.credit = found.debit, found.credit
  else
    found.debit, found.credit = nil, nil
  end
  local objects = {}
  for _, d in ipairs(dimensions) do
    for i, h in ipairs(head) do
      if not taken[i] and plain(h) == d[1] then
        objects[#objects + 1], taken[i] = { dimension = d[2], column = i }, true
      end
    end
  end
  return found, objects, taken
end

-- "," or "." before the decimals, and what stands between thousands.
local function numbers_of(rows, columns)
  local seen = { [","] = 0, ["."] = 0 }
  local thousands, decimals
  for _, row in ipairs(rows) do
    for _, key in ipairs { "amount", "debit", "credit" } do
      local text = columns[key] and row[columns[key]] or ""
      text = text:gsub("\u{A0}", " "):gsub("\u{202F}", " ")
      local sign, tail = text:match "([.,])(%d+)%-?%s*$"
      if sign and #tail ~= 3 then
        seen[sign], decimals = seen[sign] + 1, math.max(decimals or 2, #tail)
      end
      if text:find "%d %d%d%d" then thousands = "space" end
      local between = text:match "%d([.,'])%d%d%d[.,]"
      if between then thousands = between == "," and "comma" or between == "." and "period" or '"\'"' end
    end
  end
  return seen["."] > seen[","] and "period" or "comma", thousands, decimals
end

local function date_of(rows, column)
  local forms = { { "^%d%d%d%d%-%d%d%-%d%d$", "YYYY-MM-DD" }, { "^%d%d%d%d%d%d%d%d$", "YYYYMMDD" }, { "^%d%d%d%d/%d%d/%d%d$", "YYYY/MM/DD" },
                  { "^%d%d%.%d%d%.%d%d%d%d$", "DD.MM.YYYY" }, { "^%d%d%-%d%d%-%d%d%d%d$", "DD-MM-YYYY" }, { "^%d%d/%d%d/%d%d%d%d$", "DD/MM/YYYY" } }
  local years = {}
  for _, form in ipairs(forms) do
    local n = 0
    for _, row in ipairs(rows) do
      local text = column and row[column] or ""
      if text:find(form[1]) then
        n = n + 1
        years[text:match "%d%d%d%d"] = true
      end
    end
    if n > 0 and 2 * n >= #rows then return form[2], years end
  end
  return nil, years
end

local function quoted(text)
  return '"' .. medel.show(text):gsub('[\\"]', "\\%0") .. '"'
end

-- The mapping as text, and what it lacks as lines.
return function(path)
  local whole, why = files.read(path)
  if not whole then error(why, 0) end
  whole = whole:gsub("^\u{FEFF}", "")
  local encoding = is_utf8(whole) and "utf-8" or "windows-1252"
  local lines = {}
  for line in whole:gmatch "[^\r\n]+" do
    lines[#lines + 1] = encoding == "utf-8" and line or from_latin(line)
    if #lines == 200 then break end
  end
  if #lines < 2 then error(path .. ": a head and a row are needed to suggest a mapping", 0) end
  local delimiter = delimiter_of(lines)
  local at = head_line(lines, delimiter)
  local head, rows = cells_of(lines[at], delimiter), {}
  for i, h in ipairs(head) do head[i] = h:match "^%s*(.-)%s*$" end
  for i = at + 1, #lines do rows[#rows + 1] = cells_of(lines[i], delimiter) end
  local columns, objects, taken = columns_of(head)
  local decimal, thousands, decimals = numbers_of(rows, columns)
  local date, years = date_of(rows, columns.date)
  local out, lacks = {}, {}
  local function add(...) out[#out + 1] = (...):format(select(2, ...)) end
  add("# A suggestion from the heads and the first rows of %s: read it before it is used.\nmedel_csv: 1\n", medel.show(path:match "[^/]+$"))
  add("encoding: %s\ndelimiter: %s\ndecimal: %s\n", encoding, delimiter == "\t" and "tab" or '"' .. delimiter .. '"', decimal)
  if thousands then add("thousands: %s\n", thousands) end
  if decimals and decimals > 2 then add("decimals: %d\n", decimals) end
  add("date: %s\n", date or "YYYY-MM-DD")
  if at > 1 then add("skip: %d\n", at - 1) end
  local list = {}
  for year in pairs(years) do list[#list + 1] = year end
  table.sort(list)
  add("company: Förbundet   # whose books they are\n")
  if #list > 0 then add("year: { start: %s-01-01, end: %s-12-31 }\n", list[1], list[1]) end
  if #list > 1 then lacks[#lacks + 1] = "the first rows have dates of several years: " .. table.concat(list, ", ") end
  add("columns:\n")
  for _, names in ipairs(heads) do
    if columns[names[1]] then add("  %s: %s\n", names[1], quoted(head[columns[names[1]]])) end
  end
  if #objects > 0 then add("objects:\n") end
  for _, o in ipairs(objects) do
    add("  - { dimension: %s, name: %s, column: %s }\n", o.dimension, quoted(head[o.column]), quoted(head[o.column]))
  end
  for _, key in ipairs { "number", "date", "account" } do
    if not columns[key] then lacks[#lacks + 1] = ("no head is known as the column %s: name it under columns"):format(key) end
  end
  if not columns.amount and not (columns.debit and columns.credit) then
    lacks[#lacks + 1] = "no head is known as the column amount, or as debit and credit: name it under columns"
  end
  if columns.date and not date then lacks[#lacks + 1] = "the dates are of no known form: say it as date" end
  local unused = {}
  for i, h in ipairs(head) do
    if not taken[i] and h ~= "" then unused[#unused + 1] = h end
  end
  if #unused > 0 then lacks[#lacks + 1] = "not used: " .. medel.show(table.concat(unused, ", ")) end
  for _, line in ipairs(lacks) do add("# %s\n", line) end
  return table.concat(out), lacks
end
