-- test_versions.lua: a new draft against the file of the one before.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local read = require "medel.import.read"
local versions = require "medel.import.versions"
local taxonomy = require("medel.workspace").taxonomy()

local function import(body)
  return read.import(taxonomy, { document = medel.document_text(body), kind = "text", name = "r", path = "r", sha256 = "" }, {}).report
end

local first = [[
Årsredovisning 2023
Resultaträkning
Belopp i kr. 2023 2022
Verksamhetens intäkter 5 222 000 5 217 397
Verksamhetens kostnader -4 920 564 -5 566 728
Verksamhetens resultat 301 436 -349 331
Finansiella intäkter 9 007 308
]]

local function contains(list, text)
  for _, line in ipairs(list) do if line:find(text, 1, true) then return true end end
  return false
end

check.test("the same draft", function()
  check.equal(#versions.compare(import(first), import(first)), 0)
end)
check.test("figures that are others, new and gone, and what they break", function()
  local second = first:gsub("%-4 920 564", "-4 902 564"):gsub("Finansiella intäkter 9 007 308\n", "Extraordinära poster 1 500 1 400\n")
  local list = versions.compare(import(first), import(second))
  check.yes(contains(list, "ändrad: Verksamhetens kostnader 2023, -4 902 564 i stället för -4 920 564"))
  check.yes(contains(list, "ny: Extraordinära poster 2023, 1 500"))
  check.yes(contains(list, "borta: Finansiella intäkter 2023, 9 007"))
  check.yes(contains(list, "stämmer inte längre: SUM-01"))
  check.yes(contains(versions.compare(import(second), import(first)), "stämmer nu: SUM-01"))
end)
check.test("figures and sentences of running text", function()
  local function document(text)
    return read.import(taxonomy, { document = medel.document_text(first .. "\n" .. text), kind = "text", name = "r", path = "r", sha256 = "" }, {})
  end
  local one = document "Insatsen hade 41 deltagare under året. Av dem gick 12 till arbete.\n"
  local two = document "Insatsen hade 43 deltagare under året. Kostnaden var 7 500 kr per deltagare.\n"
  local before = require("medel.import.files").record(one)
  check.equal(#versions.sentences(before, one.figures, false), 0)
  local list = versions.sentences(before, two.figures, false)
  check.yes(contains(list, "ändrad i texten: 43 i stället för 41 (rad 9): Insatsen hade 43"), table.concat(list, "\n"))
  check.yes(contains(list, "ny i texten: 7 500 kr"))
  check.yes(contains(list, "borta ur texten: 12: Av dem"))
  -- without a side file, figures that have their place are compared by what they are
  check.equal(#versions.compare(one.whole, one.whole), 0)
end)
if check.failed > 0 then os.exit(1) end
