-- files.lua: the report file and, beside it, what is known of each figure in it.
local medel = require "medel"
local account = require "medel.import.account"

local files = {}

function files.side(path)
  return (path:gsub("%.ya?ml$", "")) .. ".import.json"
end

local function figure(m, t, row, column, cell)
  local terms = {}
  for i, term in ipairs(cell.terms or {}) do
    terms[i] = { tabell = term.table, not_nr = term.item, rad = term.row, kolumn = term.column, tryckt = term.text }
  end
  local key = t.note and "noter." .. t.note or t.id
  return { plats = ("%s.%s.%s"):format(key, row.id, column.id), tryckt = cell.printed, status = cell.status,
    sida = cell.page, rad = cell.line, ruta = { cell.x0, cell.y0, cell.x1, cell.y1 }, regel = cell.rule,
    bevis = terms, bitar = cell.bits, lasning = row.basis, lasningar = row.readings }
end

-- A figure outside of the tables: where it was put, or nothing yet.
local function outside(f)
  local put = f.field and (f.field.record and f.field.section .. "." .. f.field.name or f.field.name or f.field.section)
  return { nyckel = f.key, tryckt = f.text, sida = f.page, rad = f.line, mening = f.sentence,
           plats = f.bound and f.bound.begrepp or put or nil }
end

-- What stands in the side file.
function files.record(m)
  local figures, loose, questions, text, others = {}, {}, {}, {}, {}
  for i, f in ipairs(m.figures or {}) do text[i] = outside(f) end
  for _, n in ipairs(account.others(m)) do others[#others + 1] = { sida = n.page, rad = n.line, tryckt = n.text, varfor = n.what } end
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      for c, cell in ipairs(row.cells) do
        if cell.kind ~= "empty" then figures[#figures + 1] = figure(m, t, row, t.columns[c], cell) end
      end
    end
    for _, l in ipairs(t.loose) do loose[#loose + 1] = { sida = l.page, rad = l.line, text = l.text, varfor = l.why } end
  end
  for _, q in ipairs(m.questions) do
    questions[#questions + 1] = { nyckel = q.question.key, status = q.question.status, fraga = q.question.text,
      tabell = q.table.id, rad = q.row.id, etikett = q.row.label }
  end
  return { format = "medel.import/1", dokument = m.source.name, sha256 = m.source.sha256, lasare = m.source.ocr and "ocr" or m.source.kind,
    medel = medel.version, yaml_sha256 = medel.sha256(m.text), fragor = questions, siffror = figures, inte_last = loose, utanfor_tabeller = text, inga_siffror = others,
    svar = m.kept_answers or {} }
end

-- Was the file changed since it was imported?
local function touched(path, record)
  local text = medel.read_file(path)
  return text and not (record and record.yaml_sha256 == medel.sha256(text))
end

function files.known(path)
  local text = medel.read_file(files.side(path))
  local one = text and medel.yaml(text, files.side(path))
  return type(one) == "table" and one.format == "medel.import/1" and one or nil
end

function files.write(path, m)
  local output = require "medel.output"
  if not medel.is_absent(path) and touched(path, files.known(path)) then
    require("medel.terminal").complain("medel import: ", path,
      " has been changed since it was imported; write to another file\n")
    return 2
  end
  local failed = output.replace(path, m.text, "medel import", { m.source.path })
  if failed ~= 0 then return failed end
  return output.replace(files.side(path), medel.json(files.record(m)) .. "\n", "medel import", { m.source.path })
end

return files
