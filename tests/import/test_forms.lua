-- test_forms.lua: whole reports of förbund that do not exist, in the forms that the field prints: every
-- figure of their tables is right, and the audit has no error of what is right to the krona.
package.path = "tests/import/?.lua;tests/bindings/?.lua;" .. package.path
local check = require "check"
local measure = require "measure"
local accounted = require "accounted"
local audits = require "audits"
local medel = require "medel"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()

local program, folder = ...
local names = { "Samordningsförbundet Norrsjön", "Kustlandets samordningsförbund", "Samordningsförbundet Två Älvar",
                "Samordningsförbundet Skogsbygden", "Samordningsförbundet Östra Slätten", "Samordningsförbundet Finsam Mittdalen" }
local forms = { "liten-kronor", "tkr-med-budget", "tva-regioner", "fore-lkbr", "per-augusti", "bokslutsprogram" }
local paths, n, proved, asks = {}, 0, 0, 0

for i, form in ipairs(forms) do
  check.test(form, function()
    local m = read.import(taxonomy, read.document("tests/import/forms/" .. form .. ".txt"), {})
    check.yes(m.report, m.wrong)
    local r = measure.compare(m, measure.truth("tests/import/forms/" .. form .. ".facit"))
    check.equal(table.concat(r.list, "\n"), "")
    check.equal(r.right, r.n)
    check.equal(accounted.wrong(m), nil)
    check.equal(m.name, names[i])
    check.yes(m.org_nr and m.org_nr:find "^222000%-9", form)
    check.equal(#m.contradictions, 0)
    n, proved, asks = n + r.n, proved + r.proved, asks + m.asks
    paths[i] = folder .. "/" .. form .. ".yaml"
    assert(medel.write_file(paths[i], m.text, true))
  end)
end

print(("forms: %d siffror, alla rätt; %d bevisade, %d att svara på"):format(n, proved, asks))
check.test("no error of what is right", function()
  local by = audits.findings(program, paths)
  for _, path in ipairs(paths) do
    for _, f in ipairs(by[path] or {}) do check.yes(f.level ~= "error", path .. ": " .. f.rule .. " " .. f.message) end
  end
end)
check.test("what the document says of itself", function()
  local function of(form) return assert(medel.read_file(folder .. "/" .. form .. ".yaml")) end
  check.contains(of "per-augusti", "slag: delarsrapport, fran: 2024-01-01, till: 2024-08-31")
  check.contains(of "liten-kronor", "ej_inskrivet: [balanskravsutredning") -- a heading, and a sentence under it
  -- the year before is named in another part of the sentence
  check.contains(of "liten-kronor", "begrepp: arets_resultat, tal: 73 147 kronor, rad: 19")
  check.contains(of "liten-kronor", "begrepp: medlemsbidrag, tal: 2 772 000 kronor, rad: 20")
  check.contains(of "liten-kronor", "medlemsbidrag:    { tal: [2 772 000, 2 804 000], rad: 143, text: Summa }")
end)
if check.failed > 0 then os.exit(1) end
