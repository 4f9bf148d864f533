-- ticked_pages.lua: the printed document itself with the marks at its figures: the pages of a PDF, or
-- the lines of any other document.
local medel = require "medel"
local files = require "medel.import.files"
local picture = require "medel.import.picture"
local read = require "medel.import.read"

local pages = {}

-- ---- which document ----

-- The document at path, or the one that the report was imported from, if it stands beside it and is
-- the same; and what the import knows of its figures.
local function document_of(file, path)
  local known = files.known(file)
  local beside = known and known.dokument and (file:match "^(.*/)" or "") .. known.dokument
  if not path and (not beside or medel.is_absent(beside)) then return nil end
  local source = read.document(path or beside)
  local same = known and known.sha256 == source.sha256
  if not path and not same then return nil end
  return source, same and known or nil
end

-- ---- pages with boxes ----

local function path_of(t, fact)
  local head = t and t.number_ and "noter." .. t.number_ or fact.table
  return ("%s.%s.%s"):format(head, fact.row, fact.column or "")
end

-- { page, box } of a figure of the side file, whose numbers are texts as any YAML's.
local function place_of(f)
  local page, box = math.tointeger(tonumber(f.sida)), {}
  for i, n in ipairs(f.ruta or {}) do box[i] = math.tointeger(tonumber(n)) end
  return page and #box == 4 and { page = page, box = box } or nil
end

-- Where the import found each figure: by its path, and those of running text by page and print.
local function places_of(known)
  local by_path, by_print = {}, {}
  for _, f in ipairs(known and known.siffror or {}) do by_path[f.plats] = place_of(f) end
  for _, f in ipairs(known and known.utanfor_tabeller or {}) do
    by_print[("%s:%s"):format(f.sida, f.tryckt)] = place_of(f)
  end
  return by_path, by_print
end

local function paged(doc, ar, tried, source, known)
  local sizes, marks, tables = medel.document_pages(source.document), {}, {}
  local by_path, by_print = places_of(known)
  for _, t in ipairs(ar:tables()) do tables[t.id_] = t end
  for _, fact in ipairs(ar:facts()) do
    local f = fact.column and by_path[path_of(tables[fact.table], fact)]
      or not fact.column and fact.places[1] and by_print[("%d:%s"):format(fact.places[1], fact.text or "")]
    local held, failed, list = tried:at(fact)
    if f and held .. failed ~= "" then
      marks[f.page] = marks[f.page] or {}
      table.insert(marks[f.page], { box = f.box, held = held, failed = failed, number = list[1] and list[1].number,
        outcome = list[1] and list[1].outcome or "right" })
    end
  end
  for n, size in ipairs(sizes) do
    local png = marks[n] and size.width > 0 and picture.of(source.path, n)
    if png then doc:page(n, size, png, marks[n]) end
  end
  return next(marks) ~= nil
end

-- ---- lines ----

local function digits_of(text)
  return text:match "%d.*$" or text
end

-- Where 'text' stands in a line, not inside a longer figure and not where a mark stands already.
local function find(line, text, taken)
  local from = 1
  while true do
    local a, b = line:find(text, from, true)
    if not a then return nil end
    local free = not (line:sub(a - 1, a - 1):find "%d" or line:sub(b + 1, b + 1):find "%d")
    for _, t in ipairs(taken) do free = free and (b < t.a or a > t.b) end
    if free then return a, b end
    from = a + 1
  end
end

local function lines_of(ar, source, taxonomy)
  local out = {}
  local imported = medel.import_document(source.document, taxonomy, { year = ar.rakenskapsar })
  for _, line in ipairs(imported and medel.import_lines(imported) or {}) do out[#out + 1] = { number = line.line, text = line.text, marks = {} } end
  return out
end

local function lined(doc, ar, tried, source, taxonomy)
  local lines, by_number, any = lines_of(ar, source, taxonomy), {}, false
  for _, line in ipairs(lines) do by_number[line.number] = line end
  for _, fact in ipairs(ar:facts()) do
    local held, failed, list = tried:at(fact)
    for _, n in ipairs(fact.text and held .. failed ~= "" and fact.places or {}) do
      local line = by_number[n]
      local a, b
      if line then a, b = find(line.text, digits_of(fact.text), line.marks) end
      if a then
        table.insert(line.marks, { a = a, b = b, held = held, failed = failed, number = list[1] and list[1].number,
          outcome = list[1] and list[1].outcome or "right" })
        any = true
        break
      end
    end
  end
  for _, line in ipairs(lines) do table.sort(line.marks, function(x, y) return x.a < y.a end) end
  if any then doc:lines(lines) end
  return any
end

-- Add the document with its marks, if there is one; a path that was asked for and cannot be read is an error.
function pages.add(doc, result, tried, path)
  local ar = result.ar
  local source, known = document_of(result.file, path)
  if not source then return end
  local mark = doc:mark()
  doc:heading(2, "Dokumentet")
  local any
  if source.paged then any = paged(doc, ar, tried, source, known) else any = lined(doc, ar, tried, source, result.rule_set.taxonomy) end
  if not any then
    doc:cut(mark)
    if path then error(path .. ": none of the report's figures could be found in it; was the report imported from it?", 0) end
  end
end

return pages
