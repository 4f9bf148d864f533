-- test_steps.lua: what a person does between a document and the audit, counted on three reports as docs/import.md says it.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local read = require "medel.import.read"
local text = require "medel.import.text"
local placing = require "medel.import.placing"
local taxonomy = require("medel.workspace").taxonomy()

local names = { "degerfors-karlskoga", "lekeberg-orebro", "sydnarke" }
local rows = {}
local function say(label, value)
  rows[label] = rows[label] or {}
  table.insert(rows[label], tostring(value))
end

for _, name in ipairs(names) do
  local document = read.document("tests/import/reports/" .. name .. ".txt")
  local function questions(m) return #m.questions + #placing.levels(m) end
  local own = read.forbund("examples/" .. name .. "/forbund.yaml")
  local past = medel.past(assert(medel.load_report(taxonomy, "examples/" .. name .. "/2023.yaml")), 2022)
  local alone = read.import(taxonomy, document, {})
  local m = read.import(taxonomy, document, { forbund = own })
  local last = read.import(taxonomy, document, { forbund = read.forbund("examples/" .. name .. "/forbund.yaml"), last = past })
  say("figures read in tables", alone.total)
  say("questions about them, knowing nothing", questions(alone))
  say("with the förbund's file", questions(m))
  say("and last year's figures", questions(last))
  local list = text.candidates(m)
  say("figures outside of the tables that have their place", #m.figures - #list)
  say("candidates", #list)
  local paragraphs, n = {}, 0
  for _, f in ipairs(list) do
    local together = f.paragraph.table or f.paragraph
    if not paragraphs[together] then paragraphs[together], n = true, n + 1 end
  end
  say("in paragraphs", n)
end

-- The table of docs/import.md: { [begin of the label] = cells }.
check.test("docs/import.md says what is counted", function()
  local page = assert(medel.read_file("docs/import.md"))
  for label, counted in pairs(rows) do
    local found
    for line in page:gmatch "[^\n]+" do
      if line:find("^| [^|]*" .. label:gsub("%p", "%%%0") .. "[^|]*|") then
        found = {}
        for cell in line:gsub("^|[^|]*|", ""):gmatch " *([^|]-) *|" do found[#found + 1] = cell end
      end
    end
    check.equal(label .. ": " .. table.concat(found or { "no row" }, ", "), label .. ": " .. table.concat(counted, ", "))
  end
end)

if check.failed > 0 then os.exit(1) end
