-- audit.lua: what does not hold in a report.
local apart = require "medel.apart"
local shared = require "medel.options"
local csv = require "medel.csv"

local spec = {
  name = "audit",
  summary = "Say what does not hold in reports, with figures, places and causes.",
  description = "Read each report, run the checks of the taxonomy and all rules on it, and "
    .. "print the findings, the heaviest first. A file that cannot be read is reported and "
    .. "the rest goes on.",
  arguments = { { name = "FILE", args = "+", doc = "Report files, or folders to search for them." } },
  options = shared.with {
    { flags = "-f --format", target = "format", value = "FORMAT",
      choices = require("medel.formats").names(), default = "text", doc = "How to print." },
    { flags = "-l --level", target = "level", value = "LEVEL", default = "recommendation",
      choices = { "error", "deviation", "recommendation", "note" },
      doc = "Show findings of this level and above; only they count for the exit status." },
    csv.options[1], csv.options[2],
    { flags = "--why", target = "why",
      doc = "List the rules that did not apply, and why, and how the förbund counts where it prints its own way." },
    { flags = "--save-conventions", target = "save_conventions",
      doc = "Write how the förbund counts to its own file (forbund: forbund.yaml), which next year's report is held to." },
    apart.jobs,
    shared.printing[1], shared.printing[2],
  },
  exit = { { "0", "nothing at or above the level" }, { "1", "findings" },
           { "2", "a file could not be read, or a rule is broken" } },
  examples = {
    { "medel audit examples/sydnarke/2023.yaml", "The findings of one report." },
    { "medel audit --level error reports/", "Only what is wrong, in every report of a folder." },
    { "medel audit --only EKA --norm riktlinje.eget_kapital=rak_20 2023.yaml",
      "Eget kapital against a flat 20 per cent." },
    { 'medel audit -s "budget 2024" 2023.yaml', "What the rules say of the printed budget." },
    { "medel audit 2023.yaml --ledger 2023.se", "The report and the books behind it." },
    { "medel audit --format json 2023.yaml", "For another program." },
  },
}

-- Everything that can be wrong before the first report is read.
local function prepare(args)
  local asked = shared.open(args, { competing = true })
  local files = require("medel.workspace").reports(args.FILE)
  if asked:ledger() and #files > 1 then error("--ledger is the bookkeeping of one report, not of " .. #files, 0) end
  if asked.options.engagement then require("medel.engagement").read(asked.options.engagement, true) end
  local writer, together = require("medel.formats").writer(args.format)
  return { session = asked, files = files, jobs = together and 0 or apart.jobs_of(args), writer = writer }
end

-- In a child: what becomes of one file, as plain values; what it prints is caught.
local function audit_file(setup, args, file)
  local workspace, writer = require "medel.workspace", setup.writer
  local answer = { parts = {}, found = false, failed = false, unread = {} }
  local function fails(why)
    require("medel.terminal").complain_of("audit", why)
    answer.failed = true
    answer.unread[1] = { file = file, diagnostics = require("medel.diagnostics").plain(why) }
  end
  local fine, list = pcall(setup.session.stands_for, setup.session, file)
  if not fine then fails(list) end
  for _, one in ipairs(fine and list or {}) do
    local ok, result = pcall(function() return setup.session:audit(one.open()) end)
    if not ok then
      fails(result)
    else
      workspace.show(result, args.level)
      if args.save_conventions and #(result.conventions or {}) > 0 then
        local path, text = require("medel.conventions").prepare(result)
        if path then answer.saves = { path, text } else fails(text) end
      end
      answer.found = answer.found or #result.shown > 0
      answer.failed = answer.failed or #result.broken > 0
      local n = #answer.parts + 1
      if writer.one then
        answer.parts[n] = true
        require("medel.terminal").write((n > 1 and "\n" or "") .. writer.one(result, { why = args.why }))
      else
        answer.parts[n] = writer.part(result, { level = args.level, excel = args.excel })
      end
    end
  end
  setup.session:forget(file) -- many reports take no more memory than one
  return answer
end

function spec.run(args)
  local ok, setup = pcall(prepare, args)
  if not ok then
    require("medel.terminal").complain_of("audit", setup)
    return 2
  end
  local found, failed, parts, unread, printed_some = false, false, {}, {}, false
  apart.each(#setup.files, setup.jobs, function(i) return audit_file(setup, args, setup.files[i]) end,
    function(i, answer, why, printed)
      if not answer then
        require("medel.terminal").complain("medel audit: ", setup.files[i], ": ", why, "\n")
        answer = { parts = {}, failed = true,
                   unread = { { file = setup.files[i], diagnostics = require("medel.diagnostics").plain(why) } } }
      end
      found, failed = found or answer.found, failed or answer.failed
      if answer.saves then
        local saved, wrong = require("medel").write_file(answer.saves[1], answer.saves[2], true)
        if not saved then
          require("medel.terminal").complain_of("audit", wrong)
          failed = true
        end
      end
      table.move(answer.parts, 1, #answer.parts, #parts + 1, parts)
      table.move(answer.unread, 1, #answer.unread, #unread + 1, unread)
      if printed ~= "" then
        apart.print((printed_some and "\n" or "") .. printed)
        printed_some = true
      end
    end)
  if setup.writer.join then
    io.stdout:write(setup.writer.join(parts, { level = args.level, bom = args.bom, excel = args.excel, unread = unread }))
  end
  return failed and 2 or found and 1 or 0
end

return spec
