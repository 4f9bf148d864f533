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

-- The other tables: their titles, heads and the words that förbund have for their rows.
local kinds = {
  { id = "balansrakning", notes = true,
    titles = { "Balansräkning", "BALANSRÄKNING", "Balansräkning per 2023-12-31", "Balansräkning (kr)" },
    heads = { { "2023-12-31", "2022-12-31" }, { "231231", "221231" }, { "31 dec 2023", "31 dec 2022" }, { "Utg. balans 2023", "Utg. balans 2022" } },
    columns = { "2023 2022" },
    rows = { { "TILLGÅNGAR" }, { "Kortfristiga fordringar", "310 000", "220 000" }, { "Kassa & bank", "3 400 000", "3 300 000" },
      { "S:a omsättningstillgångar", "3 710 000", "3 520 000" }, { "SUMMA TILLGÅNGAR", "3 710 000", "3 520 000" },
      { "EGET KAPITAL OCH SKULDER" }, { "Ingående eget kapital", "1 550 000", "1 400 000" }, { "Årets resultat", "100 000", "150 000" },
      { "Summa eget kapital", "1 650 000", "1 550 000" }, { "Kortfristiga skulder", "2 060 000", "1 970 000" },
      { "SUMMA EGET KAPITAL OCH SKULDER", "3 710 000", "3 520 000" } } },
  { id = "kassaflodesanalys", notes = true,
    titles = { "Kassaflödesanalys", "Finansieringsanalys" },
    heads = { { "2023-12-31", "2022-12-31" }, { "Utfall 2023", "Utfall 2022" }, { "2023-01-01 - 2023-12-31", "2022-01-01 - 2022-12-31" } },
    columns = { "2023 2022" },
    rows = { { "Årets resultat", "100 000", "150 000" }, { "Förändring av kortfristiga fordringar", "-90 000", "10 000" },
      { "Ökning (+) minskning (-) av kortfristiga skulder", "90 000", "-20 000" },
      { "Kassaflöde från löpande verksamhet", "100 000", "140 000" }, { "Årets kassaflöde", "100 000", "140 000" },
      { "Ingående likvida medel", "3 300 000", "3 160 000" }, { "Utgående likvida medel", "3 400 000", "3 300 000" } } },
  { id = "oversikt",
    titles = { "Femårsöversikt", "Fem år i sammandrag", "Flerårsöversikt", "Ekonomi i korthet" },
    heads = { { "2023", "2022", "2021" }, { "År 2023", "År 2022", "År 2021" }, { "2021", "2022", "2023" } },
    columns = { "2023 2022 2021", "2023 2022 2021", "2021 2022 2023" },
    rows = { { "Intäkter", "7 300", "7 000", "6 900" }, { "Kostnader", "-7 200", "-6 850", "-6 900" }, { "Årets resultat", "100", "150", "0" },
      { "Eget kapital", "1 650", "1 550", "1 400" }, { "Soliditet, %", "61", "60", "59" } } },
  { id = "driftredovisning",
    titles = { "Driftredovisning", "Driftredovisning 2023", "Driftredovisning (tkr)", "Budgetuppföljning" },
    heads = { { "Utfall 2023", "Budget 2023", "Avvikelse" }, { "Utfall", "Budget", "Diff" }, { "Bokslut 2023", "Budget 2023", "Avvikelse" } },
    columns = { "netto budget avvikelse" },
    rows = { { "Individinriktade insatser", "5 100", "5 000", "100" }, { "Strukturpåverkande insatser", "900", "1 000", "-100" },
      { "Kansli", "1 200", "1 250", "-50" }, { "Summa", "7 200", "7 250", "-50" } } },
  { id = "resultatrakning", notes = true,
    titles = { "Resultaträkning", "Resultaträkning 2023" },
    heads = { { "Utfall 2023", "Budget 2023", "Utfall 2022" }, { "Bokslut 2022", "Bokslut 2023", "Budget 2023" }, { "2023", "Budget 2023", "2022" },
      { "Utfall", "Budget", "Föreg. år" } },
    columns = { "2023 2023 budget 2022", "2022 2023 2023 budget", "2023 2023 budget 2022", "2023 2023 budget 2022" },
    rows = { { "Verksamhetens intäkter", "8 160 000", "8 000 000", "7 000 000" },
      { "Verksamhetens kostnader", "-8 500 000", "-8 200 000", "-7 100 000" },
      { "Verksamhetens nettokostnader", "-340 000", "-200 000", "-100 000" }, { "Årets resultat", "-340 000", "-200 000", "-100 000" } } },
}

-- A deviation beside the years of a statement has no column in a report: it is kept beside the row.
kinds[#kinds + 1] = { id = "resultatrakning", notes = true, titles = { "Resultaträkning" },
  heads = { { "Utfall 2023", "Budget 2023", "Avvikelse" }, { "Utfall", "Budget", "Diff" } }, columns = { "2023 2023 budget" },
  aside = "avvikelse 2023",
  rows = { { "Verksamhetens intäkter", "8 160 000", "8 000 000", "160 000" }, { "Verksamhetens kostnader", "-8 500 000", "-8 200 000", "-300 000" },
    { "Årets resultat", "-340 000", "-200 000", "-140 000" } } }

local function table_text(kind, title, head, note, place)
  local width = {}
  for i, h in ipairs(head) do width[i] = math.max(14, utf8.len(h) + 2) end
  local function line(a, b, cells)
    local out = left(a, 54) .. left(b, 8)
    for i, w in ipairs(width) do out = out .. right(cells[i] or "", w) end
    return (out:gsub(" +$", ""))
  end
  local out = { "Årsredovisning 2023", "Samordningsförbundet Norrån", "", }
  if place == "beside" then
    out[#out + 1] = line(title, note, head)
  else
    out[#out + 1] = title
    if place == "apart" then out[#out + 1] = "" end
    out[#out + 1] = line(place == "apart" and "Belopp i kr" or "", note, head)
  end
  for i, row in ipairs(kind.rows) do
    out[#out + 1] = line(row[1], note ~= "" and #row > 1 and tostring(i) or "", table.move(row, 2, #row, 1, {}))
  end
  return table.concat(out, "\n") .. "\n"
end

local function figures_of(path, id)
  for _, t in ipairs(read.import(taxonomy, read.document(path), { year = 2023 }).tables) do
    if t.id == id then
      local columns, out = {}, {}
      for i, c in ipairs(t.columns) do columns[i] = c.id end
      out[1] = table.concat(columns, " ")
      for _, row in ipairs(t.rows) do
        local cells = {}
        for i, cell in ipairs(row.cells) do cells[i] = cell.printed or "~" end
        for _, a in ipairs(row.asides or {}) do cells[#cells + 1] = a.column .. ": " .. a.printed end
        out[#out + 1] = (row.placed and "" or "utan plats: ") .. table.concat(cells, " | ")
      end
      return table.concat(out, "\n")
    end
  end
  return "ingen tabell " .. id
end

for _, kind in ipairs(kinds) do
  for i, head in ipairs(kind.heads) do
    for _, place in ipairs { "beside", "under", "apart" } do
      for j, title in ipairs(kind.titles) do
        n = n + 1
        local note = kind.notes and notes[(n + i) % #notes + 1] or ""
        check.test(("%s: %s: %s | %s | %s"):format(kind.id, place, title, note, head[1]), function()
          local path = dir .. "/heads.txt"
          assert(medel.write_file(path, table_text(kind, title, head, note, place), true))
          local want = { kind.columns[i] or kind.columns[1] }
          for _, row in ipairs(kind.rows) do
            if #row > 1 then
              local cells = table.move(row, 2, #row, 1, {})
              if kind.aside then cells[#cells] = ("%s: %s"):format(kind.aside, cells[#cells]) end
              want[#want + 1] = table.concat(cells, " | ")
            end
          end
          check.equal(figures_of(path, kind.id), table.concat(want, "\n"), j)
        end)
      end
    end
  end
end

-- Notes by their titles in the forms that are printed; one without a title is of the kind of the row that names it.
local forms = { "Not %d %s", "NOT %d %s", "Not %d. %s", "Not %d: %s", "Not %d – %s (kr)", "Not %d\n%s", "Not nr %d %s", "Not. %d %s",
  "%d. %s", "%2$s (not %1$d)", "Not %d" }
local note_rows = {
  { "Verksamhetens intäkter", "intakter", { { "Försäkringskassan", "4 000 000", "3 500 000" }, { "Övriga intäkter", "4 160 000", "3 500 000" },
    { "Summa", "8 160 000", "7 000 000" } } },
  { "Verksamhetens kostnader", "kostnader", { { "Personalkostnader", "-1 500 000", "-1 200 000" }, { "Övriga kostnader", "-7 000 000", "-5 900 000" },
    { "Summa", "-8 500 000", "-7 100 000" } } } }

local function note_text(form, head, place)
  local function line(a, b, c, d) return (left(a, 52) .. left(b, 8) .. right(c, 14) .. right(d, 14):gsub(" +$", "")) end
  local out = { "Årsredovisning 2023", "", "Resultaträkning", line("", "Not", "2023", "2022") }
  for _, row in ipairs(rows) do out[#out + 1] = line(row[1], row[2], row[3], row[4]) end
  out[#out + 1] = ""
  out[#out + 1] = "Noter"
  for i, note in ipairs(note_rows) do
    local title = form:find "2%$" and ("%s (not %d)"):format(note[1], i) or form:format(i, note[1])
    local above, last = title:match "^(.*)\n(.*)$"
    if above then out[#out + 1] = above end
    if place == "beside" then
      out[#out + 1] = line(last or title, "", head[1], head[2])
    else
      out[#out + 1] = last or title
      out[#out + 1] = line("", "", head[1], head[2])
    end
    for _, row in ipairs(note[3]) do out[#out + 1] = line(row[1], "", row[2], row[3]) end
    out[#out + 1] = ""
  end
  return table.concat(out, "\n") .. "\n"
end

for _, form in ipairs(forms) do
  for i, place in ipairs { "beside", "under" } do
    n = n + 1
    check.test(("not: %s: %s"):format(place, form), function()
      local path = dir .. "/notes.txt"
      assert(medel.write_file(path, note_text(form, heads[i], place), true))
      local said, want = {}, {}
      for _, t in ipairs(read.import(taxonomy, read.document(path), { year = 2023 }).tables) do
        if t.note then
          said[#said + 1] = ("%s %s"):format(t.note, t.kind)
          for _, row in ipairs(t.rows) do said[#said + 1] = row.cells[1].printed .. " | " .. row.cells[2].printed end
        end
      end
      for j, note in ipairs(note_rows) do
        want[#want + 1] = ("%d %s"):format(j, note[2])
        for _, row in ipairs(note[3]) do want[#want + 1] = row[2] .. " | " .. row[3] end
      end
      check.equal(table.concat(said, "\n"), table.concat(want, "\n"))
    end)
  end
end
print(("import: %d huvuden"):format(n))
if check.failed > 0 then os.exit(1) end
