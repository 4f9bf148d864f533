-- report.lua: whole reports from an audit.
local apart = require "medel.apart"
local shared = require "medel.options"

local spec = {
  name = "report",
  summary = "Write a granskningsrapport or a request list from an audit.",
  description = "KIND is granskning (the draft of a granskningsrapport, in Swedish) or begaran (what to "
    .. "ask the förbund for). Recommendations are proposals until granskning.yaml beside the report "
    .. "approves them. missiv is the letter with it, revisionsberattelse a draft in the tradition of the one who signs, svar the "
    .. "answers in a request list (docx or odt) that came back. avprickad is the ticked document: what each figure was tried against. docx and odt are made by pandoc, pdf by LibreOffice of the docx, or by Chromium.",
  arguments = { { name = "KIND", doc = "granskning, begaran, missiv, revisionsberattelse, avprickad, svar, or a report of your own: a Lua file (docs/reports.md)." }, { name = "FILE", doc = "A report file, or an akt: a folder with granskning.yaml; for svar the list." } },
  options = shared.with {
    { flags = "-f --format", target = "format", value = "FORMAT", choices = { "md", "html", "docx", "odt", "pdf", "json" },
      default = "md", doc = "How to write." },
    { flags = "-o --output", target = "output", value = "FILE", doc = "Where to write; needed for docx, odt and pdf." },
    { flags = "--template", target = "template", value = "FILE",
      doc = "A layout of your own for granskning; else the akt's, a pack's, the installation's." },
    { flags = "--reference", target = "reference", value = "FILE",
      doc = "A document of your own whose styles, header and paper docx and odt take." },
    { flags = "--document", target = "document", value = "FILE",
      doc = "For avprickad as a page: the document to draw the marks on; else the one beside the report that it was imported from." },
  },
  exit = { { "0", "written" }, { "2", "could not run" } },
  examples = {
    { "medel report granskning 2023.yaml -f html -o granskning-2023.html", "A draft to read and print." },
    { "medel report begaran 2023.yaml", "What is missing." },
    { "medel report avprickad 2023.yaml -f html -o avprickad.html", "Which figures were tried, and against what." },
    { "medel report svar begaran-besvarad.docx", "The answers, as lines for granskning.yaml." },
  },
}

local kinds = { granskning = "medel.reports.granskning", begaran = "medel.reports.begaran", missiv = "medel.reports.missiv",
                revisionsberattelse = "medel.reports.revisionsberattelse", avprickad = "medel.reports.avprickad" }

-- The akt's own template, else a pack's; nil is the installation's.
local function template_of(result)
  local e = result.engagement
  if e.mall then return require("medel.files").folder(e.path) .. "/" .. e.mall end
  return result.rule_set.template
end

-- The reference document for docx or odt: the one that a template names beside itself, else ours.
local function reference_of(doc, format)
  local t = doc.template
  local name = t and (format == "odt" and t.dokument_odt or format == "docx" and t.dokument)
  if not name then return require("medel").data .. "/rules/mallar/granskning." .. format end
  local files = require "medel.files"
  local folder = files.folder(t.path)
  if name:find "^/" or not files.below(folder, folder .. "/" .. name) then
    error(("%s: '%s' is no file in the template's own folder"):format(t.path, name), 0)
  end
  return folder .. "/" .. name
end

-- A folder stands for the report that its granskning.yaml names.
local function report_of(args)
  local files = require "medel.files"
  if not files.is_folder(args.FILE) then return end
  local akt = args.FILE .. "/granskning.yaml"
  local root = require("medel.engagement").read(akt, true)
  if not root.arsredovisning then error(akt .. " does not say which report it is about: arsredovisning", 0) end
  args.FILE, args.engagement = args.FILE .. "/" .. root.arsredovisning, args.engagement or akt
end

-- What writes a kind of report: one of the program's own, or a file of Lua.
local function writer_of(kind)
  return kinds[kind] and require(kinds[kind]) or require("medel.reports.own").load(kind)
end

-- In a child: the text of the document.
local function build(args)
  if args.KIND == "svar" then
    local answers = require "medel.granskning.answers"
    return { text = answers.yaml(answers.read(require("medel.files").need(args.FILE), args.FILE)), title = "", subtitle = "" }
  end
  report_of(args)
  local asked = shared.open(args, { competing = true })
  local list = asked:stands_for(args.FILE)
  if #list ~= 1 then error(("%s stands for %d reports: choose one with --scenario"):format(args.FILE, #list), 0) end
  local result = asked:audit(list[1].open())
  for _, b in ipairs(result.broken) do
    require("medel.terminal").complain(("medel: broken rule %s: %s\n"):format(require("medel").show(b.file or b.rule.id), b.error))
  end
  local whole = args.format == "html" or args.maker and args.maker.browser
  local doc, blocks = writer_of(args.KIND)(result, { session = asked, template = args.template or template_of(result),
    document = args.document, drawn = whole }), require "medel.blocks"
  local write = whole and blocks.html or args.format == "md" and blocks.markdown or args.format == "json" and blocks.json or blocks.body
  return { text = write(doc), title = doc.title, subtitle = doc.subtitle,
           reference = args.reference or reference_of(doc, args.format == "pdf" and "docx" or args.format), failed = #result.broken > 0 }
end

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function inputs(args)
  return { args.FILE, args.previous or args.FILE, args.delar or args.FILE, args.engagement or args.FILE, args.ledger or args.FILE, args.document or args.FILE }
end

-- What makes a PDF here: LibreOffice of the docx, so that both look the same, else a browser of the
-- page.
local function pdf_maker()
  for _, name in ipairs { "soffice", "libreoffice" } do
    if os.execute("command -v " .. name .. " >/dev/null 2>&1") then return { office = name } end
  end
  for _, name in ipairs { "chromium", "chromium-browser", "google-chrome" } do
    if os.execute("command -v " .. name .. " >/dev/null 2>&1") then return { browser = name } end
  end
end

-- What pandoc is told: title, header and language, and whose styles and paper.
local function pandoc_options(doc, format)
  local out = { "-f html -M lang=sv-SE -t", format }
  for _, m in ipairs { { "title", doc.title }, { "subtitle", doc.subtitle }, { "subject", doc.subtitle } } do
    out[#out + 1] = "-M " .. quoted(m[1] .. "=" .. m[2])
  end
  out[#out + 1] = "--reference-doc " .. quoted(doc.reference)
  return table.concat(out, " ")
end

-- The name of a file as no program takes it for an option.
local function named(path) return quoted(path:find "^/" and path or "./" .. path) end

-- docx or odt of the document's page, as bytes; nil and why.
local function by_pandoc(doc, format, source)
  if not os.execute "command -v pandoc >/dev/null 2>&1" then
    return nil, ("%s is made by pandoc, which is not installed (apt install pandoc)"):format(format)
  end
  local there, unread = require("medel.files").read(doc.reference) -- a regular file, which no output replaces
  if not there then return nil, unread end
  local pipe = io.popen(("pandoc %s -o - %s 2>/dev/null"):format(pandoc_options(doc, format), named(source)), "r")
  local made = pipe and pipe:read "a" or ""
  if not (pipe and pipe:close()) or made == "" then return nil, "pandoc could not make " .. format end
  return made
end

-- The PDF, as bytes, made in a folder of its own; nil and why.
local function as_pdf(doc, maker, source)
  if not maker then return nil, "a PDF is made by LibreOffice or Chromium, and neither is installed (apt install libreoffice-writer-nogui)" end
  local pipe = io.popen "mktemp -d"
  local folder = pipe and pipe:read "l"
  if not (pipe and pipe:close() and folder) then return nil, "there is no room for a PDF in the making" end
  local output, command = require "medel.output", nil
  if maker.office then
    local made, why = by_pandoc(doc, "docx", source)
    if not made then os.execute("rm -rf " .. quoted(folder)) return nil, why end
    if output.replace(folder .. "/dokument.docx", made, "medel report") ~= 0 then return nil, "the docx could not be written" end
    command = ("%s -env:UserInstallation=file://%s/profil --headless --convert-to pdf --outdir %s %s"):format(maker.office, folder,
      quoted(folder), quoted(folder .. "/dokument.docx"))
  else
    os.rename(source, folder .. "/dokument.html")
    command = ("%s --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir=%s --print-to-pdf=%s %s"):format(maker.browser,
      quoted(folder .. "/profil"), quoted(folder .. "/dokument.pdf"), quoted("file://" .. folder .. "/dokument.html"))
  end
  os.execute(command .. " >/dev/null 2>&1 </dev/null")
  local made = require("medel.files").read(folder .. "/dokument.pdf")
  os.execute("rm -rf " .. quoted(folder))
  if not made then return nil, (maker.office or maker.browser) .. " could not make the PDF" end
  return made
end

-- What other programs make of the page.
local function by_others(args, doc)
  local output = require "medel.output"
  local source = args.output .. ".ny.html"
  if output.replace(source, doc.text, "medel report") ~= 0 then return 2 end
  local made, why
  if args.format == "pdf" then made, why = as_pdf(doc, args.maker, source) else made, why = by_pandoc(doc, args.format, source) end
  os.remove(source)
  if not made then
    require("medel.terminal").complain_of("report", why)
    return 2
  end
  return output.replace(args.output, made, "medel report", inputs(args))
end

function spec.run(args)
  local known = kinds[args.KIND] or args.KIND:find "%.lua$" or args.KIND == "svar" and args.format == "md"
  if not known then
    require("medel.terminal").complain(("medel report: '%s' is no kind of report; granskning, begaran, missiv, revisionsberattelse, avprickad, "
      .. "svar and a file of Lua are\n"):format(args.KIND))
    return 2
  end
  args.maker = args.format == "pdf" and pdf_maker() or nil
  local doc, why = apart.one(args, function() return build(args) end)
  if not doc then
    require("medel.terminal").complain_of("report", why)
    return 2
  end
  local failed = doc.failed and 2 or 0
  if args.format ~= "md" and args.format ~= "html" and args.format ~= "json" then
    if not args.output then
      require("medel.terminal").complain("medel report: ", args.format, " needs -o FILE\n")
      return 2
    end
    return math.max(failed, by_others(args, doc))
  end
  if not args.output then
    io.stdout:write(doc.text)
    return failed
  end
  return math.max(failed, require("medel.output").replace(args.output, doc.text, "medel report", inputs(args)))
end

return spec
