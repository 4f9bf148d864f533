-- test_layouts.lua FOLDER: what make_documents.py has printed, read back: every figure right or asked
-- about, none wrong, none proved that is wrong.
package.path = "tests/import/?.lua;" .. package.path
local medel = require "medel"
local measure = require "measure"
local read = require "medel.import.read"
local taxonomy = require("medel.workspace").taxonomy()

local folder, told = ..., 0
local total, kinds = { n = 0, right = 0, flagged = 0, wrong = 0, missing = 0, false_proofs = 0, proved = 0, files = 0, asks = 0 }, {}
for _, facit in ipairs(medel.files(folder, ".facit")) do
  local stem = facit:gsub("facit$", "")
  for _, kind in ipairs { "pdf", "docx", "odt", "xlsx", "txt" } do
    if not medel.is_absent(stem .. kind) then
      local m = read.import(taxonomy, read.document(stem .. kind), {})
      local r = measure.by_label(m, measure.truth(facit))
      local k = kinds[kind] or { n = 0, right = 0, files = 0 }
      kinds[kind] = k
      k.n, k.right, k.files = k.n + r.n, k.right + r.right, k.files + 1
      total.files, total.asks = total.files + 1, total.asks + m.asks
      for key, value in pairs(r) do if total[key] and type(value) == "number" then total[key] = total[key] + value end end
      if (r.wrong + r.missing + r.false_proofs > 0 or m.wrong) and told < 12 then
        told = told + 1
        print(("%s: %d av %d rätt, %d fel, %d saknas, %d falska bevis %s"):format(stem .. kind, r.right, r.n, r.wrong, r.missing,
          r.false_proofs, m.wrong or ""))
        for i = 1, math.min(3, #r.list) do print("  " .. r.list[i]) end
      end
    end
  end
end
for _, kind in ipairs { "pdf", "docx", "odt", "xlsx", "txt" } do
  local k = kinds[kind]
  if k then print(("import: %-4s %4d dokument, %6d siffror, %.2f %% rätt"):format(kind, k.files, k.n, 100 * k.right / k.n)) end
end
print(("import: %d dokument, %d siffror: %.2f %% rätt, %d utpekade, %d fel, %d saknas, %d falska bevis, %.0f %% bevisade, %.1f %% att svara på"):format(
  total.files, total.n, 100 * total.right / total.n, total.flagged, total.wrong, total.missing, total.false_proofs,
  100 * total.proved / total.n, 100 * total.asks / total.n))
if total.false_proofs > 0 or total.wrong > 0 or total.right * 1000 < total.n * 995 then os.exit(1) end
