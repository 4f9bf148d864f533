-- ledger.lua: what a bookkeeping holds.
local shared = require "medel.options"
local csv = require "medel.csv"

-- Options that every command which audits has, and this one with --check.
local function for_check()
  local out = {}
  for i, o in ipairs(shared.some("--set", "--norm", "--parameters", "--pack", "--rules", "--only", "--except", "--kontoplan",
                                 "--engagement", "--avsteg", "--time-limit", "--memory-limit")) do
    out[i] = setmetatable({ doc = "With --check: " .. (o.doc:find "^%u%l%l" and o.doc:sub(1, 1):lower() .. o.doc:sub(2) or o.doc) }, { __index = o })
  end
  out[#out + 1] = shared.some("--mapping")[1]
  return out
end

local spec = {
  name = "ledger",
  summary = "Show the bookkeeping in a SIE file: overview, balances, accounts, vouchers, checks.",
  description = "Read a SIE file (type 1 to 4, or SIE 5), or a CSV file by --mapping, and show it. Without an option: whose it is, how it was "
    .. "read, what is not as the format says, and balances by account class. Amounts are debit positive.",
  arguments = { { name = "FILE", doc = "A SIE file." } },
  options = shared.with({
    { flags = "--balance", target = "balance", value = "ACCOUNTS", args = "?",
      doc = "Balances by account, of all or of some: 19, 30..39, 1510,1930." },
    { flags = "--account", target = "account", value = "ACCOUNT", doc = "Every row of an account with its balance." },
    { flags = "--voucher", target = "voucher", value = "SERIES NUMBER", args = "2", doc = "A voucher with its rows." },
    { flags = "--months", target = "months", value = "ACCOUNTS", args = "?",
      doc = "Month by month, as a chart: income and costs, or some accounts." },
    { flags = "--object", target = "object", value = "DIMENSION", args = "?", doc = "Sums by the objects of a dimension." },
    { flags = "--rows", target = "rows", value = "EXPRESSION",
      doc = "The rows that an expression lets through: \"account in 4..7 and size >= 10 000 and not text ~ hotell\"." },
    { flags = "--search", target = "search", value = "TEXT", doc = "The rows whose text, or whose voucher's, has this in it." },
    { flags = "--strata", target = "strata", value = "BOUNDS", args = "?", doc = "Rows by size: 1000,10000,100000." },
    { flags = "--ageing", target = "ageing", value = "KIND", choices = { "fordringar", "skulder" },
      doc = "What is open of receivables or payables, by age; --day, --ages and --dimension say when, how and of whom." },
    { flags = "--duplicates", target = "duplicates", value = "FIELDS",
      doc = "Rows of several vouchers that are alike in account, amount, size, day, month, text, series, number, object, sign." },
    { flags = "--gaps", target = "gaps", doc = "Numbers that a series lacks or uses twice." },
    { flags = "--benford", target = "benford", value = "KIND", args = "?",
      doc = "Digits beside Benford's law: first, first_two or second_order." },
    { flags = "--round", target = "round", doc = "How many amounts are round." },
    { flags = "--compare", target = "compare", value = "FILE", args = "?",
      doc = "Account by account against the year before, or against another file." },
    { flags = "--profile", target = "profile", value = "ACCOUNTS", args = "?",
      doc = "Each account month by month, beside last year's (--beside FILE, or what the file states)." },
    { flags = "--journal", target = "journal", value = "TEST", args = "?",
      doc = "Tests of journal entries tied to a risk (ISA 240), or the rows of one of them." },
    { flags = "--where", target = "where", value = "EXPRESSION", doc = "Of these rows alone; docs/ledger.md has the fields." },
    { flags = "--day", target = "day", value = "DAY", doc = "With --ageing: at the end of this day; else of the year." },
    { flags = "--ages", target = "ages", value = "DAYS", doc = "With --ageing: where the ages part; usually 30,60,90." },
    { flags = "--dimension", target = "dimension", value = "N", doc = "With --ageing: of customers or suppliers; usually 8 or 9." },
    { flags = "--days", target = "days", value = "N", doc = "With --duplicates: each within N days of the one before it." },
    { flags = "--beside", target = "beside", value = "FILE", doc = "With --profile: last year's books." },
    { flags = "--sample", target = "sample", value = "N",
      doc = "Draw some N rows to examine by monetary units (ISA 530): every x:th krona, so that a row's chance is its amount." },
    { flags = "--of", target = "of", value = "ACCOUNTS",
      doc = "Of these accounts alone; --sample and --round take 4..7 unless told." },
    { flags = "--seed", target = "seed", value = "S", default = "1",
      doc = "With --sample: a whole number; it is printed, and gives the same rows again." },
    { flags = "--check", target = "check", doc = "Run the rules over the ledger (the pack huvudbok)." },
    { flags = "-l --level", target = "level", value = "LEVEL", default = "note",
      choices = { "error", "deviation", "recommendation", "note" },
      doc = "With --check: findings of this level and above; only they count for the exit status." },
    { flags = "--why", target = "why", doc = "With --check: list the rules that did not apply, and why." },
    { flags = "-f --format", target = "format", value = "FORMAT",
      choices = { "text", "json", "csv", "md", "sarif", "junit" }, default = "text",
      doc = "How to print; md, sarif and junit with --check." },
    { flags = "--json", target = "json", doc = "The same as --format json." },
    { flags = "--csv", target = "csv", doc = "The same as --format csv." },
    csv.options[1], csv.options[2],
    { flags = "-o --output", target = "output", value = "FILE", doc = "Write to a file instead." },
    { flags = "--suggest-mapping", target = "suggest", doc = "Print a mapping for a CSV file, from its heads and first rows." },
    { flags = "--encoding", target = "encoding", value = "NAME",
      doc = "cp437, cp1252, latin1, mac or utf-8; usually decided by the bytes." },
    { flags = "--strict", target = "strict", doc = "Refuse a file that is not as the format says." },
    shared.printing[1], shared.printing[2],
  }, for_check()),
  exit = { { "0", "shown; with --check nothing at or above the level" },
           { "1", "shown, but something in the file could not be read; with --check: findings" },
           { "2", "the file could not be read, or there is no such account or voucher" } },
  examples = {
    { "medel ledger 2023.se", "Whose it is, how it was read, balances by class." },
    { "medel ledger 2023.se --balance 19", "The accounts of cash and bank." },
    { "medel ledger 2023.se --voucher A 1", "One voucher." },
    { "medel ledger 2023.se --months 50..57", "What staff costs month by month." },
    { "medel ledger 2023.se --sample 25 --seed 2024", "Some 25 cost rows to examine." },
    { "medel ledger 2023.se --check", "What the books themselves must hold." },
    { "medel ledger 2023.se --journal", "Journal entries to ask about." },
    { "medel ledger 2023.se --rows \"account in 4..7 and holiday\" --csv", "Costs that were registered on holidays." },
    { "medel ledger 2023.se --balance --csv -o saldon.csv", "For a spreadsheet." },
  },
}

local modes = { "account", "voucher", "months", "object", "balance", "sample", "rows", "search", "strata", "ageing", "duplicates", "gaps",
                "benford", "round", "compare", "profile", "journal" }

-- The rules of the books, on the ledger alone.
local function check(bok, args)
  local workspace = require "medel.workspace"
  local result = require("medel.books").audit(bok, shared.of(args, { packs = #args.packs > 0 and args.packs or nil }))
  workspace.show(result, args.level)
  local writer = require("medel.writers." .. args.format)
  local options = { why = args.why, level = args.level, bom = args.bom, excel = args.excel, unread = {} }
  local text = writer.one and writer.one(result, options) or writer.join({ writer.part(result, options) }, options)
  return { text = text, code = #result.broken > 0 and 2 or #result.shown > 0 and 1 or 0 }
end

local function make(args)
  if args.suggest then
    local text, lacks = require "medel.csv_suggest"(args.FILE)
    for _, line in ipairs(lacks) do require("medel.terminal").complain("medel ledger: ", line, "\n") end
    return text, #lacks > 0 and 1 or 0
  end
  local bok = require("medel.session").new { ledger = args.FILE, encoding = args.encoding, strict = args.strict,
    mapping = args.mapping, progress = require("medel.progress").bar(args.FILE) }:ledger()
  if bok.rader > 100000 then collectgarbage("incremental", 150, 400) end -- lists grow with the rows
  if args.check then
    local answer, why = require("medel.apart").one(args, function() return check(bok, args) end)
    if not answer then error(why, 0) end
    return answer.text, answer.code
  end
  if args.format ~= "text" and args.format ~= "json" and args.format ~= "csv" then
    error(("--format %s is for --check"):format(args.format), 0)
  end
  local mode = "overview"
  for _, name in ipairs(modes) do
    if args[name] then
      if mode ~= "overview" then error(("choose one of --%s and --%s"):format(mode, name), 0) end
      mode = name
    end
  end
  local make_view = require("medel.ledger.views")[mode] or require("medel.ledger.analyses")[mode]
  local view, books = make_view(bok, args), require "medel.books"
  local lacks = { books.unread_sentence(bok) }
  view.unread = books.unread(bok)
  if books.foreign(bok) then lacks[#lacks + 1] = ("Filens belopp är i %s, inte i kronor."):format(books.foreign(bok)) end
  view.lacks = lacks
  if args.format == "csv" then -- which has no place for it
    for _, text in ipairs(lacks) do require("medel.terminal").complain("medel ledger: ", text, "\n") end
  end
  return require("medel.ledger." .. args.format)(view, bok, args), #lacks > 0 and 1 or 0
end

function spec.run(args)
  if args.json then args.format = "json" elseif args.csv then args.format = "csv" end
  local ok, text, code = pcall(make, args)
  if not ok then
    require("medel.terminal").complain_of("ledger", text)
    return 2
  end
  if args.output then
    local failed = require("medel.output").replace(args.output, text, "medel ledger", { args.FILE })
    return failed ~= 0 and failed or code
  end
  if args.format == "text" then require("medel.terminal").write(text) else io.stdout:write(text) end
  return code
end

return spec
