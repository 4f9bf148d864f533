-- csv.lua: cells and lines of CSV, in two dialects: as RFC 4180 has it, with decimal points, and
-- as Excel in Swedish reads it, with semicolons, decimal commas and a byte order mark.  A cell is a
-- type: it is made here, of text or of a number, and a plain text cannot be put into a line.
local plain = require "medel.writers.plain"

local csv = {}

csv.options = {
  { flags = "--excel", target = "excel", doc = "CSV for Excel in Swedish: semicolons, decimal commas and a byte order mark." },
  { flags = "--bom", target = "bom", doc = "Begin CSV with a byte order mark, which Excel needs for å, ä and ö." },
}

local Cell = { __metatable = "CSV" }
function Cell.__tostring() error("a cell of CSV is no text", 2) end
Cell.__concat = Cell.__tostring

local function new(text) return setmetatable({ text }, Cell) end
local empty = new ""

-- What spreadsheets take for the start of a formula.
local triggers = { "[=+@-]", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}" }

-- An apostrophe stands before them where a cell could begin: at the start of the text and, since
-- Excel in Swedish splits at semicolons whatever the quotes, after those, tabs and line ends.
local function guarded(text)
  text = text:gsub("^[\t\r\n]", "'%0")
  for _, trigger in ipairs(triggers) do
    text = text:gsub("^ *" .. trigger, "'%0"):gsub("([;\t\r\n])([ \"]*" .. trigger .. ")", "%1'%2")
  end
  return text
end

-- Without what drives a terminal: of control characters only line ends and tabs are left.
local function harmless(text)
  return (text:gsub("[\0-\8\11\12\14-\31\127]", "\u{FFFD}"):gsub("\xC2[\x80-\x9F]", "\u{FFFD}"))
end

-- A cell of text; every one is quoted, so that what is not is a number.
function csv.text(text)
  return new('"' .. guarded(harmless(plain.utf8(text or ""))):gsub('"', '""') .. '"')
end

function csv.whole(n) return n and new(("%d"):format(n)) or empty end

-- A number that has so many decimals, by its last one: 1234, 2 is 12.34.
function csv.decimal(n, decimals)
  local one, a = math.tointeger(10 ^ decimals), math.abs(n)
  return new(("%s%d.%0" .. decimals .. "d"):format(n < 0 and "-" or "", a // one, a % one))
end

-- A share in thousandths, as per cent.
function csv.share(n) return csv.decimal(n, 1) end

-- A plain number: kronor, per cent or heads, rounded half away from zero to what is shown.
function csv.number(q)
  if not q then return empty end
  local unit = q:unit()
  local text = (unit == "amount" or unit == "amount_per_count") and q:text "kr2"
    or unit == "share" and q:text "%2" or q:text()
  return new((text:find "^\u{2212}" and "-" or "") .. text:gsub("[^%d,]", ""):gsub(",", "."))
end

-- Whole öre as kronor.
function csv.kronor(n) return csv.decimal(n, 2) end

-- A line of cells in the dialect that the options choose.
function csv.line(cells, options)
  local out, excel = {}, options and options.excel
  for i, cell in ipairs(cells) do
    if getmetatable(cell) ~= "CSV" then error("a cell of CSV is expected, not plain text", 2) end
    local text = cell[1]
    out[i] = excel and text:sub(1, 1) ~= '"' and text:gsub("%.", ",") or text
  end
  return table.concat(out, excel and ";" or ",") .. "\r\n"
end

-- The whole file, of its head and its lines.
function csv.file(head, lines, options)
  local cells = {}
  for i, name in ipairs(head) do cells[i] = csv.text(name) end
  local mark = options and (options.bom or options.excel) and "\u{FEFF}" or ""
  return mark .. csv.line(cells, options) .. table.concat(lines)
end

return csv
