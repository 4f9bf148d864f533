-- test_proofs.lua: what a relation proves that has few digits: zeros, and shares of two proved figures.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()

-- The statuses of each row's figures, by the row's id.
local function statuses(text)
  local m = read.import(taxonomy, { document = assert(medel.document_text(text)), kind = "text", name = "r.txt", path = "r.txt", sha256 = "" }, { year = 2023 })
  local by = {}
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      local cells = {}
      for i, cell in ipairs(row.cells) do cells[i] = cell.status end
      by[row.id] = table.concat(cells, " ")
    end
  end
  return by
end

local printed = [[
Årsredovisning 2023

Finansierad verksamhet                  2023        2022        2021        2020
Individinriktade insatser          5 989 756   5 363 921   5 681 198   6 465 201
(% av totalkostnad)                   (75 %)      (73 %)      (74 %)      (75 %)
Strukturövergripande insatser        693 031     767 945     967 009     865 000
(% av totalkostnad)                    (9 %)      (10 %)      (13 %)      (10 %)
Medlemmarna i samverkan              693 031     593 381     375 016     333 041
Verksamhetsutvecklare                      0     174 564     591 993     531 959
Behovskartläggning                         0           0           0           0
Administration                     1 353 729   1 235 202   1 036 138   1 248 113
Totala kostnader                   8 036 516   7 367 068   7 684 345   8 578 314
]]

check.test("a zero is proved with its row's other figures, and a row of zeros is not", function()
  local by = statuses(printed)
  check.equal(by.verksamhetsutvecklare, "SUMMA SUMMA SUMMA SUMMA")
  check.equal(by.behovskartlaggning, "ENSAM ENSAM ENSAM ENSAM")
end)

check.test("a share that agrees in its other columns is proved there, and not where it does not", function()
  local by = statuses(printed)
  check.equal(by.individ_andel, "SUMMA SUMMA SUMMA SUMMA")
  check.equal(by.struktur_andel, "SUMMA SUMMA SUMMA SUMMA")
  by = statuses((printed:gsub("%(74 %%%)", "(47 %%)")))
  check.equal(by.individ_andel, "SUMMA SUMMA ENSAM SUMMA")
  by = statuses((printed:gsub("5 681 198", "5 681 199"))) -- what it is a share of is doubted
  check.equal(by.individ_andel, "SUMMA SUMMA ENSAM SUMMA")
end)

check.test("the few digits of a share may agree by chance", function()
  local by = statuses((printed:gsub("%(10 %%%)      %(13 %%%)      %(10 %%%)", "     -           -           -")))
  check.equal(by.struktur_andel, "ENSAM ENSAM ENSAM ENSAM")
end)

if check.failed > 0 then os.exit(1) end
