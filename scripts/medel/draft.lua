-- draft.lua: the statements of a report from a ledger, as the text of a report file.
local medel = require "medel"

local draft = {}

-- Whole kronor, half away from zero, as statements are printed: "−1 234 567" typed "-1 234 567".
local function kronor(ore)
  local kr = (math.abs(ore) + 50) // 100
  local text = tostring(kr):reverse():gsub("(%d%d%d)", "%1 "):reverse():gsub("^ ", "")
  return (ore < 0 and kr > 0 and "-" or "") .. text
end

local function quoted(text)
  return '"' .. medel.show(text):gsub('[\\"]', "\\%0") .. '"'
end

-- ---- what stands in which table ----

-- { table = { row = { key = { ore, sum } } } }; key is a year, or a column of the driftredovisning.
local function by_table(statements)
  local tables = {}
  for _, r in ipairs(statements:rows()) do
    local t = tables[r.table] or { rows = {}, keys = {}, own = {} }
    tables[r.table] = t
    local key = r.column or r.year
    if not t.rows[r.row] then
      t.rows[r.row] = {}
      t.own[#t.own + 1] = r.row
    end
    t.rows[r.row][key] = r
    t.keys[key] = true
  end
  return tables
end

-- Rows in the taxonomy's order; the förbund's own before the row that they add to.
local function ordered(spec, t, plan)
  local list, known, own = {}, {}, {}
  for _, row in ipairs(spec.rows) do known[row.id] = true end
  for _, id in ipairs(t.own) do
    if not known[id] then
      local under, label = plan:own_row(spec.id, id)
      own[under or ""] = own[under or ""] or {}
      table.insert(own[under or ""], { id = id, under = under, label = label })
    end
  end
  for _, row in ipairs(spec.rows) do
    for _, o in ipairs(own[row.id] or {}) do list[#list + 1] = o end
    if t.rows[row.id] then list[#list + 1] = { id = row.id, note = row.note } end
  end
  return list
end

-- "konto 3511, 3512; objekt 100: konto 4510": each account once for each object.
local function accounts_of(parts)
  local by_object, objects = {}, {}
  for _, p in ipairs(parts) do
    local object = p.objekt and "objekt " .. p.objekt .. ": " or ""
    local konton = by_object[object]
    if not konton then
      konton = {}
      by_object[object] = konton
      objects[#objects + 1] = object
    end
    if not konton[p.konto] then
      konton[p.konto] = true
      konton[#konton + 1] = p.konto
    end
  end
  table.sort(objects)
  for i, object in ipairs(objects) do
    table.sort(by_object[object])
    objects[i] = object .. "konto " .. table.concat(by_object[object], ", ")
  end
  return medel.show(table.concat(objects, "; "))
end

-- Which accounts a row came from, as a comment; sums say so.
local function comment(statements, table_id, row, cells)
  local parts, sum = {}, true
  for key, r in pairs(cells) do
    sum = sum and r.sum
    if not r.sum then
      for _, p in ipairs(statements:parts(table_id .. "." .. row, type(key) == "string" and key or nil,
                                          type(key) == "number" and key or 0)) do parts[#parts + 1] = p end
    end
  end
  return sum and "summa" or accounts_of(parts)
end

-- ---- writing ----

local function write_table(out, indent, spec, t, plan, statements, keys, columns, notes, printed)
  out[#out + 1] = ("%senhet: kr\n%skolumner: [%s]\n"):format(indent, indent, table.concat(columns, ", "))
  if printed then out[#out + 1] = ("%stryckta_kolumner: [%s]\n"):format(indent, table.concat(printed, ", ")) end
  out[#out + 1] = ("%srader:\n"):format(indent)
  for _, row in ipairs(ordered(spec, t, plan)) do
    local cells = {}
    for i, key in ipairs(keys) do
      local r = t.rows[row.id][key]
      cells[i] = r and kronor(r.ore) or "–"
    end
    local extra = (row.under and (", under: %s, text: %s"):format(row.under, quoted(row.label)) or "")
      .. (row.note and notes[row.note] and ", not: " .. notes[row.note] or "")
    out[#out + 1] = ("%s  %s: { tal: [%s]%s }   # %s\n"):format(indent, row.id, table.concat(cells, ", "), extra,
      comment(statements, spec.id, row.id, t.rows[row.id]))
  end
end

local function years_of(t, year)
  local keys, columns = {}, {}
  for _, back in ipairs { 0, -1 } do
    if t.keys[back] then
      keys[#keys + 1] = back
      columns[#columns + 1] = tostring(year + back)
    end
  end
  return keys, columns
end

-- Of a part of the year the flows are headed with it, and the balances with its last day.
local function headings(spec, keys, year, till)
  if not till or not (spec.period_header or spec.date_header) then return nil end
  local out = {}
  for i, back in ipairs(keys) do
    local last = back == 0 and till or (year + back) .. "-12-31"
    out[i] = spec.period_header and ('"%d-01-01 – %s"'):format(year + back, last) or ('"%s"'):format(last)
  end
  return out
end

local function columns_of(t, till)
  local keys = {}
  -- the budget is the year's, and no part of it to deviate from
  for _, key in ipairs { "intakt", "kostnad", "netto", "budget", not till and "avvikelse" or nil } do
    if t.keys[key] then keys[#keys + 1] = key end
  end
  return keys, keys
end

local function unmapped_lines(statements, year)
  local lines = {}
  for _, k in ipairs(statements:unmapped()) do
    local name = k.objekt and k.objektnamn or k.namn
    name = name ~= "" and " " .. name or ""
    lines[#lines + 1] = k.objekt
      and ("objekt %s%s på konto %s: %s kr, ingen rad i driftredovisningen"):format(k.objekt, name, k.konto, kronor(k.ore))
      or ("konto %s%s: %s kr %d, ingen rad"):format(k.konto, name, kronor(k.ore), year + k.year)
  end
  for i, line in ipairs(lines) do lines[i] = medel.show(line) end
  return lines
end

local function comments(out, heading, lines)
  if #lines == 0 then return end
  out[#out + 1] = "#\n# " .. heading .. "\n"
  for _, line in ipairs(lines) do out[#out + 1] = "#   " .. line .. "\n" end
end

local function head(bok, plan, year, lines, wrong, till)
  local what = till and "delårsrapport till och med " .. till or "årsredovisning " .. year
  local out = { ("# %s, %s: ett utkast ur bokföringen %s.\n"):format(
    medel.show(bok.foretag or "Förbundet"), what, medel.show(bok.fil:match "[^/]+$")) }
  out[#out + 1] = ("# Raderna följer kontoplanen %s (%s).\n"):format(plan.id, plan.title)
  if bok.prosa then out[#out + 1] = "# Filen säger om sig själv: " .. medel.show(bok.prosa) .. "\n" end
  out[#out + 1] = till and "# Belopp är avrundade till hela kronor. Samma period föregående år, helårsprognos och text skrivs till.\n"
    or "# Belopp är avrundade till hela kronor. Rubriker, not 1, mål, insatser och text skrivs till.\n"
  comments(out, "UTRED FÖRST, i bokföringen själv:", wrong)
  comments(out, "INTE MED, för ingen rad i kontoplanen har dem:", lines)
  out[#out + 1] = "medel: 1\nforbund:\n  namn: " .. quoted(bok.foretag or "Förbundet") .. "\n"
  return out
end

-- The organisation number as audit will have it; one that it would refuse is left out, and told.
local function add_org_nr(out, bok, taxonomy, year, wrong)
  if not bok.orgnr or bok.orgnr == "" then return end
  -- Some programs leave the hyphen out, and some write the 16 that tells an organisation from a person.
  local number = bok.orgnr:gsub("[%s-]", ""):gsub("^16(%d%d%d%d%d%d%d%d%d%d)$", "%1"):gsub("^(%d%d%d%d%d%d)(%d%d%d%d)$", "%1-%2")
  local line = "  org_nr: " .. number .. "\n"
  local fine = number:find "^%d%d%d%d%d%d%-%d%d%d%d$"
    and medel.read_report(taxonomy, ("medel: 1\nforbund:\n  namn: F\n%srakenskapsar: %d\n"):format(line, year), bok.fil)
  if fine then
    out[#out + 1] = line
  else
    wrong[#wrong + 1] = medel.show(("organisationsnumret %s är inget organisationsnummer och är utelämnat"):format(bok.orgnr))
  end
end

-- What in the books has to be settled before a statement is made of them.
local function wrong_of(bok, till)
  local books, list = require "medel.books", {}
  local slut = till or bok.slut
  list[1] = books.unread_sentence(bok)
  if slut and bok.racker < slut then
    list[#list + 1] = ("filen räcker till %s, men %s slutar %s"):format(bok.racker, till and "perioden" or "räkenskapsåret", slut)
  end
  for _, f in ipairs(books.audit(bok).findings) do
    if f.level == "error" and f.rule ~= "HUV-25" then list[#list + 1] = medel.show(f.rule .. ": " .. f.message) end
  end
  return list
end

-- The statements of the text that do not add up, as audit will say.
local function add_checks(taxonomy, text, file, wrong)
  local document = require "medel.document"
  local ar, why = medel.read_report(taxonomy, text, file)
  if not ar then error("the draft would be refused by audit: " .. why, 0) end
  for _, k in ipairs(medel.checks(ar)) do
    local told = document.kind(ar) == "arsredovisning" or document.speaks_of_one_period(k, ar.rakenskapsar)
    if k.outcome == "finding" and told then wrong[#wrong + 1] = medel.show(k.rule .. ": " .. k.message) end
  end
end

local function write(taxonomy, bok, plan, statements, lines, wrong, till)
  local year = bok.rakenskapsar
  local tables, notes, numbered, number = by_table(statements), {}, {}, 2
  local out = head(bok, plan, year, lines, wrong, till)
  add_org_nr(out, bok, taxonomy, year, {})
  out[#out + 1] = ("rakenskapsar: %d\n"):format(year)
  if till then out[#out + 1] = ("dokument: { slag: delarsrapport, fran: %d-01-01, till: %s }\n"):format(year, till) end
  local described = medel.describe_taxonomy(taxonomy)
  local specs = described.tables
  local typed = { noter = true }
  for id in pairs(tables) do typed[id] = true end
  local rest = not till and require("medel.untyped").sections(described, typed) or {}
  if #rest > 0 then
    out[#out + 1] = "# Ta bort namnet när delen är inskriven, eller när årsredovisningen inte har den.\n"
    out[#out + 1] = ("ej_inskrivet: [%s]\n"):format(table.concat(rest, ", "))
  end
  for _, spec in ipairs(specs) do
    if spec.note and tables[spec.id] then
      notes[spec.note] = number
      numbered[#numbered + 1] = spec
      number = number + 1
    end
  end
  for _, spec in ipairs(specs) do
    local t = tables[spec.id]
    if t and not spec.note and not (till and spec.id == "kassaflodesanalys") then
      out[#out + 1] = ("\n%s:\n"):format(spec.id)
      local keys, columns
      if spec.by_year then keys, columns = years_of(t, year) else keys, columns = columns_of(t, till) end
      write_table(out, "  ", spec, t, plan, statements, keys, columns, notes, spec.by_year and headings(spec, keys, year, till))
    end
  end
  if #numbered > 0 then out[#out + 1] = "\nnoter:\n" end
  for _, spec in ipairs(numbered) do
    local keys, columns = years_of(tables[spec.id], year)
    out[#out + 1] = ("  %d:\n    slag: %s   # %s\n"):format(notes[spec.note], spec.note, spec.label)
    write_table(out, "    ", spec, tables[spec.id], plan, statements, keys, columns, {}, headings(spec, keys, year, till))
  end
  return table.concat(out)
end

local function check_day(bok, till, year)
  if till and (not pcall(medel.day, till) or till:sub(1, 4) ~= tostring(year)) then
    error(("%s: '%s' is no day of %d, as %d-08-31"):format(bok.fil, till, year, year), 0)
  end
end

-- The text; what has no row, as lines; what in the books is wrong, as lines.  'till': of a
-- delårsrapport, the last day.
function draft.make(taxonomy, bok, plan, till)
  local year, foreign = bok.rakenskapsar, require("medel.books").foreign(bok)
  if year == 0 then error(bok.fil .. ": the file does not say its financial year", 0) end
  if foreign then error(("%s: the amounts are in %s; a report is in kronor"):format(bok.fil, foreign), 0) end
  check_day(bok, till, year)
  local statements = till and plan:statements(bok, till) or plan:statements(bok)
  local lines, wrong = unmapped_lines(statements, year), wrong_of(bok, till)
  add_org_nr({}, bok, taxonomy, year, wrong)
  local told = #wrong > 0 -- what does not add up then follows from that
  add_checks(taxonomy, write(taxonomy, bok, plan, statements, lines, wrong, till), bok.fil, told and {} or wrong)
  return write(taxonomy, bok, plan, statements, lines, wrong, till), lines, wrong
end

return draft
