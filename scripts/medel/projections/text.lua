-- text.lua: projections for a terminal.
local terminal = require "medel.terminal"
local grid = require "medel.grid"
local parts = require "medel.projections.parts"
local words = require "medel.writers.words"
local answers = require "medel.answers"
local assumptions = require "medel.projections.assumptions"
local compare = require "medel.projections.compare"
local consolidated = require "medel.projections.consolidated"


local function table_text(head, rows)
  local all, align = { head, table.unpack(rows) }, {}
  for i, row in ipairs(all) do
    all[i] = {}
    for k, cell in ipairs(row) do all[i][k], align[k] = terminal.safe(cell), k == 1 and "l" or "r" end
  end
  return grid.text(all, { align = align, heads = 1 })
end

local eighths = { "▏", "▎", "▍", "▌", "▋", "▊", "▉" }

local function ore(q)
  local num, den = q:parts()
  return num // den
end

-- Eget kapital as bars on one scale, with a mark where the guideline is.
local function chart(run)
  local bar_width = math.min(44, terminal.columns() - 18)
  local lowest, highest, out = 0, 1, {}
  for _, year in ipairs(parts.years(run)) do
    local ek, limit = ore(run.projection:figure("eget_kapital", year)), run.projection:figure("riktlinje", year)
    lowest, highest = math.min(lowest, ek), math.max(highest, ek, limit and ore(limit) or ek)
  end
  local per = (highest - lowest) / bar_width
  local zero = math.floor(-lowest / per + 0.5)
  for _, year in ipairs(parts.years(run)) do
    local q = run.projection:figure("eget_kapital", year)
    local ek, cells = ore(q), {}
    for i = 1, bar_width + 1 do cells[i] = " " end
    local len = math.abs(ek) / per
    for i = 1, math.floor(len) do cells[ek >= 0 and zero + i or zero + 1 - i] = "█" end
    local part = math.floor((len - math.floor(len)) * 8)
    if ek >= 0 and part > 0 then cells[math.min(zero + math.floor(len) + 1, bar_width + 1)] = eighths[part] end
    local limit, margin = run.projection:figure("riktlinje", year), run.projection:figure("marginal", year)
    local at = limit and math.min(zero + math.max(1, math.floor(ore(limit) / per + 0.5)), bar_width + 1)
    if at and cells[at] == " " then cells[at] = "┊" end
    if zero > 0 and cells[zero] == " " then cells[zero] = "│" end
    local text = table.concat(cells)
    local colour = ek < 0 and "red" or margin and margin:parts() < 0 and "yellow" or "green"
    out[#out + 1] = ("  %d %s %s"):format(year, terminal.paint(colour, text), terminal.pad_left(parts.short(q), 8))
  end
  local guided = run.projection:figure("riktlinje", run.last)
  return table.concat(out, "\n") .. (guided and "\n  ┊ riktlinjen; staplarna är eget kapital i tkr\n" or "\n  staplarna är eget kapital i tkr\n")
end

local function findings(run, all)
  local out = {}
  for _, v in ipairs(parts.verdict(run)) do
    out[#out + 1] = terminal.fill("  ", ("%d: %s; %s utan avvikelse"):format(v.year, v.text, words.count(v.passed, "regel", "regler")), 4)
    for _, f in ipairs(all and v.found or {}) do
      out[#out + 1] = terminal.fill("        ", ("%s: %s"):format(f.rule, terminal.safe(f.message)), 8)
    end
  end
  if not all then
    for _, f in ipairs(parts.findings(run)) do
      out[#out + 1] = terminal.fill("  ", ("%s (%s): %s"):format(f.rule, parts.years_of(f), terminal.safe(f.first.message)), 4)
    end
  end
  return table.concat(out, "\n") .. "\n"
end

-- One assumption at a time: what the last year's eget kapital changes by, in tkr.
local function tornado(run)
  local t, rows = answers.tornado(run, "eget_kapital", run.last), {}
  for i, bar in ipairs(t.bars) do
    rows[i] = { bar.label, bar.low_text, (bar.low:text "+tkr0":gsub(" tkr$", "")), bar.high_text, (bar.high:text "+tkr0":gsub(" tkr$", "")) }
  end
  if #rows == 0 then return "" end
  return "\n" .. table_text({ ("Känslighet, eget kapital %d (tkr)"):format(run.last), "lågt", "", "högt", "" }, rows)
end

local function uncertainty(u)
  local out = { ("\nOsäkerhet: %d banor, frö %d\n"):format(u.paths, u.seed), table_text(u.head, u.rows) }
  for _, line in ipairs(u.sentences) do out[#out + 1] = terminal.fill("  ", line, 2) .. "\n" end
  return table.concat(out)
end

local function one(run, args)
  local out = {}
  local function add(text) out[#out + 1] = text end
  local namn = run.base.forbund and run.base.forbund.namn or run.base.fil
  add(terminal.paint("bold", terminal.fill("", terminal.safe(run.scenario.name), 2)) .. "\n")
  add(terminal.fill("", ("%s · basår %d, %s · %s"):format(terminal.safe(namn), run.first - 1, terminal.safe(assumptions.base_name(run)), run.scenario.file), 2) .. "\n")
  add("\nAntaganden\n")
  for _, row in ipairs(assumptions.rows(run)) do
    add(terminal.fill("  ", terminal.safe(("%s: %s%s"):format(row[1], row[2], row[3] ~= "" and " (" .. row[3] .. ")" or "")), 4) .. "\n")
  end
  add(#run.scenario.decisions > 0 and "\nBeslut\n" or "\nInga beslut.\n")
  for _, d in ipairs(parts.decisions(run)) do
    local who = { d[4] ~= "" and d[4] or nil }
    if d[5] ~= "" then who[#who + 1] = d[5] end
    if d[6] ~= "" then who[#who + 1] = d[6] end
    add(terminal.fill("  ", terminal.safe(("%s  %s: %s%s"):format(d[1], d[2], d[3], #who > 0 and " (" .. table.concat(who, "; ") .. ")" or "")), 4) .. "\n")
  end
  local rows = parts.table(run)
  for _, row in ipairs(parts.lowest_cash(run)) do rows[#rows + 1] = row end
  add("\n" .. table_text(parts.head(run), rows))
  local real = parts.real(run)
  if real then
    local head = parts.head(run)
    head[1] = ("tkr i %d års priser"):format(run.first - 1)
    add("\n" .. table_text(head, real))
  end
  local members = parts.member_rows(run)
  if #members > 0 then
    local head = parts.head(run)
    head[1] = "tkr per medlem, delat som basåret"
    add("\n" .. table_text(head, members))
  end
  add("\n" .. chart(run) .. "\n")
  for _, line in ipairs(parts.summary(run)) do add(terminal.fill("", line, 2) .. "\n") end
  add("\nRevisorn:\n" .. findings(run, args.audit))
  add(("\nEget kapital %d, beslut för beslut (tkr)\n"):format(run.last))
  local split, method = parts.by_decision(run)
  local shares = {}
  for i, row in ipairs(split) do shares[i] = { terminal.safe(row[1]), row[2] } end
  if #shares > 0 then add(grid.text(shares, { align = { "l", "r" }, indent = 2 })) end
  if method then add(terminal.paint("dim", terminal.fill("  ", method, 2)) .. "\n") end
  add("\nSvar\n")
  for _, row in ipairs(parts.answers(run)) do
    add(terminal.fill("  ", ("%s: %s"):format(terminal.safe(row[1]), row[2]), 4) .. "\n")
    if row[3] ~= "" then add(terminal.paint("dim", terminal.fill("    ", row[3], 4)) .. "\n") end
  end
  add(tornado(run))
  local people = parts.participants(run)
  if #people > 0 then
    add("\n" .. table_text({ "Deltagare vid oförändrad real kostnad", "kr per deltagare", table.unpack(parts.head(run), 2) }, people))
  end
  if run.uncertainty then add(uncertainty(run.uncertainty)) end
  return table.concat(out)
end

-- Each scenario beside the chosen one, year by year, and what the decisions that differ do.
local function comparison(results, args)
  local reference = compare.against(results, args.against)
  local first, last = compare.years(results)
  local out = { terminal.paint("bold", terminal.fill("", ("Jämförelse mot ”%s”"):format(terminal.safe(reference.scenario.name)), 2)) .. "\n" }
  for _, one in ipairs(compare.of(results, reference)) do
    local head, rows = compare.rows(one, first, last, parts.short)
    out[#out + 1] = "\n" .. terminal.fill("", terminal.safe(one.run.scenario.name) .. ", skillnad", 2) .. "\n"
    out[#out + 1] = #rows > 0 and table_text(head, rows) or "  ingen skillnad\n"
    local split, year = parts.difference(reference, one.run)
    if split then out[#out + 1] = "\n" .. table_text({ ("Eget kapital %d, beslut som skiljer"):format(year), "tkr" }, split) end
  end
  local sum = consolidated.of(results)
  if sum then
    local title, head, rows = consolidated.rows(sum)
    out[#out + 1] = "\n" .. terminal.fill("", terminal.safe(title), 2) .. "\n" .. table_text(head, rows)
    for _, note in ipairs(sum.notes) do out[#out + 1] = terminal.fill("  ", terminal.safe(note), 2) .. "\n" end
  end
  return table.concat(out)
end

local function score(run)
  local h = parts.hindcast(run)
  if not h then return "" end
  local out = { terminal.paint("bold", terminal.fill("", parts.hindcast_caption, 2)) .. "\n\n", table_text(parts.hindcast_table(h)), "\n",
                table_text(parts.hindcast_horizons(h)), "\n" }
  for _, line in ipairs(parts.hindcast_notes(h)) do out[#out + 1] = terminal.fill("  ", line, 2) .. "\n" end
  return table.concat(out)
end

local function printed_plans(printed)
  local head, rows = parts.plans(printed)
  local out = { terminal.paint("bold", terminal.fill("", terminal.safe(parts.plan_title(printed)), 2)) .. "\n\n" }
  if #printed.list == 0 then return out[1] .. "  Ingen budget eller prognos med resultat är tryckt.\n" end
  out[2] = table_text(head, rows)
  out[3] = "\nRevisorn:\n"
  for _, line in ipairs(parts.plan_findings(printed)) do out[#out + 1] = terminal.fill("  ", terminal.safe(line), 4) .. "\n" end
  out[#out + 1] = "\n" .. terminal.fill("  ", parts.plan_note, 2) .. "\n"
  return table.concat(out)
end

return function(results, args)
  local out = {}
  for i, run in ipairs(results) do out[i] = one(run, args) end
  if #results > 1 then out[#out + 1] = comparison(results, args) end
  for _, printed in ipairs(results.printed) do out[#out + 1] = printed_plans(printed) end
  if results[1] then out[#out + 1] = score(results[1]) end
  return table.concat(out, "\n" .. ("─"):rep(88) .. "\n\n")
end
