-- test_heads.lua: the heads of a statement's columns, as förbund print them: years, dates and periods in their forms,
-- with and without a column of notes, beside the heading or under it.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local read = require "medel.import.read"
local medel = require "medel"
local taxonomy = require("medel.workspace").taxonomy()
local dir = assert((...), "a folder to write in")

local titles = { "Resultaträkning", "RESULTATRÄKNING", "Resultaträkning (kr)", "Resultaträkning, kronor",
  "Resultaträkning för samordningsförbundet Norrån", "5.1 Resultaträkning", "Resultaträkning 2023" }
local heads = { { "2023", "2022" }, { "2023-12-31", "2022-12-31" }, { "Utfall 2023", "Utfall 2022" },
  { "Bokslut 2023", "Bokslut 2022" }, { "År 2023", "År 2022" }, { "2023-01-01-2023-12-31", "2022-01-01-2022-12-31" },
  { "2023-01-01 - 2023-12-31", "2022-01-01 - 2022-12-31" }, { "jan-dec 2023", "jan-dec 2022" },
  { "231231", "221231" }, { "2301-2312", "2201-2212" }, { "20231231", "20221231" }, { "31 dec 2023", "31 dec 2022" },
  { "31 december 2023", "31 december 2022" }, { "2022", "2023" }, { "230101-231231", "220101-221231" } }
local notes = { "", "Not", "Noter", "Not nr", "NOT" }
local rows = {
  { "Verksamhetens intäkter", "1", "8 160 000", "7 000 000" }, { "Verksamhetens kostnader", "2", "-8 500 000", "-7 100 000" },
  { "Verksamhetens nettokostnader", "", "-340 000", "-100 000" }, { "Finansiella intäkter", "3", "40 000", "1 000" },
  { "Årets resultat", "", "-300 000", "-99 000" } }

local function left(s, width) return s .. (" "):rep(width - utf8.len(s)) end
local function right(s, width) return (" "):rep(width - utf8.len(s)) .. s end

local function printed(title, head, note, place)
  local width = math.max(14, utf8.len(head[1]) + 2)
  local function line(a, b, c, d) return left(a, 52) .. left(b, 8) .. right(c, width) .. right(d, width) end
  local out = { "Årsredovisning 2023", "Samordningsförbundet Norrån", "" }
  if place == "beside" then
    out[#out + 1] = line(title, note, head[1], head[2])
  else
    out[#out + 1] = title
    if place == "apart" then out[#out + 1] = "" end
    out[#out + 1] = line(place == "apart" and "Belopp i kr" or "", note, head[1], head[2])
    if place == "apart" then out[#out + 1] = "" end
  end
  for _, row in ipairs(rows) do out[#out + 1] = line(row[1], note ~= "" and row[2] or "", row[3], row[4]) end
  return table.concat(out, "\n") .. "\n"
end

local function said(path)
  local t = read.import(taxonomy, read.document(path), { year = 2023 }).tables[1]
  local out = { ("%s %s"):format(t.columns[1].id, t.columns[2].id) }
  for _, row in ipairs(t.rows) do
    out[#out + 1] = ("%s %s %s"):format(row.note or "-", row.cells[1].printed or "~", row.cells[2].printed or "~")
  end
  return table.concat(out, "\n")
end

local function expected(head, note)
  local out = { head[1]:find "2[02]?22" and "2022 2023" or "2023 2022" }
  for _, row in ipairs(rows) do
    out[#out + 1] = ("%s %s %s"):format(note ~= "" and row[2] ~= "" and row[2] or "-", row[3], row[4])
  end
  return table.concat(out, "\n")
end

-- Every head with every place; titles and words for notes take turns.
local n = 0
for i, head in ipairs(heads) do
  for _, place in ipairs { "beside", "under", "apart" } do
    for turn = 1, 3 do
      n = n + 1
      local title, note = titles[n % #titles + 1], notes[(n + i) % #notes + 1]
      check.test(("%s: %s | %s | %s"):format(place, title, note, head[1]), function()
        local path = dir .. "/heads.txt"
        assert(medel.write_file(path, printed(title, head, note, place), true))
        check.equal(said(path), expected(head, note), turn)
      end)
    end
  end
end
print(("import: %d huvuden"):format(n))
if check.failed > 0 then os.exit(1) end
