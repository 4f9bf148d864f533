-- document.lua: projections as a tree of blocks, with charts where they are wanted.
local medel = require "medel"
local blocks = require "medel.blocks"
local parts = require "medel.projections.parts"
local answers = require "medel.answers"
local gnuplot = require "medel.gnuplot"
local words = require "medel.writers.words"
local assumptions = require "medel.projections.assumptions"
local compare = require "medel.projections.compare"
local consolidated = require "medel.projections.consolidated"

local function tkr(q)
  local num, den = q:parts()
  return ("%.3f"):format(num / den / 100000)
end

-- A number is not broken at its spaces.
local function whole(text)
  return (text:gsub("(%d) (%f[%d]%d%d%d)", "%1\u{a0}%2"):gsub("(%d) (%f[%d]%d%d%d)", "%1\u{a0}%2"):gsub("(%d) (kr)", "%1\u{a0}%2"))
end

local function right(n)
  local out = { "l" }
  for i = 2, n do out[i] = "r" end
  return out
end

-- ---- charts ----

local function equity_chart(run)
  local rows, guided, fan = {}, {}, {}
  for _, year in ipairs(parts.years(run)) do
    local limit = run.projection:figure("riktlinje", year)
    rows[#rows + 1] = { year, tkr(run.projection:figure("eget_kapital", year)) }
    if limit then guided[#guided + 1] = { year, tkr(limit) } end
  end
  local script = "set xtics 1\nset xzeroaxis lt 1 lc rgb '#1a1a1a'\n" .. gnuplot.data("ek", rows)
  local plot = {}
  if #guided > 0 then
    script = script .. gnuplot.data("riktlinje", guided)
    plot[1] = "$riktlinje using 1:(0):2 with filledcurves lc rgb '#dcebdc' title 'inom riktlinjen'"
  end
  if run.uncertainty then
    for i, y in ipairs(run.uncertainty.years) do
      fan[i] = { y.year }
      for k, v in ipairs(y.quantiles) do fan[i][k + 1] = ("%.3f"):format(v / 100000) end
    end
    script = script .. gnuplot.data("fan", fan)
    plot[#plot + 1] = "$fan using 1:2:6 with filledcurves lc rgb '#40a0b8d8' title '5–95 %'"
    plot[#plot + 1] = "$fan using 1:3:5 with filledcurves lc rgb '#407098c8' title '25–75 %'"
    plot[#plot + 1] = "$fan using 1:4 with lines lw 2 lc rgb '#5070a0' title 'median'"
  end
  if #guided > 0 then plot[#plot + 1] = "$riktlinje using 1:2 with lines lw 2 dt 2 lc rgb '#2f7d4f' title 'riktlinjen'" end
  plot[#plot + 1] = "$ek using 1:2 with linespoints lw 3 pt 7 ps 0.7 lc rgb '#0b4f8a' title 'eget kapital'"
  return gnuplot.draw(script .. "set ylabel 'tkr'\nplot " .. table.concat(plot, ", \\\n  "))
end

local groups = { { "individ", "individinriktade" }, { "struktur", "strukturövergripande" }, { "administration", "administration" },
                 { "ovrigt", "ej fördelat, övrigt, engångskostnader" } }

local function group_rows(run)
  local rows = {}
  for _, year in ipairs(parts.years(run)) do
    local row = { year }
    for i, g in ipairs(groups) do
      local sum = medel.kr(0)
      for _, b in ipairs(run.projection:blocks()) do
        local q = not b.income and b.group == g[1] and run.projection:block(b.id, year)
        if q then sum = sum + q end
      end
      row[i + 1] = sum
    end
    rows[#rows + 1] = row
  end
  return rows
end

local function cost_chart(run)
  local rows = {}
  for i, row in ipairs(group_rows(run)) do
    rows[i] = { row[1] }
    for k = 2, #row do rows[i][k] = tkr(row[k]) end
    rows[i][#row + 1] = tkr(run.projection:figure("medlemsbidrag", row[1]))
  end
  local plot = {}
  for i, g in ipairs(groups) do
    plot[i] = ("$k using %d:xtic(1) title %s lc rgb '%s'"):format(i + 1, gnuplot.quote(g[2]), gnuplot.colours[i])
  end
  plot[#plot + 1] = ("$k using ($0):%d with linespoints lw 2 pt 7 ps 0.7 lc rgb '#1a1a1a' title 'medlemsbidrag'"):format(#groups + 2)
  return gnuplot.draw("set style data histograms\nset style histogram rowstacked\nset style fill solid 0.9 border -1\nset boxwidth 0.7\n"
    .. "set xzeroaxis lt 1 lc rgb '#1a1a1a'\nset ylabel 'tkr'\n" .. gnuplot.data("k", rows) .. "plot " .. table.concat(plot, ", \\\n  "))
end

local function tornado_chart(t)
  local rows, tics, widest = {}, {}, 1
  for i, bar in ipairs(t.bars) do
    widest = math.max(widest, math.abs(tonumber(tkr(bar.low))), math.abs(tonumber(tkr(bar.high))))
    local y = #t.bars - i + 1
    rows[i] = { y, tkr(bar.low), tkr(bar.high) }
    local label = utf8.len(bar.label) > 32 and bar.label:sub(1, utf8.offset(bar.label, 31) - 1) .. "…" or bar.label
    label = gnuplot.quote(label):gsub("%%", "%%%%") -- a tic's label is a format
    tics[i] = ("%s %d"):format(label, y)
  end
  if #rows == 0 then return nil end
  local step = 10 ^ math.floor(math.log(widest, 10)) -- two or three marks on each side
  if widest / step > 5 then step = 4 * step elseif widest / step > 2.5 then step = 2 * step end
  return gnuplot.draw(("set key bmargin center horizontal\nset xtics %d\n"):format(math.max(1, math.floor(step))) .. "unset grid\nset grid xtics lc rgb '#dddddd'\nset format x \"" .. gnuplot.whole .. "\"\nset xlabel 'ändring av eget kapital, tkr'\n"
    .. ("set ytics (%s)\nset yrange [0.4:%f]\nset style fill solid 0.9 noborder\nset yzeroaxis lt 1 lc rgb '#1a1a1a'\n"):format(table.concat(tics, ", "), #rows + 0.6)
    .. gnuplot.data("t", rows)
    .. "plot $t using (0):1:(0):2:($1-0.35):($1+0.35) with boxxyerror lc rgb '#b3541e' title 'lågt värde', \\\n"
    .. "  $t using (0):1:(0):3:($1-0.35):($1+0.35) with boxxyerror lc rgb '#0b4f8a' title 'högt värde'", 620, 100 + 44 * #rows)
end

local function comparison_chart(results)
  local script, plot = "set xtics 1\nset xzeroaxis lt 1 lc rgb '#1a1a1a'\nset ylabel 'tkr'\n", {}
  for i, run in ipairs(results) do
    local rows = {}
    for _, year in ipairs(parts.years(run)) do rows[#rows + 1] = { year, tkr(run.projection:figure("eget_kapital", year)) } end
    script = script .. gnuplot.data("s" .. i, rows)
    plot[i] = ("$s%d using 1:2 with linespoints lw 2.5 pt %d ps 0.7 lc rgb '%s' title %s"):format(i, 4 + i,
      gnuplot.colours[(i - 1) % #gnuplot.colours + 1], gnuplot.quote(run.scenario.name))
  end
  return gnuplot.draw(script .. "set key bmargin left vertical Left reverse maxcols 1\nplot " .. table.concat(plot, ", \\\n  "), 620, 380 + 22 * #results)
end

-- ---- the document ----

local function comparison(doc, results, charts, against)
  if #results < 2 then return end
  doc:heading(2, "Jämförelse")
  local caption = "Eget kapital vid årets slut i varje scenario"
  local svg = charts and comparison_chart(results)
  if svg then doc:chart(caption, svg) end
  local first, last = results[1].first - 1, results[1].last
  for _, run in ipairs(results) do last = math.max(last, run.last) end
  local head, rows = { "tkr" }, {}
  for year = first, last do head[#head + 1] = tostring(year) end
  for i, run in ipairs(results) do
    rows[i] = { run.scenario.name }
    for year = first, last do rows[i][#rows[i] + 1] = parts.short(run.projection:figure("eget_kapital", year)) end
  end
  doc:table(caption .. ", tkr", head, right(#head), rows)
  local reference = compare.against(results, against)
  local from, to = compare.years(results)
  for _, other in ipairs(compare.of(results, reference)) do
    local name, of = other.run.scenario.name, reference.scenario.name
    local heads, differences = compare.rows(other, from, to, parts.short)
    if #differences > 0 then doc:table(("%s: skillnad mot %s, tkr"):format(name, of), heads, right(#heads), differences) end
    local parts_of, year = parts.difference(reference, other.run)
    if parts_of then
      doc:table(("%s: skillnaden i eget kapital %d mot %s"):format(name, year, of), { "Från, beslut som skiljer, till", "tkr" }, { "l", "r" }, parts_of)
    end
  end
  local sum = consolidated.of(results)
  if not sum then return end
  local title, columns, sums = consolidated.rows(sum)
  doc:table(title .. ", tkr", columns, right(#columns), sums)
  for _, note in ipairs(sum.notes) do doc:paragraph(note) end
end

-- Captions are told apart by their scenario.
local function of(run, caption, ...)
  return ("%s: %s"):format(run.scenario.name, caption:format(...))
end

local function tornado(doc, run, charts)
  local t = answers.tornado(run, "eget_kapital", run.last)
  if #t.bars == 0 then return end
  doc:heading(3, "Känslighet")
  local caption = of(run, "eget kapital %d om ett antagande ändras, övriga lika", run.last)
  local svg = charts and tornado_chart(t)
  if svg then doc:chart(caption, svg) end
  local rows = {}
  for i, bar in ipairs(t.bars) do
    rows[i] = { bar.label, bar.low_text, (bar.low:text "+tkr0":gsub(" tkr$", "")), bar.high_text, (bar.high:text "+tkr0":gsub(" tkr$", "")) }
  end
  doc:table(caption .. ", tkr", { "Antagande", "Lågt", "Ändring", "Högt", "Ändring" }, { "l", "l", "r", "l", "r" }, rows)
  local g = answers.grid(run, run.last)
  local head, grid = { "Kostnader \\ medlemsbidrag" }, {}
  for k, cut in ipairs(g.cuts) do head[k + 1] = ("%+d %%"):format(cut):gsub("-", "−") .. "" end
  for i, cost in ipairs(g.costs) do
    grid[i] = { (("%+d %%"):format(cost):gsub("-", "−")) }
    for k = 1, #g.cuts do grid[i][k + 1] = parts.short(g.rows[i][k]) end
  end
  doc:table(of(run, "eget kapital %d, om kostnaderna och medlemsbidraget dessutom ändras från %d, tkr", run.last, run.first), head, right(#head), grid)
end

local function one(doc, run, charts)
  doc:heading(2, run.scenario.name)
  for _, line in ipairs(parts.summary(run)) do doc:paragraph(whole(line)) end
  doc:table(of(run, "antaganden"), { "Antagande", "Värde", "Varifrån" }, { "l", "l", "l" }, assumptions.rows(run))
  if #run.scenario.decisions > 0 then
    doc:table(of(run, "besluten"), { "Från", "Beslut", "Innehåll", "Av", "Skäl", "Dokument" }, { "l", "l", "l", "l", "l", "l" }, parts.decisions(run))
  end
  local caption = of(run, "eget kapital mot riktlinjen")
  local svg = charts and equity_chart(run)
  if svg then doc:chart(caption, svg) end
  local head = parts.head(run)
  doc:table(of(run, "år för år, tkr"), head, right(#head), parts.table(run))
  local real = parts.real(run)
  if real then doc:table(of(run, "i %d års priser, tkr", run.first - 1), head, right(#head), real) end
  local members = parts.member_rows(run)
  if #members > 0 then doc:table(of(run, "vad varje medlem bidrar med, delat som basåret, tkr"), head, right(#head), members) end
  local months_head, months = parts.months(run)
  doc:table(of(run, "kassan vid varje månads slut, tkr"), months_head, right(#months_head), months)
  doc:heading(3, "Kostnader")
  svg = charts and cost_chart(run)
  if svg then doc:chart(of(run, "kostnader och medlemsbidrag"), svg) end
  doc:table(of(run, "kostnader och övriga intäkter, tkr"), head, right(#head), parts.blocks(run))
  local people = parts.participants(run)
  if #people > 0 then
    doc:table(of(run, "deltagare vid oförändrad real kostnad per deltagare"), { "Insats", "kr per deltagare", table.unpack(head, 2) }, right(#head + 1), people)
  end
  doc:heading(3, "Vad reglerna säger")
  local rows = {}
  for _, v in ipairs(parts.verdict(run)) do rows[#rows + 1] = { tostring(v.year), v.text, tostring(v.passed) } end
  doc:table(of(run, "iakttagelser per år"), { "År", "Iakttagelser", "Utan avvikelse" }, { "l", "l", "r" }, rows)
  local items = {}
  for _, f in ipairs(parts.findings(run)) do
    items[#items + 1] = ("%s %s (%s): %s"):format(words.level[f.level], f.rule, parts.years_of(f), whole(f.first.message))
  end
  doc:items(items)
  doc:heading(3, "Beslut för beslut")
  local split, method = parts.by_decision(run)
  doc:table(of(run, "vad varje beslut gör med eget kapital %d, tkr", run.last), { "Beslut", "tkr" }, { "l", "r" }, split)
  if method then doc:paragraph(method) end
  doc:heading(3, "Svar")
  doc:table(of(run, "svar"), { "Fråga", "Svar", "Metod" }, { "l", "r", "l" }, parts.answers(run))
  tornado(doc, run, charts)
  if run.uncertainty then
    local u = run.uncertainty
    doc:heading(3, "Osäkerhet")
    for _, line in ipairs(u.sentences) do doc:paragraph(line) end
    doc:table(of(run, "eget kapital i %d banor, frö %d", u.paths, u.seed), u.head, right(#u.head), u.rows)
  end
end

-- 'of': whose they are, where there are several.
local function printed_plans(doc, printed, of_whom)
  if #printed.list == 0 then return end
  local head, rows = parts.plans(printed)
  doc:heading(2, "Tryckt budget och prognos" .. (of_whom and ": " .. of_whom or ""))
  doc:table(parts.plan_title(printed) .. ", tkr", head, right(#head), rows)
  local items = parts.plan_findings(printed)
  for i, line in ipairs(items) do items[i] = whole(line) end
  doc:items(items)
  doc:paragraph(parts.plan_note)
end

-- A report by itself has no decisions: what it plans is all there is.
local function of_report(printed)
  local name = printed.ar.forbund and printed.ar.forbund.namn or printed.ar.fil
  local doc = blocks.new(("Budget och prognos: %s"):format(name), ("%s, läst med medel %s."):format(printed.ar.fil, medel.version))
  if #printed.list == 0 then doc:paragraph "Ingen budget eller prognos med resultat är tryckt." end
  printed_plans(doc, printed)
  return doc
end

return function(results, charts, args)
  local run = results[1]
  if not run then return of_report(results.printed[1]) end
  local names, files, seen = {}, {}, {}
  for _, each in ipairs(results) do
    local file = assumptions.base_name(each)
    if not seen[file] then
      seen[file] = true
      names[#names + 1] = each.base.forbund and each.base.forbund.namn or file
      files[#files + 1] = ("%d (%s)"):format(each.first - 1, file)
    end
  end
  local doc = blocks.new(("Projektion: %s"):format(table.concat(names, ", ")),
    ("Basår %s. Vad beslut leder till, räknat med medel %s; inget här är ett utfall."):format(table.concat(files, ", "), medel.version))
  if charts and not gnuplot.available() then
    doc:paragraph("Diagrammen saknas: gnuplot är inte installerat (Debian: gnuplot-nox). Tabellerna har samma uppgifter.")
  end
  comparison(doc, results, charts, args and args.against)
  for _, each in ipairs(results) do one(doc, each, charts) end
  for _, printed in ipairs(results.printed) do
    local f = #results.printed > 1 and printed.ar.forbund
    printed_plans(doc, printed, f and f.namn)
  end
  local h = parts.hindcast(run)
  if h then
    local head, rows = parts.hindcast_table(h)
    doc:heading(2, "Träffsäkerhet")
    doc:table(parts.hindcast_caption .. ", tkr", head, right(#head), rows)
    head, rows = parts.hindcast_horizons(h)
    doc:table("Träffsäkerhet: eget kapital så många år efter det senast kända", head, right(#head), rows)
    for _, line in ipairs(parts.hindcast_notes(h)) do doc:paragraph(line) end
  end
  return doc
end
