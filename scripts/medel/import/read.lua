-- read.lua: a document, its tables, the report file they make, and what is proved of it.
local medel = require "medel"
local yaml = require "medel.import.yaml"
local prose = require "medel.import.text"
local lastyear = require "medel.import.lastyear"
local matrix = require "medel.import.matrix"
local wording = require "medel.import.wording"

local read = {}

-- What a file is by its first bytes and its name.
local function kind_of(path, bytes)
  if bytes:find "^%%PDF%-" then return "pdf" end
  if bytes:find "^PK\3\4" then return "zip" end
  if bytes:find "^\xD0\xCF\x11\xE0" or bytes:find "^{\\rtf" then return nil, "spara den som docx eller PDF" end
  if bytes:find "^\xFF\xFE" or bytes:find "^\xFE\xFF" then return nil, "texten är UTF-16: spara den som UTF-8" end
  if bytes:find "%z" then return nil, path .. " är varken text, PDF, docx, odt eller xlsx" end
  return "text"
end

-- The document at path: { document, kind, name, sha256, ocr }; options.ocr: characters of pictures are recognised.
function read.document(path, options)
  local bytes, why = medel.read_file(path)
  if not bytes then error(why, 0) end
  local kind, help = kind_of(path, bytes:sub(1, 1024))
  if not kind then error(("%s: %s"):format(path, help), 0) end
  local document
  if kind == "text" then
    document, why = medel.document_text(bytes)
  else
    document, why = require("medel.import.readers")[kind](path, bytes, options or {})
  end
  if not document then error(("%s: %s"):format(path, why), 0) end
  return { document = document, kind = kind, name = path:match "[^/]+$", path = path, sha256 = medel.sha256(bytes),
           paged = kind == "pdf", ocr = kind == "pdf" and why == true }
end

-- ---- the förbund's own file ----

local function own_rows(forbund, before)
  local list = {}
  for _, x in ipairs(before or {}) do
    local rows = forbund and forbund.rader and forbund.rader[x.table]
    if not (rows and rows[x.id]) then list[#list + 1] = x end
  end
  for table_id, rows in pairs(forbund and forbund.rader or {}) do
    for id, row in pairs(type(rows) == "table" and rows or {}) do
      if type(row) == "table" and row.under then
        list[#list + 1] = { table = table_id, id = id, under = row.under, label = row.text or id }
      end
    end
  end
  for _, x in ipairs(forbund and forbund.etiketter or {}) do
    if x.tabell and x.rad and x.text then
      list[#list + 1] = { table = x.tabell, id = x.rad, under = "-", label = x.text }
    end
  end
  table.sort(list, function(a, b)
    if a.table ~= b.table then return a.table < b.table end
    if a.id ~= b.id then return a.id < b.id end
    return a.label < b.label
  end)
  return list
end

function read.forbund(path)
  if not path then return nil end
  local text, why = medel.read_file(path)
  if not text then error(why, 0) end
  local one, errors = medel.yaml(text, path)
  if not one then error(errors, 0) end
  return { values = one, path = path, name = path:match "[^/]+$" }
end

local no_name = { ["Årsredovisning"] = true, ["Delårsrapport"] = true, ["Verksamhetsberättelse"] = true, ["Org"] = true,
                  ["Styrelsen"] = true, ["Organisationsnummer"] = true, ["Sida"] = true }

-- The words of a name that begin a text: "Två Älvar får härmed ..." begins with two.
local function name_of(text)
  local words = {}
  for word, stop in text:gmatch "([^%s%.,;:%(%)]+)([^%s]*)" do
    if not word:find "^[%u\xC3]" or no_name[word] then break end
    words[#words + 1] = word
    if stop ~= "" then break end
  end
  return table.concat(words, " ")
end

-- The name that the document calls the förbund by, most often.
local function name_in(lines)
  local count, best = {}, nil
  local function called(name)
    count[name] = (count[name] or 0) + 1
    if not best or count[name] > count[best] then best = name end
  end
  for _, line in ipairs(lines) do
    for first, rest in line.text:gmatch "(Samordningsförbundet) ([%u\xC3].*)" do
      local name = name_of(rest)
      if name ~= "" then called(first .. " " .. name) end
    end
    -- "Kustlandets samordningsförbund"
    local before = line.text:match "^([%u\xC3][^%.,;:]-s) [sS]amordningsförbund%f[^%w\xC3]"
    if before and #before < 40 then called(before .. " samordningsförbund") end
  end
  return best or "Förbundet"
end

-- The number that the first pages print, if its check digit is right: "222000-1234".
local function org_number_in(lines)
  for i = 1, math.min(#lines, 120) do
    for first, last in lines[i].text:gmatch "%f[%d](%d%d%d%d%d%d)%-(%d%d%d%d)%f[%D]" do
      local digits, sum = first .. last, 0
      for n = 1, 10 do
        local d = tonumber(digits:sub(n, n)) * (n % 2 == 1 and 2 or 1)
        sum = sum + d // 10 + d % 10
      end
      if sum % 10 == 0 and tonumber(first:sub(3, 4)) >= 20 then return first .. "-" .. last end -- no day of birth
    end
  end
end

-- "Delårsrapport januari-augusti 2024" as a line of the first page: the last day, or true where no month is said.
local function interim(lines, year)
  local document = require "medel.document"
  for i = 1, math.min(#lines, 40) do
    local text = lines[i].text
    if #text < 80 and medel.contains(text:sub(1, 16), "delårs") then
      return document.end_of(year, document.last_month(text:lower())) or true
    end
  end
end

-- ---- importing ----

-- options: year, forbund (of read.forbund), last (a report), answers (of answers.lua)
-- What is in the file and is not on the page is no print: the pages that have figures are compared
-- with their pictures, once.
local function compare(source, tables)
  if source.kind ~= "pdf" or source.compared or not medel.read_in_child then return false end
  source.compared, source.unseen = true, {}
  local pages, hidden = {}, false
  for _, t in ipairs(tables) do
    for _, row in ipairs(t.rows) do
      for _, cell in ipairs(row.cells) do if cell.page then pages[cell.page] = true end end
    end
  end
  for n = 1, #medel.document_pages(source.document) do
    if pages[n] then
      local pgm = medel.read_in_child({ "pdftoppm", "-cropbox", "-gray", "-r", "50", "-f", tostring(n), "-l", tostring(n), "-" }, source.path)
      for _, w in ipairs(pgm and medel.document_compare(source.document, n, pgm) or {}) do
        source.unseen[#source.unseen + 1] = w
        hidden = hidden or w.unseen
      end
    end
  end
  return hidden
end

function read.import(taxonomy, source, options)
  options = options or {}
  local before = options.last and lastyear.rows(options.last)
  local imported, why = medel.import_document(source.document, taxonomy, {
    year = options.year, own = own_rows(options.forbund and options.forbund.values, before), last = options.last })
  if not imported then error(("%s: %s"):format(source.path, why), 0) end
  local tables, year = medel.import_tables(imported)
  if compare(source, tables) then return read.import(taxonomy, source, options) end
  local lines = medel.import_lines(imported)
  local m = { source = source, taxonomy = taxonomy, tables = tables, year = year, lines = lines, forbund = options.forbund,
              last = options.last, before = before, name = options.forbund and options.forbund.values.namn or name_in(lines), imported = imported }
  m.interim, m.org_nr = interim(lines, year), org_number_in(lines)
  if before then lastyear.carry(m) end
  matrix.find(m, wording.load())
  if options.answers then require("medel.import.answers").apply(m, options.answers, taxonomy) end
  -- the proof is of the file as it is written, with the förbund inside it
  local text = yaml.make(m, { inline = true })
  local report, wrong = medel.read_report(taxonomy, text, source.name)
  m.report, m.wrong = report, wrong
  m.proofs = report and medel.import_proofs(imported, report)
  require("medel.import.status").settle(m)
  prose.read(m, taxonomy, options.answers)
  local unfit
  m.whole, unfit = medel.read_report(taxonomy, yaml.make(m, { inline = true }) .. prose.write(m), source.name)
  m.wrong = m.wrong or unfit
  m.text = yaml.make(m, {}) .. prose.write(m)
  return m
end

return read
