-- yaml.lua: what was read as a report file, as a person would have typed it.
local medel = require "medel"
local yaml_text = require "medel.yaml_text"
local scalar = require "medel.import.scalar"
local status = require "medel.import.status"

local yaml = {}

local quoted, text_scalar = scalar.quoted, scalar.text

local function figure(cell)
  if cell.kind == "empty" then return "~" end
  if cell.kind == "dash" then return "–" end
  local text = cell.typed or cell.printed
  if status.bracketed(cell) then text = "-" .. text:gsub("[()]", "") end
  if text:find "^[+-]?%d[%d ]*$" or text:find "^%(?%d+ ?%%%)?$" or text:find "^[−–] ?%d[%d ]*$" then return text end
  return quoted(text)
end
yaml.figure = figure

local function width(text)
  return utf8.len(text) or #text
end

-- ---- places ----

local function place_of(m, cell)
  return m.source.paged and cell.page or cell.line
end

-- One place for the row, or a list with one for each cell.
local function places(m, row)
  local list, same, first = {}, true, nil
  for i, cell in ipairs(row.cells) do
    list[i] = cell.kind ~= "empty" and place_of(m, cell) or nil
    first = first or list[i]
    same = same and (list[i] == nil or list[i] == first)
  end
  if not first then return tostring(m.source.paged and row.page or row.line) end
  if same then return tostring(first) end
  for i = 1, #row.cells do list[i] = tostring(list[i] or first) end
  return "[" .. table.concat(list, ", ") .. "]"
end

-- ---- a table ----

local function row_extra(row)
  local extra = ""
  if row.note then extra = extra .. ", not: " .. row.note end
  return extra
end

local function row_end(row)
  local out = ""
  if not row.known and not row.own then out = out .. ", under: " .. row.under end
  if (not row.known and not row.own) or not row.exact_label then
    out = out .. ", text: " .. text_scalar(row.label)
  end
  return out
end

local function asides(row)
  local out = {}
  for i, a in ipairs(row.asides) do out[i] = ("%s: %s"):format(a.column, medel.show(a.printed)) end
  return table.concat(out, "; ")
end

local function unplaced(m, row)
  local cells = {}
  for i, cell in ipairs(row.cells) do cells[i] = figure(cell) end
  return ("# ingen plats: %s [%s], rad: %s%s"):format(text_scalar(row.label), table.concat(cells, ", "), places(m, row),
    row.asides and (" (%s)"):format(asides(row)) or "")
end

-- What a person needs to see, and the figures of columns that a report does not have.
local function remark(row)
  local out = ""
  if row.comment then out = "   # " .. medel.show(row.comment) end
  return row.asides and ("%s   # utan kolumn här: %s"):format(out, asides(row)) or out
end

local function has_amount(row)
  for _, cell in ipairs(row.cells) do if cell.kind == "amount" then return true end end
  return false
end

-- The parts of the table's sums that were not found, where a row has no place: it may be one of them, so that they
-- are not typed yet, and their sums are not tried.
local function not_yet(m, t)
  local have, open, list = {}, false, {}
  for _, row in ipairs(t.rows) do
    if row.placed then have[row.id] = true else open = open or has_amount(row) end
  end
  if not open then return list end
  m.described = m.described or medel.describe_taxonomy(m.taxonomy)
  for _, spec in ipairs(m.described.tables) do
    for _, row in ipairs(spec.id == t.id and spec.rows or {}) do
      if row.under and not row.rule and not row.memo and row.type == "amount" and not have[row.id] then list[#list + 1] = row.id end
    end
  end
  return list
end

local function write_rows(out, m, t, indent)
  local widest, cell_width = 0, {}
  for _, row in ipairs(t.rows) do
    if row.placed then
      widest = math.max(widest, #row.id)
      for i, cell in ipairs(row.cells) do cell_width[i] = math.max(cell_width[i] or 0, width(figure(cell))) end
    end
  end
  for _, row in ipairs(t.rows) do
    if not row.placed then
      out[#out + 1] = indent .. unplaced(m, row) .. "\n"
    else
      local cells = {}
      for i, cell in ipairs(row.cells) do
        local text = figure(cell)
        cells[i] = (" "):rep(cell_width[i] - width(text)) .. text
      end
      out[#out + 1] = ("%s%s:%s { tal: [%s]%s, rad: %s%s }%s\n"):format(indent, row.id, (" "):rep(widest - #row.id),
        table.concat(cells, ", "), row_extra(row), places(m, row), row_end(row), remark(row))
    end
  end
  for _, id in ipairs(not_yet(m, t)) do
    out[#out + 1] = ("%s%s: { tal: [%s] }\n"):format(indent, id, ("_, "):rep(#t.columns):sub(1, -3))
  end
  for _, loose in ipairs(t.loose) do
    out[#out + 1] = ("%s# inte läst (%s): %s %d: %s\n"):format(indent, loose.why, m.source.paged and "sida" or "rad",
      m.source.paged and loose.page or loose.line, medel.show(loose.text))
  end
end

-- Rows that a reader of YAML sees, and not comments alone.
local function has_rows(m, t)
  for _, row in ipairs(t.rows) do if row.placed then return true end end
  return #not_yet(m, t) > 0
end

local function write_table(out, m, t, indent)
  local place = m.source.paged and t.page or t.line
  if t.heading then
    out[#out + 1] = ("%srubrik: %s\n%srad: %d\n"):format(indent, text_scalar(t.heading), indent, place)
  end
  out[#out + 1] = ("%senhet: %s\n"):format(indent, t.unit)
  if t.printed_unit then
    out[#out + 1] = ("%stryckt_enhet: { text: %s, rad: %d }\n"):format(indent, quoted(t.printed_unit),
      m.source.paged and t.page or t.unit_line)
  end
  if t.costs then out[#out + 1] = ("%skostnader: %s\n"):format(indent, t.costs) end
  local columns, printed, any = {}, {}, false
  for i, c in ipairs(t.columns) do
    columns[i] = c.id
    printed[i] = quoted(c.printed or c.id)
    any = any or c.printed ~= nil
  end
  out[#out + 1] = ("%skolumner: [%s]\n"):format(indent, table.concat(columns, ", "))
  if any then out[#out + 1] = ("%stryckta_kolumner: [%s]\n"):format(indent, table.concat(printed, ", ")) end
  if t.header_line ~= t.line and not m.source.paged then out[#out + 1] = ("%skolumnrad: %d\n"):format(indent, t.header_line) end
  if has_rows(m, t) then
    out[#out + 1] = indent .. "rader:\n"
    write_rows(out, m, t, indent .. "  ")
  else
    out[#out + 1] = indent .. "rader: {}\n"
    write_rows(out, m, t, indent)
  end
end

-- ---- the file ----

local function head(m, options)
  local out = {}
  if not options.inline then
    out[#out + 1] = ("# %s, %s %d: läst ur %s av medel import. Siffrorna står som de är tryckta.\n"):format(
      medel.show(m.name), m.interim and "delårsrapport" or "årsredovisning", m.year, medel.show(m.source.name))
    if m.summary then out[#out + 1] = "# " .. m.summary .. "\n" end
    if m.source.ocr then out[#out + 1] = "# Tecknen är igenkända ur bilder: vad inget annat tal bekräftar behöver en person se efter.\n" end
    out[#out + 1] = "# \"läs:\" efter en rad säger vad en person behöver se efter.\n"
  end
  out[#out + 1] = "medel: 1\n"
  if options.inline then
    out[#out + 1] = "forbund: " .. yaml_text(m.forbund and m.forbund.values or { namn = m.name, org_nr = m.org_nr }) .. "\n"
  elseif m.forbund then
    out[#out + 1] = "forbund: " .. text_scalar(m.forbund.reference or m.forbund.name) .. "\n"
  else
    out[#out + 1] = "forbund:\n  namn: " .. quoted(m.name) .. "\n" .. (m.org_nr and "  org_nr: " .. m.org_nr .. "\n" or "")
  end
  local part = ""
  if m.interim then
    part = ", slag: delarsrapport" .. (m.interim ~= true and (", fran: %d-01-01, till: %s"):format(m.year, m.interim) or "")
  end
  out[#out + 1] = ("rakenskapsar: %d\ndokument: { namn: %s, plats: %s%s }\n"):format(m.year, quoted(m.source.name),
    m.source.paged and "sida" or "rad", part)
  return out
end

-- options: inline (the förbund's mapping inside, no comments: for the proof)
function yaml.make(m, options)
  local out, noter = head(m, options), {}
  for _, t in ipairs(m.tables) do
    if t.note then
      noter[#noter + 1] = t
    else
      out[#out + 1] = ("\n%s:\n"):format(t.id)
      write_table(out, m, t, "  ")
    end
  end
  table.sort(noter, function(a, b) return a.note < b.note end)
  if #noter > 0 then out[#out + 1] = "\nnoter:\n" end
  for _, t in ipairs(noter) do
    out[#out + 1] = ("  %d:\n    slag: %s\n"):format(t.note, t.kind)
    write_table(out, m, t, "    ")
  end
  return table.concat(out)
end

return yaml
