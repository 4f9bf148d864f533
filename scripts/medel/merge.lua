-- merge.lua: findings of several rules that come from one cause are told once.
local words = require "medel.writers.words"

local rank = { error = 4, deviation = 3, recommendation = 2, note = 1 }

-- 0 for a rule that only looks at the books.
local function of_the_books(f)
  for _, e in ipairs(f.evidence or {}) do
    if not words.of_ledger(e) then return 1 end
  end
  return f.pack == "huvudbok" and 0 or 1
end

local function names_a_voucher(f)
  for _, e in ipairs(f.evidence or {}) do
    if words.of_ledger(e) and (e.measure == "rad" or e.measure == "verifikation") then return 0 end
  end
  return 1
end

-- What is nearest to the cause first: the books before what is printed, one cause before several.
local function nearer(a, b)
  local x, y = a.f.level == "note" and 1 or 0, b.f.level == "note" and 1 or 0
  if x ~= y then return x < y end
  x, y = of_the_books(a.f), of_the_books(b.f)
  if x ~= y then return x < y end
  if #a.f.causes ~= #b.f.causes then return #a.f.causes < #b.f.causes end
  x, y = names_a_voucher(a.f), names_a_voucher(b.f)
  if x ~= y then return x < y end
  return a.at < b.at
end

local function name_of(f)
  for _, e in ipairs(f.evidence or {}) do
    if not words.of_ledger(e) then return words.name(e) end
  end
  return f.rule
end

-- Lists each name once.
local function told(f)
  local names, seen = {}, {}
  for _, other in ipairs(f.merged) do
    local name = name_of(other)
    if not seen[name] then names[#names + 1], seen[name] = name, true end
  end
  if #names > 6 then
    for i = #names, 7, -1 do names[i] = nil end
    names[7] = "…"
  end
  return table.concat(names, ", ")
end

-- The printed figures that the cause is seen in stand under the finding that tells of it.
local function add_evidence(main, other)
  main.evidence = main.evidence or {}
  for _, e in ipairs(other.evidence or {}) do
    local there = words.of_ledger(e) or #main.evidence >= 40
    for _, have in ipairs(main.evidence) do there = there or rawequal(have, e) or not words.of_ledger(have) and have.index == e.index end
    if not there then main.evidence[#main.evidence + 1] = e end
  end
end

-- Every cause of some findings is told by others, which are nearer to it: they go into those.
return function(findings)
  local list, by_cause, gone = {}, {}, {}
  for i, f in ipairs(findings) do
    if f.causes and #f.causes > 0 then list[#list + 1] = { f = f, at = i } end
  end
  if #list < 2 then return findings end
  table.sort(list, nearer)
  for _, item in ipairs(list) do
    local f, all = item.f, true
    for _, cause in ipairs(f.causes) do all = all and by_cause[cause] ~= nil end
    for _, cause in ipairs(f.causes) do
      if all then
        local main = by_cause[cause]
        main.merged = main.merged or {}
        main.merged[#main.merged + 1] = f
        add_evidence(main, f)
        if rank[f.level] > rank[main.level] then main.level = f.level end
      else
        by_cause[cause] = by_cause[cause] or f
      end
    end
    gone[f] = all
  end
  local out = {}
  for _, f in ipairs(findings) do
    if not gone[f] then out[#out + 1] = f end
    if f.merged then f.message = ("%s Samma orsak märks på: %s."):format(f.message, told(f)) end
  end
  return out
end
