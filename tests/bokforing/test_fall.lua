-- test_fall.lua: small files that each show one fault, and what is said of them (fall.yaml).
local medel = require "medel"
local session = require "medel.session"
local books = require "medel.books"

local folder = "tests/bokforing/"
local passed, failed = 0, 0

local function check(ok, what)
  if ok then passed = passed + 1 return end
  failed = failed + 1
  io.stderr:write("FAILED: ", what, "\n")
end

local function same(got, want, what)
  check(got == want, ("%s: %s, not %s"):format(what, tostring(got), tostring(want)))
end

local taxonomy = session.new():taxonomy()

local function check_rules(case, bok)
  local result, expected = books.audit(bok), case.found or {}
  check(#result.broken == 0, case.file .. ": no rule is broken")
  for rule, text in pairs(expected) do
    local n = 0
    for _, f in ipairs(result.findings) do n = n + (f.rule == rule and f.message:find(text, 1, true) and 1 or 0) end
    check(n == 1, ("%s: %s is found once, not %d times"):format(case.file, rule, n))
  end
  for _, f in ipairs(result.findings) do
    check(f.rule ~= case["not"], ("%s: not %s: %s"):format(case.file, f.rule, f.message))
    local serious = f.level == "error" or f.level == "deviation"
    check(not serious or expected[f.rule] ~= nil, ("%s: nothing else is wrong: %s %s"):format(case.file, f.rule, f.message))
  end
end

local function check_draft(case, bok)
  local plan = require("medel.kontoplan").choose(taxonomy, bok)
  local ok, text, _, wrong = pcall(require("medel.draft").make, taxonomy, bok, plan)
  if case.refused then
    check(not ok and text:find(case.refused, 1, true), case.file .. ": no draft is made: " .. tostring(text))
    return
  end
  if not case.draft then return end
  check(ok, case.file .. ": " .. tostring(text))
  local ar, why = medel.read_report(taxonomy, text, "utkast.yaml")
  check(ar ~= nil, case.file .. ": the draft is a report: " .. tostring(why))
  check(#wrong == math.tointeger(tonumber(case.wrong)), ("%s: the draft lists %d: %s"):format(case.file, #wrong, table.concat(wrong, " | ")))
  for _, line in ipairs(wrong) do check(text:find(line, 1, true), case.file .. ": in the draft, too: " .. line) end
  check(not case.lacks or not text:find(case.lacks .. ":", 1, true), case.file .. ": the draft has no " .. tostring(case.lacks))
  for name, kr in pairs(case.draft) do
    local table_, row = name:match "^(.-)%.(.*)$"
    local block = text:match("\n" .. table_ .. ":\n(.-)\n\n") or text:match("\n" .. table_ .. ":\n(.*)$")
    local cell = block and block:match("\n    " .. row .. ": { tal: %[([^],]*)")
    check(cell and cell:gsub(" ", "") == kr, ("%s: %s is %s, not %s"):format(case.file, name, kr, tostring(cell)))
  end
end

for _, case in ipairs(medel.yaml(medel.read_file(folder .. "fall.yaml"), "fall.yaml")) do
  local bok = session.new { ledger = folder .. "fall/" .. case.file }:ledger()
  local lines = {}
  for i, d in ipairs(books.unread(bok)) do lines[i] = d.line end
  check(table.concat(lines, ",") == (case.unread or ""), ("%s: unread lines %s"):format(case.file, table.concat(lines, ",")))
  check((books.unread_sentence(bok) ~= nil) == (#lines > 0), case.file .. ": and a sentence that says so")
  for konto, kr in pairs(case.balance or {}) do
    same(bok:balance("=" .. konto):ore(), math.tointeger(tonumber(kr)) * 100, case.file .. ": " .. konto)
  end
  check_rules(case, bok)
  check_draft(case, bok)
end

-- CSV: a third decimal is no amount.
local csv, why = medel.ledger(folder .. "fall/P11a_three_decimals.csv", { mapping = folder .. "fall/P11_map.yaml" })
check(csv == nil and why:find("decimal", 1, true), "a third decimal is refused: " .. tostring(why))

-- Opening balances as rows of the file, and in the mapping; four decimals where it says so.
local rows = assert(medel.ledger(folder .. "fall/ib_i_rader.csv", { mapping = folder .. "fall/ib_i_rader.yaml" }))
same(rows:balance("1930"):ore(), 80050, "opening balances are rows")
same(rows:ib("2010"):ore(), -100050, "opening balances are rows")
same(rows.rader, 2, "and are no transactions")
local four = assert(medel.ledger(folder .. "fall/decimaler.csv", { mapping = folder .. "fall/decimaler.yaml" }))
same(four:balance("1930"):ore(), 98515, "opening balances are in the mapping")
same(four:ib("2010"):ore(), -100000, "opening balances are in the mapping")

-- A suggested mapping reads the file as the hand-made one does.
local function suggested(file, by_hand, accounts)
  local text, lacks = require "medel.csv_suggest"(file)
  check(#lacks == 0, file .. ": the suggestion lacks nothing: " .. table.concat(lacks, "; "))
  local path = os.tmpname()
  local f = assert(io.open(path, "w"))
  f:write(text)
  f:close()
  local one, two = assert(medel.ledger(file, { mapping = path })), assert(medel.ledger(file, { mapping = by_hand }))
  os.remove(path)
  check(one.rader == two.rader and one.verifikationer == two.verifikationer and one.slut == two.slut, file .. ": as many rows")
  for _, konto in ipairs(accounts) do check(one:sum("=" .. konto) == two:sum("=" .. konto), file .. ": " .. konto) end
end
suggested("examples/sydnarke/2023.csv", "examples/sydnarke/2023-csv.yaml", { "1930", "3511", "4510", "2510" })
suggested(folder .. "fall/decimaler.csv", folder .. "fall/decimaler.yaml", { "1930", "5010" })
suggested(folder .. "fall/citerade.csv", folder .. "fall/citerade.yaml", { "1930", "5010" })

print(("små bokföringar: %d passed, %d failed"):format(passed, failed))
if failed > 0 then error("some tests failed", 0) end
