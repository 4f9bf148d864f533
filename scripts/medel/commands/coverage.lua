-- coverage.lua: which misprints of a report's figures the pack notices.
local shared = require "medel.options"
local csv = require "medel.csv"

local spec = {
  name = "coverage",
  in_child = true,
  summary = "Say which misprints of a report's figures the rules notice.",
  description = "Print every figure of a report wrong, one at a time, in every way that figures go "
    .. "wrong: sign, factor 1000, digits swapped, 1 or 9 off, lost or doubled, the neighbouring "
    .. "column, the row above. Run what looks at it, and say what is noticed, a new finding above "
    .. "note, and what is asked about, a new note. What stays within one unit of the last printed place looks like rounding and is "
    .. "counted by itself. The result does not depend on the number of threads.",
  arguments = { { name = "FILE", doc = "A report." } },
  options = shared.with {
    { flags = "-f --format", target = "format", value = "FORMAT", choices = { "text", "md", "html", "csv", "json" },
      default = "text", doc = "How to print." },
    csv.options[1], csv.options[2], shared.printing[1], shared.printing[2],
    { flags = "-j --threads", target = "threads", value = "N", doc = "Threads; one per processor unless given." },
    { flags = "--least", target = "least", value = "PERCENT",
      doc = "Fail if less is noticed in some table." },
  },
  exit = { { "0", "done" }, { "1", "less than --least in some table" },
           { "2", "the file could not be read, or a rule is broken" } },
  examples = {
    { "medel coverage examples/sydnarke/2023.yaml", "What the packs notice, and what nothing protects." },
    { "medel coverage --only SUM 2023.yaml", "What the sums alone notice." },
  },
}

-- ---- text ----

local explanation = "Prövade är de fel som är större än avrundning. Märks är det som ger en "
  .. "ny iakttagelse över notering, frågas det som bara ger en ny notering. Oskyddade är uppgifter där inget av "
  .. "dem märks eller frågas (annat än ett byte, på den andra platsen); omtalade är andelen som märks eller frågas "
  .. "i de andra, som något annat i rapporten talar om. Som avrundning: fel på högst en enhet i sista tryckta siffran, och hur "
  .. "många av dem som märks."

-- The sums by table, as medel.tables has a table.
local function by_table(ar, figures)
  local words, coverage = require "medel.writers.words", require "medel.coverage"
  local sums, all = coverage.by_table(figures)
  local function row(name, s)
    return { tabell = name, uppgifter = s.figures, provade = s.tried, marks = coverage.share(s), fragas = coverage.share(s, "asked"),
             oskyddade = s.unprotected, omtalade = coverage.share(s, "spoken_noticed", "spoken"),
             som_avrundning = ("%d av %d"):format(s.rounding_noticed, s.rounding) }
  end
  local t = { columns = { { "tabell", "", "text" }, { "uppgifter", "uppgifter", "count" }, { "provade", "prövade", "count" },
                          { "marks", "märks", "share" }, { "fragas", "frågas", "share" }, { "oskyddade", "oskyddade", "count" },
                          { "omtalade", "omtalade", "share" }, { "som_avrundning", "som avrundning", "text" } },
              rows = {}, total = row("alla", all) }
  for i, s in ipairs(sums) do t.rows[i] = row(words.table_name(ar, s.table), s) end
  return t
end

local function table_lines(ar, figures, out)
  out[#out + 1] = require("medel.tables").text(by_table(ar, figures))
  out[#out + 1] = require("medel.terminal").fill("", explanation, 0) .. "\n"
end

local measures = { intakt = "intäkt", kostnad = "kostnad", netto = "netto", avvikelse = "avvikelse" }

-- Of a label that says its year nothing more is said.
local function period(fact)
  if fact.label:find "%f[%d][12][09]%d%d%f[%D]" then return nil end
  return fact.variant == "utfall" and tostring(fact.year) or fact.variant .. " " .. fact.year
end

-- "omvänt tecken, en felaktig siffra (3)": what slips through.
local function kinds(figure)
  local n, order = {}, {}
  for _, u in ipairs(figure.misprints) do
    if not u.rounding and not u.noticed and not u.asked then
      if not n[u.name] then order[#order + 1] = u.name end
      n[u.name] = (n[u.name] or 0) + 1
    end
  end
  for i, name in ipairs(order) do order[i] = n[name] > 1 and ("%s (%d)"):format(name, n[name]) or name end
  return table.concat(order, ", ")
end

-- Figures of the same row with the same to say, in the order of the report.
local function group(ar, figures, wanted, says)
  local words = require "medel.writers.words"
  local groups, by = {}, {}
  for _, f in ipairs(figures) do
    if wanted(f) then
      local fact = f.fact
      local measure = measures[fact.measure]
      local name = measure and fact.label .. ", " .. measure or fact.label
      local text = says(f)
      local key = table.concat({ fact.table, name, text }, "\0")
      if not by[key] then
        by[key] = { table = words.table_name(ar, fact.table), name = name, says = text, periods = {}, n = 0 }
        groups[#groups + 1] = by[key]
      end
      by[key].n = by[key].n + 1
      table.insert(by[key].periods, period(fact))
    end
  end
  return groups
end

local function group_lines(title, groups, out)
  local terminal = require "medel.terminal"
  if #groups == 0 then return end
  out[#out + 1] = "\n" .. terminal.paint("bold", title) .. "\n"
  local before
  for _, g in ipairs(groups) do
    if g.table ~= before then out[#out + 1] = g.table .. "\n" end
    before = g.table
    local when = g.n > 5 and (" %d uppgifter"):format(g.n) or #g.periods > 0 and " " .. table.concat(g.periods, ", ") or ""
    out[#out + 1] = terminal.fill("  ", ("%s%s: %s"):format(terminal.safe(g.name), when, g.says), 4) .. "\n"
  end
end

local function as_text(ar, figures)
  local words = require "medel.writers.words"
  local terminal = require "medel.terminal"
  local out = { "\n" .. terminal.paint("bold", terminal.fill("", terminal.safe(words.title(ar)) .. " · vad reglerna märker", 2)) .. "\n\n" }
  table_lines(ar, figures, out)
  group_lines("Uppgifter som inget skyddar", group(ar, figures,
    function(f) return f.unprotected end,
    function(f) return f.reason end), out)
  group_lines("Uppgifter där en del fel inte märks", group(ar, figures,
    function(f) return not f.unprotected and f.noticed + f.asked < f.tried end,
    function(f) return ("%s; %s"):format(kinds(f), f.reason) end), out)
  return table.concat(out)
end

-- Of each figure what was tried and what slips through, as a table.
local function by_figure(ar, figures)
  local words = require "medel.writers.words"
  local t = { columns = { { "tabell", "Tabell", "text" }, { "uppgift", "Uppgift", "text" }, { "var", "Var", "text" }, { "provade", "Prövade", "count" },
                          { "marks", "Märks", "count" }, { "markt_inte", "Märks inte", "text" }, { "varfor", "Varför", "text" } }, rows = {} }
  for i, f in ipairs(figures) do
    t.rows[i] = { tabell = words.table_name(ar, f.fact.table), uppgift = words.name(f.fact), var = words.where(ar, f.fact), provade = f.tried,
                  marks = f.noticed, markt_inte = kinds(f), varfor = f.reason }
  end
  return t
end

local function as_document(ar, figures)
  local tables = require "medel.tables"
  local doc = require("medel.blocks").new("Vad reglerna märker", require("medel.writers.words").title(ar))
  doc:paragraph(explanation)
  tables.add(doc, "Per tabell", by_table(ar, figures))
  local left = by_figure(ar, figures)
  for i = #left.rows, 1, -1 do if left.rows[i].provade == left.rows[i].marks then table.remove(left.rows, i) end end
  if #left.rows > 0 then tables.add(doc, "Uppgifter där alla fel inte märks", left) end
  return doc
end

-- ---- json ----

local function json_sum(s)
  local medel = require "medel"
  return { table = s.table or medel.null, figures = s.figures, tried = s.tried, noticed = s.noticed,
           asked = s.asked, spoken = s.spoken, spoken_noticed = s.spoken_noticed,
           rounding = s.rounding, rounding_noticed = s.rounding_noticed, unprotected = s.unprotected }
end

local function as_json(ar, figures)
  local medel = require "medel"
  local sums, all = require("medel.coverage").by_table(figures)
  local out = { file = ar.fil, tables = {}, all = json_sum(all), figures = {} }
  for i, s in ipairs(sums) do out.tables[i] = json_sum(s) end
  for i, f in ipairs(figures) do
    local fact, unnoticed = f.fact, {}
    for _, m in ipairs(f.misprints) do
      if not m.noticed then
        unnoticed[#unnoticed + 1] = { kind = m.kind, name = m.name, text = m.text, rounding = m.rounding,
                                      asked = m.asked }
      end
    end
    out.figures[i] = {
      label = fact.label, table = fact.table, item = fact.item or medel.null, row = fact.row,
      column = fact.column or medel.null, year = fact.year, variant = fact.variant, text = fact.text,
      file = fact.file, line = fact.line, col = fact.col, tried = f.tried, noticed = f.noticed, asked = f.asked,
      unprotected = f.unprotected, rounding = f.rounding, rounding_noticed = f.rounding_noticed, unnoticed = unnoticed,
      read_by = f.readers, reason = f.reason or medel.null,
    }
  end
  return medel.json(out) .. "\n"
end

-- ---- the command ----

local formats = {
  json = as_json,
  csv = function(ar, figures, args) return require("medel.tables").csv(by_figure(ar, figures), args) end,
  md = function(ar, figures) return require("medel.blocks").markdown(as_document(ar, figures)) end,
  html = function(ar, figures) return require("medel.blocks").html(as_document(ar, figures)) end,
}

local function progress_bar()
  local medel = require "medel"
  if not medel.isatty(2) then return nil end
  return function(done, total)
    local n = done * 40 // total
    io.stderr:write(("\r[%s%s] %3d %%"):format(("#"):rep(n), (" "):rep(40 - n), done * 100 // total))
    if done == total then io.stderr:write "\r\27[K" end
  end
end

local function below(figures, least)
  local coverage = require "medel.coverage"
  for _, s in ipairs((coverage.by_table(figures))) do
    local share = coverage.share(s)
    if least and share and share < least * 10 then return true end
  end
  return false
end

local function measure(args)
  local threads = args.threads and shared.whole(args.threads, "--threads", 1, 256)
  local least = args.least and shared.whole(args.least, "--least", 0, 100)
  local asked = shared.open(args):reads_all()
  local list = asked:stands_for(args.FILE)
  if #list ~= 1 or list[1].name then error("the misprints are those of a printed report, not of a plan or a projected year", 0) end
  local ar = list[1].open()
  local figures, w = require("medel.coverage").run(asked, ar, { threads = threads, progress = progress_bar() })
  for _, b in ipairs(w.broken) do require("medel.terminal").complain(("medel coverage: %s: %s\n"):format(require("medel").show(b.file), b.error)) end
  if args.format == "text" then
    require("medel.terminal").write(as_text(ar, figures))
  else
    io.stdout:write(formats[args.format](ar, figures, args))
  end
  return #w.broken > 0 and 2 or below(figures, least) and 1 or 0
end

function spec.run(args)
  local ok, code = pcall(measure, args)
  if ok then return code end
  require("medel.terminal").complain_of("coverage", code)
  return 2
end

return spec
