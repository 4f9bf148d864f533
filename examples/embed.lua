-- embed.lua: medel in a stock Lua 5.4.
--   lua5.4 embed.lua DATA 2023.yaml     (DATA: the folder of rules/, as /usr/local/share/medel)
local medel = require "medel"

local data, path = assert(arg[1], "usage: embed.lua DATA REPORT"), assert(arg[2], "usage: embed.lua DATA REPORT")

local function read(name)
  return assert(medel.read_file(data .. "/" .. name))
end

local taxonomy = assert(medel.read_taxonomy(read "rules/taxonomy/finsam.yaml", "finsam.yaml"))
local parameters = assert(medel.read_parameters(read "rules/parametrar/nationell.yaml", "nationell.yaml"))
local ar = assert(medel.load_report(taxonomy, path))

-- Figures are exact, and know where they stand.
local riktlinje = parameters:at(ar).riktlinje.eget_kapital(ar.medlemsbidrag)
local over = ar.eget_kapital - riktlinje
print(("eget kapital %s − riktlinje %s = %s (%d öre)"):format(ar.eget_kapital:text(), riktlinje:text(), over:text(),
  over:ore()))

-- The checks that follow from the taxonomy.
for _, k in ipairs(medel.checks(ar)) do
  if k.outcome == "finding" and k.level == "error" then
    print(("%s %s:%d:%d %s"):format(k.rule, k.file, k.line, k.col, k.message))
  end
end

-- One rule with the library of its pack, in bounds of memory and time.
local runner = medel.runner { parameters = parameters, memory_mb = 32, time_ms = 200 }
assert(runner:load("eka-01-inom-riktlinjen.lua", read "rules/nationell/eka-01-inom-riktlinjen.lua",
  { forbehall = read "rules/nationell/lib/forbehall.lua" }))
for _, outcome in ipairs(runner:run(ar)) do
  print(outcome.outcome, outcome.findings and outcome.findings[1].message or "")
end
