-- own.lua: a report that a förbund, a byrå or an analyst has written: docs/reports.md.
--
-- The file is a guest: it has the language of rules, the report and a document to write in, within
-- limits.  What it writes enters as plain text or as quantities and leaves through the same
-- escapers as every other document.
local medel = require "medel"
local blocks = require "medel.blocks"
local chart = require "medel.chart"
local common = require "medel.reports.common"
local guest = require "medel.guest"

local own = {}

local max_blocks, max_text, max_all = 5000, 20000, 4 << 20

-- It is written when the guest's time is over: so what there is to write is bounded.
local function counted(d, text)
  d.bytes = (d.bytes or 0) + #text + 16
  if d.bytes > max_all then error("a report is at most 4 MiB of text", 3) end
  return text
end

local function line(d, value, what)
  if medel.is_quantity(value) then return counted(d, value:text()) end
  if type(value) == "number" then return counted(d, tostring(value)) end
  if type(value) ~= "string" then error(what .. " must be a text", 3) end
  if not utf8.len(value) then error(what .. " is not UTF-8", 3) end
  if #value > max_text then error(what .. " is too long", 3) end
  return counted(d, value)
end

-- A column is "Heading" or { "Heading", "kr" }: with a form its quantities are written in that form.
local function column_of(d, c)
  if type(c) == "table" then return line(d, c[1], "a column's heading"), c[2], "r" end
  return line(d, c, "a column's heading"), nil, "l"
end

local function cell(d, value, form)
  if value == nil or value == false then return counted(d, "") end
  if medel.is_quantity(value) then return counted(d, value:text(form)) end
  return line(d, value, "a cell")
end

local Doc = {}
Doc.__index = Doc
Doc.__metatable = false

local inside = setmetatable({}, { __mode = "k" }) -- the document behind what the guest holds

local function of(self)
  local d = inside[self] or error("write doc:heading(…), with a colon", 3)
  if #d.list >= max_blocks then error("a report has at most " .. max_blocks .. " parts", 3) end
  return d
end

-- level 1 to 3, 1 unless given
function Doc:heading(text, level)
  local d = of(self)
  if level ~= nil and level ~= 1 and level ~= 2 and level ~= 3 then error("a heading's level is 1, 2 or 3", 2) end
  d:heading((level or 1) + 1, line(d, text, "a heading"))
end

-- A sentence with {name:form} for each value; left out, and false, if a value is nil.
function Doc:say(format, values)
  local d = of(self)
  local text, facts = common.say(line(d, format, "a sentence"), values or {})
  if text then d:paragraph(counted(d, text), facts) end
  return text ~= nil
end

function Doc:text(text)
  local d = of(self)
  d:text(line(d, text, "a text"))
end

-- A list of texts, or of { sentence, values }.
function Doc:list(list)
  local d, items = of(self), {}
  for _, item in ipairs(list) do
    if type(item) == "table" then
      local text, facts = common.say(line(d, item[1], "a sentence"), item[2] or {})
      if text then items[#items + 1] = { text = counted(d, text), refs = d:references(facts) } end
    else
      items[#items + 1] = line(d, item, "an item")
    end
  end
  d:items(items)
end

function Doc:table(caption, columns, rows)
  local d, head, forms, align, out = of(self), {}, {}, {}, {}
  for i, c in ipairs(columns) do head[i], forms[i], align[i] = column_of(d, c) end
  for r, row in ipairs(rows) do
    if r > max_blocks then error("a table has at most " .. max_blocks .. " rows", 2) end
    out[r] = {}
    for i = 1, #head do out[r][i] = cell(d, row[i], forms[i]) end
  end
  d:table(line(d, caption, "a caption"), head, align, out)
end

-- names along the axis, series { { name, values, line } } of amounts; the table with them follows.
function Doc:chart(caption, names, series)
  local d, shown, rows, columns = of(self), {}, {}, { "" }
  if #names > 60 or #series > 3 then error("a chart has at most 60 names and 3 series", 2) end
  local texts = {}
  for i, name in ipairs(names) do texts[i] = line(d, name, "a name") end
  for i, s in ipairs(series) do
    local values = {}
    for k = 1, #names do
      local v = s.values[k]
      if v ~= nil and not (medel.is_quantity(v) and v:unit() == "amount") then error("a chart is of amounts", 2) end
      values[k] = v
    end
    shown[i] = { name = line(d, s.name, "a series' name") .. ", tkr", values = values, line = s.line and true or nil }
    columns[i + 1] = { s.name, "tkr" }
  end
  for k, name in ipairs(texts) do
    rows[k] = { name }
    for i, s in ipairs(shown) do rows[k][i + 1] = s.values[k] end
  end
  local drawing = chart.years(texts, shown)
  if drawing then d:chart(line(d, caption, "a caption"), drawing) end
  Doc.table(self, caption, columns, rows)
end

-- The findings of the audit, those of 'level' or of every level.
function Doc:findings(level)
  local d = of(self)
  for _, f in ipairs(d.result.findings) do
    if not level or f.level == level then d:paragraph(counted(d, ("%s (%s)"):format(f.message, f.rule)), f.evidence, "finding " .. f.level) end
  end
end

-- The report of a file of Lua: a function like the program's own reports.
function own.load(path)
  local source = require("medel.files").need(path)
  local env = require("medel.language").base()
  function env.report(spec)
    if type(spec) ~= "table" or type(spec.title) ~= "string" or type(spec.write) ~= "function" then
      error("a report is report { title = \"…\", write = function(doc, ar, p) … end }", 2)
    end
    return { title = spec.title, subtitle = spec.subtitle, write = spec.write }
  end
  return function(result, options)
    local chunk, why = guest.compile(path, source, env)
    if not chunk then error(why, 0) end
    local asked = options.session
    local limits = { time_ms = guest.at_most(5 * (asked.options.time_ms or 2000)), memory_mb = asked.options.memory_mb or 64 }
    local ok, spec = guest.call(path, limits, false, chunk)
    if not ok then error(spec, 0) end
    if type(spec) ~= "table" or not spec.write then error(path .. ": the file must return report { … }", 0) end
    local forbund = result.ar.forbund
    local d = blocks.new(line({}, spec.title, "the title"), line({}, spec.subtitle
      or ("%s · %d"):format(forbund and forbund.namn or result.ar.fil, result.ar.rakenskapsar), "the subtitle"))
    d.result = result
    local doc = setmetatable({}, Doc)
    inside[doc] = d
    ok, why = guest.call(path, limits, false, spec.write, doc, result.ar, asked:parameters(result.ar):at(result.ar))
    if not ok then error(why, 0) end
    if #d.facts > 0 then
      d:heading(2, "Underlag")
      common.evidence_table(d, result.ar)
    end
    return d
  end
end

return own
