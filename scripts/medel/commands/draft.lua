-- draft.lua: the statements of a new report, from the bookkeeping.
local spec = {
  name = "draft",
  summary = "Write the statements of a report from a SIE file.",
  description = "Read the bookkeeping and write a report file with resultaträkning, balansräkning, "
    .. "kassaflödesanalys, driftredovisning and notes as the kontoplan makes them. A comment on each row "
    .. "says which accounts it came from; what no row has is listed at the top and told.",
  arguments = { { name = "FILE", doc = "A SIE file." } },
  options = {
    { flags = "--forbund", target = "forbund", value = "NAME",
      doc = "The förbund whose kontoplan it is (rules/forbund/NAME); else by the name in the file." },
    { flags = "--kontoplan", target = "kontoplan", value = "FILE", doc = "A kontoplan of your own." },
    { flags = "--mapping", target = "mapping", value = "FILE",
      doc = "The file is CSV, with the columns that this mapping names." },
    { flags = "--delar", target = "delar", value = "DATE",
      doc = "A delårsrapport of the books until that day, 2024-08-31, instead of the year's årsredovisning." },
    { flags = "-o --output", target = "output", value = "FILE",
      doc = "Write to a new file; an existing one is never touched." },
  },
  exit = { { "0", "written, with everything in a row" }, { "1", "written, but something has no row, or the books do not add up" },
           { "2", "could not run" } },
  examples = {
    { "medel draft 2024.se -o 2024.yaml", "Begin this year's report from the books." },
    { "medel draft 2024.se --delar 2024-08-31 -o 2024-08.yaml", "A delårsrapport for January to August." },
    { "medel draft 2024.se --kontoplan kontoplan.yaml", "With accounts of your own." },
  },
}

local function make(args)
  local asked = require("medel.options").open(args, { delar = false, ledger = args.FILE, forbund = args.forbund,
    progress = require("medel.progress").bar(args.FILE) })
  return require("medel.draft").make(asked:taxonomy(), asked:ledger(), asked:kontoplan(), args.delar)
end

function spec.run(args)
  local terminal = require "medel.terminal"
  local ok, text, lines, wrong = pcall(make, args)
  if not ok then
    terminal.complain_of("draft", text)
    return 2
  end
  for _, line in ipairs(lines) do terminal.complain("medel draft: inte med: ", line, "\n") end
  for _, line in ipairs(wrong) do terminal.complain("medel draft: ", line, "\n") end
  local code = (#lines > 0 or #wrong > 0) and 1 or 0
  if not args.output then
    terminal.write(text)
    return code
  end
  local failed = require("medel.output").create(args.output, text, "medel draft")
  return failed ~= 0 and failed or code
end

return spec
