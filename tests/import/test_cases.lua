-- test_cases.lua [reset]: lines of real prints that fool a reader of columns (cases/NAME.txt), pages of them as
-- words and boxes (cases/NAME.xhtml), and what they say (cases/NAME.rows).
package.path = "tests/bindings/?.lua;tests/import/?.lua;" .. package.path
local check = require "check"
local accounted = require "accounted"
local medel = require "medel"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()

local function document(path)
  if path:find "%.txt$" then return read.document(path) end
  return { document = assert(medel.document_boxes(medel.read_file(path))), kind = "boxes", name = path, path = path, sha256 = "" }
end

local function rows(path)
  local m = read.import(taxonomy, document(path), { year = 2023 })
  check.equal(accounted.wrong(m), nil)
  local out = {}
  for _, t in ipairs(m.tables) do
    local columns = {}
    for i, c in ipairs(t.columns) do columns[i] = c.printed and ("%s (%s)"):format(c.id, c.printed) or c.id end
    out[#out + 1] = ("%s%s %s: %s"):format(t.id, t.note and " " .. t.note or "", t.unit, table.concat(columns, " | "))
    for _, row in ipairs(t.rows) do
      local cells = {}
      for i, cell in ipairs(row.cells) do cells[i] = (cell.printed or "~") end
      out[#out + 1] = ("  %s%s%s: %s%s"):format(row.id, row.under and " under " .. row.under or "",
        row.note and " not " .. row.note or "", table.concat(cells, " | "),
        row.question and "   ? " .. row.question.status or "")
    end
    for _, loose in ipairs(t.loose) do out[#out + 1] = "  inte läst: " .. loose.text end
  end
  return table.concat(out, "\n") .. "\n"
end

local paths = medel.files("tests/import/cases", ".txt")
for _, path in ipairs(medel.files("tests/import/cases", ".xhtml")) do paths[#paths + 1] = path end
local n = 0
for _, path in ipairs(paths) do
  local expected = path:gsub("%.%l+$", ".rows")
  if (...) == "reset" then
    assert(medel.write_file(expected, rows(path), true))
  else
    n = n + 1
    check.test(path, function() check.equal(rows(path), assert(medel.read_file(expected))) end)
  end
end
if (...) ~= "reset" then print(("import: %d fall"):format(n)) end
check.test("rows without a place: the rows that they may be are not typed yet, and their sums are not tried", function()
  local m = read.import(taxonomy, { document = assert(medel.document_text [[
Årsredovisning 2023

Resultaträkning
Belopp i kr                     2023        2022
Medlemsbidrag från ägarna  6 400 000   6 100 000
Projektbidrag från ESF       412 200         500
Verksamhetens kostnader   -6 540 150  -6 023 400
Verksamhetens resultat       272 150      76 600
Årets resultat               272 150      76 600
]]), kind = "text", name = "r.txt", path = "r.txt", sha256 = "0" }, { year = 2023 })
  check.equal(m.wrong, nil)
  check.equal(#m.contradictions, 0)
  check.contains(m.text, "# ingen plats: Medlemsbidrag från ägarna [6 400 000, 6 100 000], rad: 5")
  check.contains(m.text, "verksamhetens_intakter: { tal: [_, _] }")
end)

check.test("a label that ends with a comma goes on, where the lines of a cell are as far apart as rows are", function()
  local words, y = {}, 40
  local function line(label, ...)
    local x = 40
    for word in label:gmatch "%S+" do
      words[#words + 1] = ('<word xMin="%d" yMin="%.1f" xMax="%d" yMax="%.1f">%s</word>'):format(x, y, x + 4 * #word, y + 10, word)
      x = x + 4 * #word + 3
    end
    for i, figure in ipairs { ... } do
      local x1 = 250 + 80 * i - 5 * (#figure + 1)
      for word in figure:gmatch "%S+" do
        words[#words + 1] = ('<word xMin="%d" yMin="%.1f" xMax="%d" yMax="%.1f">%s</word>'):format(x1, y, x1 + 5 * #word, y + 10, word)
        x1 = x1 + 5 * #word + 3
      end
    end
    y = y + 11.2
  end
  line "Balansräkning"
  line("kr", "2023", "2022")
  line("Summa tillgångar", "8 332 068", "9 047 517")
  line("Årets resultat", "-417 832", "1 526 581")
  line("Summa eget kapital", "6 192 953", "6 610 785")
  line("Kortfristiga skulder", "2 139 115", "2 436 732")
  line("Summa eget kapital,", "8 332 068", "9 047 517")
  y = y - 0.7
  line "avsättningar och skulder"
  local document = assert(medel.document_boxes('<doc><page width="595" height="842">' .. table.concat(words) .. "</page></doc>"))
  local t = read.import(taxonomy, { document = document, kind = "boxes", name = "r", path = "r", sha256 = "" }, { year = 2023 }).tables[1]
  local row = t.rows[#t.rows]
  check.equal(row.label, "Summa eget kapital, avsättningar och skulder")
  check.equal(row.cells[1].printed, "8 332 068")
end)

check.test("the columns of a note are parts of a total, also in cells and where the total is not printed", function()
  local document = assert(medel.document_rows { "Årsredovisning 2023", "Not 9 Eget kapital", { "", "Balanserat resultat", "Årets resultat", "Summa eget kapital" },
    { "Ingående balans 2023-01-01", "1 974 686", "12 345", "1 987 031" }, { "Resultatdisposition", "12 345", "-12 345", "" },
    { "Årets resultat", "", "34 567", "34 567" }, { "Utgående balans 2023-12-31", "1 987 031", "34 567", "2 021 598" } })
  local m = read.import(taxonomy, { document = document, kind = "xlsx", name = "r", path = "r", sha256 = "" }, { year = 2023 })
  check.equal(accounted.wrong(m), nil)
  check.contains(m.text, "kolumner: [2023]")
  check.contains(m.text, "eget_kapital_ingaende: { tal: [1 987 031]")
  check.contains(m.text, "# utan kolumn här: del 1: 12 345; del 2: -12 345")
  check.equal(#m.figures, 0)
end)

if check.failed > 0 then os.exit(1) end
