-- document.lua: what kind of document a report is, and how far into the year it reaches.
--
-- A delårsrapport is typed into the same tables as an årsredovisning.  What it is it says itself
-- (dokument.slag), or its name does, or all its headings do: the resultaträkning's and the
-- balansräkning's together.  One heading alone, or both beside a kassaflödesanalys or a
-- balanskravsutredning, are left-overs in an årsredovisning (FRM-20).
local medel = require "medel"

local document = {}

-- also as files are named
local names = { "delårs", "delars", "tertial", "halvårsrapport", "halvarsrapport", "halvårsbokslut", "halvarsbokslut" }
local months = { jan = 1, januari = 1, feb = 2, februari = 2, mar = 3, mars = 3, apr = 4, april = 4, maj = 5, jun = 6, juni = 6,
                 jul = 7, juli = 7, aug = 8, augusti = 8, sep = 9, sept = 9, september = 9, okt = 10, oktober = 10,
                 nov = 11, november = 11, dec = 12, december = 12 }
local last_day = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

-- Parts of a year that a name may speak of without a month.
local parts = { { "första halv", 6 }, { "halvår", 6 }, { "tertial 1", 4 }, { "första tertial", 4 }, { "tertialrapport 1", 4 },
                { "tertial 2", 8 }, { "andra tertial", 8 }, { "tertialrapport 2", 8 }, { "kvartal 1", 3 }, { "kvartal 2", 6 }, { "kvartal 3", 9 } }

-- How days and months are written: 2024-08-31, 20240831, 240831, 31/8, 2024-08 (delarsrapport-2024-08.pdf), 202408.
local dates = { "%f[%d]%d%d%d%d[%-./](%d%d)[%-./]%d%d%f[%D]", "%f[%d]%d%d%d%d(%d%d)%d%d%f[%D]", "%f[%d]%d%d(%d%d)%d%d%f[%D]",
                "%f[%d]%d%d?/(%d%d?)%f[%D]", "%f[%d]20%d%d%-(%d%d)%f[%D]", "%f[%d]20%d%d(%d%d)%f[%D]" }

-- The last month that a heading or a name speaks of, or nil.
function document.last_month(text)
  local last
  for _, pattern in ipairs(dates) do
    for found in text:gmatch(last and "^$" or pattern) do
      local month = tonumber(found)
      if month and month >= 1 and month <= 12 then last = month end
    end
  end
  if last then return last end
  for _, word in ipairs(medel.words(text)) do last = months[word] or last end
  for _, part in ipairs(last and {} or parts) do
    if not last and medel.contains(text, part[1]) then last = part[2] end
  end
  return last
end

-- A part of a report, nil also where the taxonomy that it was read by has no such part.
function document.part(ar, name)
  local known, value = pcall(function() return ar[name] end)
  return known and value or nil
end

-- The last month of the heading of a year's outcome, or nil.
function document.month_of(t, year)
  if not t or not t.printed_headers_ then return nil end
  for _, column in ipairs(t:columns()) do
    if column.variant == "utfall" and column.year == year then return document.last_month((column.header or ""):lower()) end
  end
end

function document.end_of(year, month)
  if not month then return nil end
  local leap = month == 2 and (year % 4 == 0 and year % 100 ~= 0 or year % 400 == 0)
  return ("%d-%02d-%02d"):format(year, month, last_day[month] + (leap and 1 or 0))
end

-- "arsredovisning" or "delarsrapport", and of that the last day as far as it is known.
function document.kind(ar)
  local d, year = document.part(ar, "dokument"), ar.rakenskapsar
  local flow, stock = document.month_of(document.part(ar, "resultatrakning"), year),
    document.month_of(document.part(ar, "balansrakning"), year)
  local name = d and d.namn
  local called = d and d.slag == "delarsrapport"
  if not (d and d.slag) then
    -- "Årsredovisning med tertialuppföljning"
    local annual = name and (medel.contains(name, "årsredovisning") or medel.contains(name, "arsredovisning"))
    for _, word in ipairs(name and not annual and names or {}) do called = called or medel.contains(name, word) end
    -- with what only an årsredovisning has, headings of a shorter time are left-overs
    local whole = annual or document.part(ar, "balanskravsutredning") or document.part(ar, "kassaflodesanalys")
      or document.part(ar, "investeringsredovisning")
    called = called or not whole and flow ~= nil and flow == stock and flow < 12
  end
  if not called then return "arsredovisning" end
  local month = stock or flow or name and document.last_month(name:lower())
  return "delarsrapport", d and d.till or document.end_of(year, month)
end

-- "årsredovisning 2024", "delårsrapport till och med 2024-08-31"
function document.title(ar)
  local kind, last = document.kind(ar)
  if kind == "arsredovisning" then return "årsredovisning " .. ar.rakenskapsar end
  return "delårsrapport " .. (last and "till och med " .. last or ar.rakenskapsar)
end

-- Is the rule for this kind of document?  The checks of the taxonomy are for both.
function document.has(kind, rule)
  local of = rule.document or (rule.core and "alla" or "arsredovisning")
  return of == "alla" or of == kind
end

-- In a delårsrapport the comparatives are of another length in each table: a period last year in
-- one, the last year's end in the other.  What a check of the taxonomy says holds within one
-- column of a table, and between tables of the year that the report is about.
function document.speaks_of_one_period(finding, year)
  local one_table, one_year = true, true
  local facts = finding.evidence or {}
  for _, f in ipairs(facts) do
    one_table = one_table and f.table == facts[1].table
    one_year = one_year and f.year == facts[1].year
  end
  return one_year and (one_table or facts[1] ~= nil and facts[1].year == year)
end

return document
