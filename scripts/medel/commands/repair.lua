-- repair.lua: the fewest printed figures whose change makes a report hang together.
local shared = require "medel.options"

local spec = {
  name = "repair",
  summary = "Find the fewest printed figures whose change makes a report hang together.",
  description = "Take what does not agree (sums, columns, ties between places, opening and closing "
    .. "balances of all years) and search for the fewest printed figures that, printed otherwise, "
    .. "make all of it hold; print each with the value it should have. One is proposed, the likeliest "
    .. "first, only where it is so much likelier that a right figure would hardly be changed; else all "
    .. "are named. The search is exact, for up to 3 figures together and 20 000 sets for each problem.",
  arguments = { { name = "FILE", doc = "A report." } },
  options = {
    { flags = "-f --format", target = "format", value = "FORMAT", choices = { "text", "json" },
      default = "text", doc = "How to print." },
    { flags = "--most", target = "most", value = "N", default = "5",
      doc = "Show at most so many repairs of each problem in text." },
    shared.printing[1], shared.printing[2],
  },
  exit = { { "0", "nothing to repair" }, { "1", "something does not agree" },
           { "2", "the file could not be read" } },
  examples = { { "medel repair 2023.yaml", "What to change, and to what." } },
}

local sizes = { "en uppgift", "två uppgifter", "tre uppgifter" }

local function figure_lines(ar, figure, out)
  local words, terminal = require "medel.writers.words", require "medel.terminal"
  local name = ("%s (%s)"):format(words.name(figure.fact), words.where(ar, figure.fact))
  out[#out + 1] = terminal.fill("     ", terminal.safe(name), 7) .. "\n"
  out[#out + 1] = terminal.fill("       ", ("%s i stället för %s%s"):format(terminal.safe(words.typed(figure.fact, figure.text)),
    terminal.safe(words.value(figure.fact)), figure.cause and " · " .. figure.cause or ""), 9) .. "\n"
end

local function problem_lines(ar, index, problem, most, out)
  local terminal = require "medel.terminal"
  out[#out + 1] = "\n"
  for _, f in ipairs(problem.findings) do
    out[#out + 1] = terminal.fill(("%2d %s  "):format(index, f.rule), terminal.safe(f.message), #f.rule + 5):gsub("%f[%a]" .. f.rule:gsub("%-", "%%-"),
      function(id) return terminal.paint("red", id) end, 1) .. "\n"
  end
  local repairs = problem.repairs
  if #repairs == 0 then
    out[#out + 1] = terminal.fill("   ", ("Ingen ändring av högst tre uppgifter får sambanden att stämma (%d prövade)."):format(
      problem.tried), 3) .. "\n"
  else
    local size = sizes[#repairs[1].figures]
    out[#out + 1] = #repairs == 1 and problem.decided and ("   Stämmer om %s ändras:\n"):format(size)
      or terminal.fill("   ", (problem.decided and "Stämmer om %s ändras, på något av %d sätt, det troligaste först:"
        or #repairs == 1 and "Skulle stämma om %s ändras, men inget enkelt fel förklarar det:"
        or "Skulle stämma om %s ändras. Vilken säger rapporten inte:"):format(size, #repairs), 3) .. "\n"
  end
  for i = 1, math.min(#repairs, most) do
    if i > 1 then out[#out + 1] = "   eller\n" end
    for _, figure in ipairs(repairs[i].figures) do figure_lines(ar, figure, out) end
    if repairs[i].shares > 0 then
      out[#out + 1] = ("       men då stämmer inte %s\n"):format(
        repairs[i].shares == 1 and "en tryckt andel" or repairs[i].shares .. " tryckta andelar")
    end
  end
  if #repairs > most then out[#out + 1] = ("   och %d sätt till\n"):format(#repairs - most) end
  if problem.bounded then
    out[#out + 1] = terminal.fill("   ", ("Sökningen avbröts efter %d prövade ändringar; det kan finnas fler."):format(problem.tried), 3) .. "\n"
  end
end

local function as_text(ar, problems, most)
  local terminal, words = require "medel.terminal", require "medel.writers.words"
  local out = { "\n" .. terminal.paint("bold", terminal.fill("", terminal.safe(words.title(ar)) .. " · minsta rättelse", 2)) .. "\n" }
  for i, problem in ipairs(problems) do problem_lines(ar, i, problem, most, out) end
  if #problems == 0 then out[#out + 1] = "\nSummor och samband stämmer i alla år.\n" end
  return table.concat(out)
end

local function json_fact(fact)
  local medel = require "medel"
  return { label = fact.label, table = fact.table, row = fact.row, column = fact.column or medel.null,
           year = fact.year, variant = fact.variant, text = fact.text, file = fact.file, line = fact.line,
           col = fact.col, place = fact.place }
end

local function as_json(ar, problems)
  local medel = require "medel"
  local out = { file = ar.fil, problems = {} }
  for i, p in ipairs(problems) do
    local one = { findings = {}, repairs = {}, possible = {}, tried = p.tried, bounded = p.bounded }
    local list = p.decided and one.repairs or one.possible
    for k, f in ipairs(p.findings) do one.findings[k] = { rule = f.rule, message = f.message } end
    for k, r in ipairs(p.repairs) do
      local figures = {}
      for n, f in ipairs(r.figures) do
        figures[n] = json_fact(f.fact)
        figures[n].should_be = f.text
        figures[n].cause = f.cause or medel.null
      end
      list[k] = { figures = figures, shares_broken = r.shares }
    end
    out.problems[i] = one
  end
  return medel.json(out) .. "\n"
end

function spec.run(args)
  local medel = require "medel"
  local most = math.tointeger(tonumber(args.most))
  if not most or most < 1 then
    require("medel.terminal").complain("medel repair: --most takes a whole number from 1\n")
    return 2
  end
  local session = require("medel.session").new()
  local ok, ar = pcall(function() return session:judged(session:load(args.FILE)) end)
  if not ok then
    require("medel.terminal").complain_of("repair", ar)
    return 2
  end
  local problems = medel.repair(ar)
  if args.format == "json" then io.stdout:write(as_json(ar, problems)) else require("medel.terminal").write(as_text(ar, problems, most)) end
  return #problems > 0 and 1 or 0
end

return spec
