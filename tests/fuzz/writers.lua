-- writers.lua: every writer on findings whose texts are one text; returns { format = output }.
-- Texts of findings are UTF-8 when they come to a writer; names of files may be any bytes.
package.path = "scripts/?.lua;" .. package.path
local medel = require "medel"
medel.data, medel.isatty, medel.columns = ".", function() return false end, function() return nil end
local workspace = require "medel.workspace"
local blocks, markup = require "medel.blocks", require "medel.markup"

local ar = assert(medel.read_report(workspace.taxonomy(), [[
medel: 1
rakenskapsar: 2023
resultatrakning:
  enhet: kr
  kolumner: [2023]
  rader: { arets_resultat: [1] }
]], "r.yaml"))

local utf8_of = require("medel.writers.plain").utf8
require("medel.terminal").complain = function() end

local function result_of(name)
  local text = utf8_of(name)
  local finding = {
    rule = "A-01", level = "error", message = text, title = text, ground = text, pack = text, recommendation = text,
    cause = text, file = name, line = 1, col = 1, place = text, fingerprint = "f", parameters = { { title = text, source = text } },
    evidence = { ar:facts()[1] }, weight = text, since = text,
  }
  local rule = { id = "A-01", title = text, ground = text, level = "note", group = text, pack = text }
  return { ar = ar, file = name, findings = { finding }, shown = { finding }, waived = {}, lapsed = {}, passed = { rule },
           not_applicable = { { rule = { id = "B-01" }, missing = text } }, tried = { rule }, rules = 2,
           broken = { { file = name, error = name } }, norms = {} }
end

local function document(text)
  local doc = blocks.new(text, text)
  doc:heading(2, text)
  doc:paragraph(text, nil, text)
  doc:items { text, { text = text } }
  doc:table(text, { text, text }, { "l", "r" }, { { text, text, id = "underlag-1" } })
  return doc
end

return function(text)
  local out, result, doc = {}, result_of(text), document(text)
  for _, name in ipairs { "json", "sarif", "junit", "csv" } do
    out[name] = require("medel.writers." .. name).all({ result }, { level = "note", unread = { { file = text, diagnostics = { { status = "schema", message = text, file = text, line = 1, col = 1 } } } } })
  end
  out.html, out.markdown = blocks.html(doc), blocks.markdown(doc)
  out.text = require("medel.writers.text").one(result, { first = true })
  out.terminal = require("medel.terminal").safe(out.text)
  out.cell = markup.html.page(markup.html.text(text))
  return out
end
