-- test_layouts.lua FOLDER: what make_documents.py has printed, read back: every figure right or asked
-- about, none wrong, none proved that is wrong, and each number of the document accounted for.
package.path = "tests/import/?.lua;" .. package.path
local medel = require "medel"
local measure = require "measure"
local accounted = require "accounted"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()

local folder, told = ..., 0
local unaccounted = 0
local function new() return { n = 0, right = 0, flagged = 0, wrong = 0, missing = 0, false_proofs = 0, proved = 0, files = 0, asks = 0 } end
local total, layouts = new(), {}

local function count(into, r)
  for key, value in pairs(r) do if into[key] and type(value) == "number" then into[key] = into[key] + value end end
  into.files = into.files + 1
end

local function tell(path, r, m)
  if r.right == r.n and not m.wrong or told >= 12 then return end
  told = told + 1
  print(("%s: %d av %d rätt, %d utpekade, %d fel, %d saknas, %d falska bevis %s"):format(path, r.right, r.n, r.flagged, r.wrong, r.missing,
    r.false_proofs, m.wrong or ""))
  for i = 1, math.min(tonumber(os.getenv("TELL") or 3), #r.list) do print("  " .. r.list[i]) end
end

for _, facit in ipairs(medel.files(folder, ".facit")) do
  local stem = facit:gsub("facit$", "")
  for _, kind in ipairs { "pdf", "docx", "odt", "xlsx", "txt" } do
    if not medel.is_absent(stem .. kind) then
      local truth = measure.truth(facit)
      local m = read.import(taxonomy, read.document(stem .. kind), {})
      local r = measure.by_label(m, truth)
      r.asks = m.asks
      layouts[truth.layout] = layouts[truth.layout] or new()
      count(layouts[truth.layout], r)
      count(total, r)
      tell(stem .. kind, r, m)
      local wrong = accounted.wrong(m) or accounted.lost(stem .. kind, m)
      if wrong then
        unaccounted = unaccounted + 1
        print(("%s%s: %s"):format(stem, kind, wrong))
      end
    end
  end
end

local function line(name, k)
  return ("import: %s: %d dokument, %d siffror: %.2f %% rätt, %d utpekade, %d fel, %d saknas, %d falska bevis, %.0f %% bevisade, %.1f %% att svara på"):format(
    name, k.files, k.n, 100 * k.right / k.n, k.flagged, k.wrong, k.missing, k.false_proofs, 100 * k.proved / k.n, 100 * k.asks / k.n)
end

-- right, in thousands: files with cells say where each figure stands; two columns of text are harder
local function least(layout)
  return layout:find "^pdf" and (layout:find "2 spalt" and 950 or 995) or layout:find "^browser.*2" and 950 or layout:find "^%l+x,"
    and 1000 or layout:find "^odt" and 1000 or 995
end

local names, failed = {}, false
for name in pairs(layouts) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do
  local k = layouts[name]
  print(line(name, k))
  failed = failed or k.right * 1000 < k.n * least(name)
end
print(line("alla", total))
if failed or total.false_proofs > 0 or total.wrong > 0 or total.missing > 0 or unaccounted > 0 then os.exit(1) end
