-- test_bokforing.lua: the constructed bookkeeping of the example against its report: nothing
-- is found in the right one, every planted error in the other; the draft is what is printed;
-- and the same books from CSV and SIE 5 are the same.
local medel = require "medel"
local session = require "medel.session"
local kontoplan = require "medel.kontoplan"

local folder = "examples/sydnarke/"
local passed, failed = 0, 0

local function check(ok, what)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    io.stderr:write("FAILED: ", what, "\n")
  end
end

local taxonomy = session.new():taxonomy()
local function ledger_of(file) return session.new { ledger = folder .. file }:ledger() end
local printed = assert(medel.load_report(taxonomy, folder .. "2023.yaml"))

local function audit(file)
  local result = session.new { taxonomy = taxonomy, ledger = folder .. file, only = { "HUV,AVS" },
                               sets = { ["huvudbok.minsta_antal"] = "20" } }:audit(printed)
  check(#result.broken == 0, file .. ": no rule is broken")
  return result
end

-- ---- findings ----

local right = audit "2023.se"
for _, f in ipairs(right.findings) do
  check(f.level == "note", "2023.se is right, but " .. f.rule .. ": " .. f.message)
end
check(#right.passed >= 25, "most rules are tried on 2023.se, not only " .. #right.passed)

local wrong, list = audit "2023-planterade-fel.se", medel.yaml(medel.read_file(folder .. "planterade-fel.yaml"), "planterade-fel.yaml")
-- Each planted error is one finding, with the right voucher; no finding is about anything else.
local of = {}
for _, planted in ipairs(list.fel) do
  local n = 0
  for _, f in ipairs(wrong.findings) do
    local all = f.rule == planted.regel
    for _, part in ipairs(planted.text) do all = all and f.message:find(part, 1, true) ~= nil end
    if all then
      n = n + 1
      check(of[f] == nil, planted.fel .. ": a finding of its own")
      of[f] = planted
      local named = not planted.ver
      for _, e in ipairs(f.evidence) do named = named or tostring(e.label):find(planted.ver, 1, true) ~= nil end
      check(named, ("%s: %s is named: %s"):format(planted.fel, tostring(planted.ver), f.message))
    end
  end
  check(n == 1, ("%s: %d findings of %s"):format(planted.fel, n, planted.regel))
end
check(#list.fel >= 19, "there are planted errors")
for _, f in ipairs(wrong.findings) do
  check(f.level == "note" or of[f], "no finding is about what is right: " .. f.rule .. " " .. f.message)
end

-- ---- the draft ----

local function plan_of(bok) return kontoplan.choose(taxonomy, bok) end

local bok = ledger_of "2023.se"
local text, lines = require("medel.draft").make(taxonomy, bok, plan_of(bok))
check(#lines == 0, "everything has a row in the draft")
check(text:find("Konstruerad bokföring", 1, true), "the draft says that the books are constructed")
local draft, why = medel.read_report(taxonomy, text, "utkast.yaml")
check(draft ~= nil, "the draft is a report: " .. tostring(why))
local sums = 0
for _, k in ipairs(medel.checks(draft)) do
  sums = sums + 1
  check(k.outcome ~= "finding", "the draft adds up: " .. (k.message or k.rule))
end
check(sums > 80, "the draft is checked, not only " .. sums)

-- Every printed figure of the statements that the draft has, too.
local statements, same = plan_of(bok):statements(bok), 0
for _, name in ipairs { "resultatrakning", "balansrakning", "kassaflodesanalys", "driftredovisning", "not_intakter", "not_kostnader",
                        "not_fordringar", "not_kortfristiga_skulder" } do
  local differ, compared = statements:compare(printed, name)
  check(#differ == 0, name .. " is what is printed")
  local back = statements:compare(draft, name)
  check(#back == 0, name .. " of the draft is the ledger's")
  same = same + compared
end
check(same == 142, "142 printed figures are compared, not " .. same)

local planted = ledger_of "2023-planterade-fel.se"
local planted_text, left = require("medel.draft").make(taxonomy, planted, plan_of(planted))
check(#left == 2 and left[1]:find("9110", 1, true) and left[2]:find("345", 1, true), "what has no row is told: " .. table.concat(left, " | "))
for _, line in ipairs(left) do check(planted_text:find(line, 1, true), "and stands in the draft") end

-- ---- the same books in other formats ----

local function rows_of(l)
  local out = {}
  for rad, konto, belopp, dag in l:rows() do
    local v = l:row(rad).verifikation
    out[#out + 1] = table.concat({ tostring(v), konto, belopp, dag }, "|")
  end
  table.sort(out)
  return out
end

local want = rows_of(bok)
check(#want > 400, "the ledger has rows")
local function same_rows(l, what)
  local got = rows_of(l)
  check(#got == #want, what .. " has as many rows: " .. #got)
  for i, row in ipairs(want) do
    if got[i] ~= row then
      check(false, what .. ": " .. tostring(got[i]) .. " for " .. row)
      break
    end
  end
end

local csv = assert(medel.ledger(folder .. "2023.csv", { mapping = folder .. "2023-csv.yaml" }))
same_rows(csv, "CSV")
check(csv.foretag == bok.foretag and csv.rakenskapsar == 2023, "CSV says whose it is")
check(next(csv:deviations()) == nil, "a table of values is not held to what a SIE file must have")
local of_csv = plan_of(csv):statements(csv)
for _, name in ipairs { "resultatrakning", "driftredovisning" } do
  for _, d in ipairs((of_csv:compare(printed, name))) do
    check(d.fakta.measure == "budget" or d.fakta.measure == "avvikelse", name .. " from CSV: " .. d.fakta.label)
  end
end

local function xml(s) return (s:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub('"', "&quot;")) end
local parts = { '<?xml version="1.0"?><Sie xmlns="http://www.sie.se/sie5"><FileInfo><Company organizationId="222000-2600" name="'
  .. xml(bok.foretag) .. '"/><FiscalYears><FiscalYear start="2023-01" end="2023-12" primary="true"/></FiscalYears></FileInfo>' }
local open
for ver, serie, nummer, dag in bok:vouchers() do
  if serie ~= open then
    parts[#parts + 1] = (open and "</Journal>" or "") .. ('<Journal id="%s">'):format(serie)
    open = serie
  end
  parts[#parts + 1] = ('<JournalEntry id="%s" journalDate="%s" text="%s">'):format(nummer, medel.date(dag),
    xml(bok:voucher(ver).text))
  for _, konto, belopp, _, in_ver in bok:rows { series = serie } do
    if in_ver == ver then
      parts[#parts + 1] = ('<LedgerEntry accountId="%s" amount="%s%d.%02d"/>'):format(konto, belopp < 0 and "-" or "",
        math.abs(belopp) // 100, math.abs(belopp) % 100)
    end
  end
  parts[#parts + 1] = "</JournalEntry>"
end
parts[#parts + 1] = "</Journal></Sie>"
same_rows(assert(medel.read_ledger(table.concat(parts, "\n"), "2023.sie")), "SIE 5")

print(("bokföring: %d passed, %d failed"):format(passed, failed))
if failed > 0 then error("some tests failed", 0) end
