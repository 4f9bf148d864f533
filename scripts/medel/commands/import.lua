-- import.lua: the report file of a printed årsredovisning.
local spec = {
  name = "import",
  summary = "Read a PDF, docx, odt, xlsx or text and write the report file.",
  description = "Find the tables of an årsredovisning, read each figure as it is printed and write the "
    .. "report file that a person would have typed, and beside it FILE.import.json with the place, the "
    .. "status and the evidence of every figure. Nothing is repaired: what does not hold in the print, "
    .. "medel audit says. What a person must look at is told, and stands as a comment (läs:) on its row.",
  arguments = { { name = "FILE", doc = "The document." } },
  options = {
    { flags = "-o --output", target = "output", value = "FILE",
      doc = "The report file; without it the text is printed. A file that was changed by hand since "
        .. "it was imported is not touched." },
    { flags = "--forbund", target = "forbund", value = "FILE",
      doc = "The förbund's own file (forbund.yaml), whose rows and labels are then known." },
    { flags = "--forra", target = "forra", value = "FILE",
      doc = "Last year's report file: its figures decide between readings." },
    { flags = "--version", target = "version", value = "FILE",
      doc = "The report file of an earlier draft: which figures are others, new or gone, what no longer "
        .. "holds and what now does; of running text, where its side file stands beside it, which figures and sentences." },
    { flags = "--bekrafta", target = "bekrafta", value = "FILE",
      doc = "Answers from the review page: they are applied, kept in the side file for the next time "
        .. "the same print is read, and what they say of rows is added to the förbund's file." },
    { flags = "--granska", target = "granska", value = "FILE",
      doc = "Write a review page (HTML, one file): questions first, then what does not hold, then all, "
        .. "beside the document's page or lines; its answers are for --bekrafta." },
    { flags = "--fraga", target = "fraga", doc = "Ask the questions of the tables here, one at a time, as the review page does; "
        .. "the answers are applied as those of --bekrafta." },
    { flags = "--uppgifter", target = "uppgifter", doc = "Go through the figures of running text that have no place, one "
        .. "at a time: which concept or field each is. Enter leaves one for later, q ends." },
    { flags = "--ocr", target = "ocr", doc = "Where the pages are pictures, let tesseract recognise their characters (Swedish, "
        .. "tesseract-ocr-swe). What no other figure confirms is then asked about." },
    { flags = "--year", target = "year", value = "YEAR", doc = "The financial year, where the document does not say it." },
  },
  exit = { { "0", "written, nothing to answer" }, { "1", "written, but a person has something to answer" },
           { "2", "could not run" } },
  examples = {
    { "medel import 2023.pdf -o 2023.yaml", "Read the document." },
    { "medel import 2023.pdf -o 2023.yaml --forbund forbund.yaml --forra 2022.yaml", "With what is known already." },
    { "medel import 2023.pdf -o 2023.yaml --granska 2023.html", "And a page to answer its questions on." },
    { "medel import 2023.pdf -o 2023.yaml --bekrafta svar.json", "Apply the answers." },
    { "medel import 2023.pdf -o 2023.yaml --fraga --uppgifter", "Answer here." },
  },
}

local function year_of(text)
  if not text then return nil end
  local year = tonumber(text)
  if not (year and year == math.floor(year) and year >= 2000 and year < 2100) then error("--year: a year, 2000-2099", 0) end
  return math.tointeger(year)
end

-- The way from the report file to the förbund's.
local function beside(output, forbund)
  local folder = output and output:match "^(.*/)[^/]*$" or ""
  if forbund:sub(1, #folder) == folder then return forbund:sub(#folder + 1) end
  return forbund
end

-- more: answers besides those of the files
local function make(args, more)
  local medel = require "medel"
  local read = require "medel.import.read"
  local taxonomy = require("medel.workspace").taxonomy()
  local forbund = read.forbund(args.forbund)
  if forbund then forbund.reference = beside(args.output, args.forbund) end
  local last
  if args.forra then
    local why
    last, why = medel.load_report(taxonomy, args.forra)
    if not last then error(why, 0) end
  end
  local answers = {}
  local known = args.output and require("medel.import.files").known(args.output)
  for _, a in ipairs(known and known.svar or {}) do answers[#answers + 1] = a end
  for _, a in ipairs(args.bekrafta and require("medel.import.answers").read(args.bekrafta) or {}) do answers[#answers + 1] = a end
  for _, a in ipairs(more or {}) do answers[#answers + 1] = a end
  return read.import(taxonomy, read.document(args.FILE, { ocr = args.ocr }),
    { year = year_of(args.year), forbund = forbund, last = last, answers = answers })
end

-- Ask what --fraga and --uppgifter ask for; the import with the answers.
local function asked(args, m)
  local ask = require "medel.import.ask"
  local all = {}
  for _, x in ipairs { { args.fraga, ask.rows }, { args.uppgifter, ask.figures } } do
    local list = x[1] and x[2](m) or {}
    for _, a in ipairs(list) do all[#all + 1] = a end
    if #list > 0 then m = make(args, all) end
  end
  require("medel.terminal").write(("\n%d svar\n"):format(#all))
  return m
end

-- What the answers say of rows, for next year.
local function learn(m, args)
  if not m.forbund or not m.learned or #m.learned == 0 then return 0 end
  local text, wrong = require("medel.import.answers").learn(m.forbund, m.learned)
  if wrong then error(wrong, 0) end
  if not text then return 0 end
  return require("medel.output").replace(m.forbund.path, text, "medel import", { args.FILE })
end

local function tell_version(m, path)
  local terminal = require "medel.terminal"
  local before, why = require("medel").load_report(require("medel.workspace").taxonomy(), path)
  if not before then error(why, 0) end
  local versions, known = require "medel.import.versions", require("medel.import.files").known(path)
  local text = versions.sentences(known, m.figures, m.source.paged)
  local list = m.whole and versions.compare(before, m.whole, text ~= nil) or {}
  for _, line in ipairs(text or {}) do list[#list + 1] = require("medel").show(line) end
  for _, line in ipairs(list) do terminal.complain(line, "\n") end
  terminal.complain(("%d skillnader mot %s\n"):format(#list, path))
end

local function tell(m)
  local terminal = require "medel.terminal"
  local word = m.source.paged and "sida" or "rad"
  for _, q in ipairs(m.questions) do
    terminal.complain(("%s:%d: %s: %s\n"):format(m.source.name, m.source.paged and q.row.page or q.row.line,
      q.row.label, q.question.text))
  end
  for _, t in ipairs(m.tables) do
    for _, loose in ipairs(t.loose) do
      terminal.complain(("%s: %s %d lästes inte (%s): %s\n"):format(m.source.name, word,
        m.source.paged and loose.page or loose.line, loose.why, loose.text))
    end
  end
  local unseen, over = {}, {}
  for _, w in ipairs(m.source.unseen or {}) do
    local list = w.unseen and unseen or over
    list[#list + 1] = ("%s (sida %d)"):format(w.text, w.page)
  end
  if #unseen > 0 then
    terminal.complain(("%s: text som finns i filen men inte syns på sidan har inte lästs: %s\n"):format(m.source.name,
      table.concat(unseen, ", ", 1, math.min(#unseen, 20))))
  end
  if #over > 0 then
    terminal.complain(("%s: ord ligger på varandra, så att filens ordning kan vara en annan än sidans: %s\n"):format(m.source.name,
      table.concat(over, ", ", 1, math.min(#over, 20))))
  end
  for _, a in ipairs(m.fallen or {}) do
    terminal.complain(("svaret på %s gäller inte: %s\n"):format(a.etikett or a.nyckel, m.refused[a.nyckel] or "trycket är ett annat"))
  end
  if m.wrong then terminal.complain("medel import: ", m.wrong, "\n") end
  terminal.complain(m.summary, "\n")
  terminal.complain(require("medel.import.text").summary(m), "\n")
end

function spec.run(args)
  collectgarbage("setpause", 150) -- most texts of an import are soon garbage
  local terminal = require "medel.terminal"
  if (args.fraga or args.uppgifter) and not args.output then
    terminal.complain("medel import: answers are kept beside the report file: -o was expected\n")
    return 2
  end
  local ok, m = pcall(make, args)
  if ok and (args.fraga or args.uppgifter) then ok, m = pcall(asked, args, m) end
  if not ok then
    terminal.complain("medel import: ", tostring(m), "\n")
    return 2
  end
  tell(m)
  if args.version then
    local fine, wrong = pcall(tell_version, m, args.version)
    if not fine then
      terminal.complain("medel import: ", tostring(wrong), "\n")
      return 2
    end
  end
  local code = (#m.questions > 0 or m.loose > 0 or m.wrong) and 1 or 0
  if args.granska then
    local failed = require("medel.output").replace(args.granska, require("medel.import.page").make(m), "medel import", { args.FILE })
    if failed ~= 0 then return failed end
  end
  if not args.output then
    terminal.write(m.text)
    return code
  end
  local kept = learn(m, args)
  if kept ~= 0 then return kept end
  local files = require "medel.import.files"
  local failed = files.write(args.output, m)
  if failed ~= 0 then return failed end
  terminal.complain(("%s är skriven; var varje siffra står finns i %s.\n"):format(args.output, files.side(args.output)))
  if #m.questions > 0 then terminal.complain("Svara på frågorna här med --fraga, eller på en sida med --granska FIL.html.\n") end
  return code
end

return spec
