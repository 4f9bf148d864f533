-- blocks.lua: a report as a tree of blocks, and its Markdown and HTML.
--
-- Text enters a block as plain text and leaves through one escaper per format (markup.lua),
-- so nothing that a report file says can become structure.
local medel = require "medel"
local markup = require "medel.markup"

local blocks = {}

-- ---- building ----

local document = {}
document.__index = document

function blocks.new(title, subtitle)
  return setmetatable({ title = title, subtitle = subtitle, list = {}, facts = {}, number = {} }, document)
end

local function add(doc, block)
  doc.list[#doc.list + 1] = block
end

function document:heading(level, text)
  add(self, { kind = "heading", level = level, text = text, id = "avsnitt-" .. (#self.list + 1) })
end

-- Number a fact in the evidence appendix; the same fact keeps its number.
function document:reference(fact)
  local key = fact.index or ("%s:%d:%s"):format(fact.file, fact.line, fact.label) -- of a ledger
  if not self.number[key] then
    self.facts[#self.facts + 1] = fact
    self.number[key] = #self.facts
  end
  return self.number[key]
end

function document:references(facts)
  local refs, seen = {}, {}
  for _, fact in ipairs(facts or {}) do
    local n = self:reference(fact)
    if not seen[n] then
      seen[n] = true
      refs[#refs + 1] = n
    end
  end
  table.sort(refs)
  return refs
end

function document:paragraph(text, facts, class)
  add(self, { kind = "paragraph", text = text, refs = self:references(facts), class = class })
end

-- Text that a person wrote: paragraphs with an empty line between them.
function document:text(text)
  for part in (text .. "\n\n"):gmatch "(.-)\n%s*\n" do
    if part:find "%S" then self:paragraph((part:gsub("%s*\n%s*", " "):gsub("^%s+", ""))) end
  end
end

function document:items(list)
  if #list > 0 then add(self, { kind = "items", items = list }) end
end

-- rows of texts; align: "l", "r" or "n" (not broken) for each column
function document:table(caption, head, align, rows)
  add(self, { kind = "table", caption = caption, head = head, align = align, rows = rows })
end

-- svg is trusted: a drawing of our own, or two, the second for a narrow screen; the figures stand in
-- a table after it.
function document:chart(caption, svg)
  local both = type(svg) == "table"
  add(self, { kind = "chart", caption = caption, svg = both and svg[1] or svg, narrow = both and svg[2] or nil })
end

-- A page of a printed document as a picture (a PNG in base64), with marks { box, held, failed, number,
-- outcome }: sizes and boxes in one unit; outcome is right, wrong, question or about; failed leads to "iakttagelse-" .. number.
function document:page(number, size, png, marks)
  add(self, { kind = "page", number = number, size = size, png = png, marks = marks })
end

-- The lines of a printed document, { number, text, marks }, with marks { a, b, held, failed, number,
-- outcome } behind the letters a to b, in order.
function document:lines(lines)
  add(self, { kind = "lines", lines = lines })
end

-- Take away what was added since a mark.
function document:cut(mark)
  for i = #self.list, mark + 1, -1 do self.list[i] = nil end
end

function document:empty_since(mark)
  for i = mark + 1, #self.list do
    if self.list[i].kind ~= "heading" then return false end
  end
  return true
end

function document:mark()
  return #self.list
end

-- ---- Markdown ----

local md = markup.markdown

local function md_refs(refs)
  if not refs or #refs == 0 then return "" end
  return md.own(" \\[" .. table.concat(refs, ", ") .. "\\]")
end

local md_writers = {}

function md_writers.heading(b)
  return md.form("{} {}\n", md.own(("#"):rep(b.level)), b.text)
end

function md_writers.paragraph(b)
  return md.form("{}{}\n", b.text, md_refs(b.refs))
end

-- An item is a text, or { text, refs }.
local function item_parts(item)
  if type(item) == "table" then return item.text, item.refs end
  return item, nil
end

function md_writers.items(b)
  local out = {}
  for i, item in ipairs(b.items) do
    local text, refs = item_parts(item)
    out[i] = md.form("- {}{}", text, md_refs(refs))
  end
  return md.form("{}\n", md.join(out, "\n"))
end

function md_writers.table(b)
  local rule = {}
  for i = 1, #b.head do rule[i] = b.align[i] == "r" and "---:" or "---" end
  return md.form("**{}**\n\n{}\n", b.caption, markup.markdown_table(b.head, rule, b.rows))
end

-- Markdown has no drawings: the table that follows has the figures.
function md_writers.chart()
  return ""
end
md_writers.page, md_writers.lines = md_writers.chart, md_writers.chart

function blocks.markdown(doc)
  local out = { md.form("# {}\n", doc.title), md.form("{}\n", doc.subtitle) }
  for _, b in ipairs(doc.list) do out[#out + 1] = md_writers[b.kind](b) end
  return md.page(md.join(out, "\n"))
end

-- ---- HTML ----

local html = markup.html

local function html_refs(refs)
  if not refs or #refs == 0 then return "" end
  local out = {}
  for i, n in ipairs(refs) do
    out[i] = html.form('<a href="#underlag-{}" aria-label="underlag {}">{}</a>', n, n, n)
  end
  return html.form(' <span class="refs">[{}]</span>', html.join(out, ", "))
end

local html_writers = {}

function html_writers.heading(b)
  return html.form('<h{} id="{}">{}</h{}>', b.level, b.id, b.text, b.level)
end

function html_writers.paragraph(b)
  local class = b.class and html.form(' class="{}"', b.class) or ""
  return html.form("<p{}>{}{}</p>", class, b.text, html_refs(b.refs))
end

function html_writers.items(b)
  local out = {}
  for i, item in ipairs(b.items) do
    local text, refs = item_parts(item)
    out[i] = html.form("<li>{}{}</li>", text, html_refs(refs))
  end
  return html.form("<ul>\n{}\n</ul>", html.join(out, "\n"))
end

local line = 84   -- letters beside each other on the paper, of a usual font
local blank = 24  -- a column that nobody has filled in yet is to be written in

-- How much room a column must have, and how much its texts would like.
local function needs_of(b, i)
  local longest, all, filled = 0, 0, false
  local function word_of(text, whole)
    for word in text:gmatch(whole and ".+" or "[^%s/]+/?") do longest = math.max(longest, utf8.len(word) or 0) end
  end
  word_of(b.head[i])
  for _, cells in ipairs(b.rows) do
    local text = cells[i] or ""
    filled = filled or text ~= ""
    all = all + (utf8.len(text) or 0)
    word_of(text, b.align[i] ~= "l" or text:find "^%d[%d-]*$")
  end
  return math.max(longest + 2, 5), filled and all // #b.rows or #b.rows > 1 and blank or 0
end

-- On a telephone's screen the cells of a table of texts that has no room become lines; one of numbers scrolls.
local function is_stacked(b)
  local least, texts = 0, 0
  for i = 1, #b.head do
    least = least + needs_of(b, i)
    if (b.align[i] or "l") == "l" then texts = texts + 1 end
  end
  return least > 44 and 2 * texts > #b.head
end

local aligned = { l = html.own "", r = html.own ' class="r"', n = html.own ' class="n"' }

local function html_row(b, cells, stacked)
  local out = { cells.id and html.form('<tr id="{}">', cells.id) or html.own "<tr>" }
  for i = 1, #b.head do
    local class = aligned[b.align[i] or "l"]
    if i == 1 then
      out[#out + 1] = html.form('<th scope="row"{}>{}</th>', class, cells[i] or "")
    else
      out[#out + 1] = html.form("<td{}{}>{}</td>", class, stacked and html.form(' data-head="{}"', b.head[i]) or "", cells[i] or "")
    end
  end
  out[#out + 1] = html.own "</tr>"
  return html.join(out, "\n")
end

function html_writers.table(b)
  local head, rows = {}, {}
  for i, cell in ipairs(b.head) do
    head[i] = html.form('<th scope="col"{}>{}</th>', aligned[b.align[i] or "l"], cell)
  end
  local stacked = is_stacked(b)
  for i, cells in ipairs(b.rows) do rows[i] = html_row(b, cells, stacked) end
  return html.form([[
<div class="wide{}{}" role="region" tabindex="0" aria-label="{}"><table>
<caption>{}</caption>
<thead><tr>
{}
</tr></thead><tbody>
{}
</tbody></table></div>]], #rows <= 18 and " whole" or "", stacked and " stack" or "", b.caption, b.caption, html.join(head, "\n"), html.join(rows, "\n"))
end

function html_writers.chart(b)
  if b.narrow then
    return html.form('<figure><div role="img" class="broad" aria-label="{}">{}</div><div role="img" class="narrow" aria-label="{}">{}</div><figcaption>{}</figcaption></figure>',
      b.caption, html.own(b.svg), b.caption, html.own(b.narrow), b.caption)
  end
  return html.form('<figure><div class="wide" role="region" tabindex="0" aria-label="{}"><div role="img" aria-label="{}">{}</div></div><figcaption>{}</figcaption></figure>',
    "Diagram: " .. b.caption, b.caption, html.own(b.svg), b.caption)
end

local function failed_link(mark, form)
  return mark.failed ~= "" and html.form(form, mark.number, mark.failed) or html.own ""
end

-- How wide marks may be: as far as the next figure on their line, or the page's end.
local function room_of(marks, m, width)
  local least = width - m.box[3]
  for _, other in ipairs(marks) do
    local gap = other.box[1] - m.box[3]
    if gap > 0 and other.box[2] < m.box[4] and other.box[4] > m.box[2] then least = math.min(least, gap) end
  end
  return math.max(least - 220, 400)
end

function html_writers.page(b)
  local out = {}
  for i, m in ipairs(b.marks) do
    local x0, y0, x1, y1 = table.unpack(m.box)
    local tall = math.max(y1 - y0, 500) * 7 // 10
    local room = room_of(b.marks, m, b.size.width)
    local squeezed = utf8.len(m.held .. m.failed) * tall * 6 // 10 > room
    out[i] = html.form('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}" font-size="{}"{}>{}{}</text>',
      m.outcome, x0 - 100, y0, x1 - x0 + 200, y1 - y0, x1 + 120, y0 + tall // 2, tall,
      squeezed and html.form(' textLength="{}" lengthAdjust="spacingAndGlyphs"', room) or "", m.held,
      failed_link(m, '<a href="#iakttagelse-{}"><tspan class="link"> {}</tspan></a>'))
  end
  return html.form('<figure class="sida"><svg viewBox="0 0 {} {}" role="group" aria-label="Sida {} med märken"><image width="{}" height="{}" href="data:image/png;base64,{}"/>{}</svg><figcaption>Sida {}</figcaption></figure>',
    b.size.width, b.size.height, b.number, b.size.width, b.size.height, b.png, html.join(out, "\n"), b.number)
end

function html_writers.lines(b)
  local out = {}
  for i, l in ipairs(b.lines) do
    local parts, from = {}, 1
    for _, m in ipairs(l.marks) do
      parts[#parts + 1] = html.form('{}<span class="{}">{}</span><sup class="held">{}{}</sup>', l.text:sub(from, m.a - 1),
        m.outcome, l.text:sub(m.a, m.b), m.held,
        failed_link(m, '<a href="#iakttagelse-{}"> {}</a>'))
      from = m.b + 1
    end
    parts[#parts + 1] = html.text(l.text:sub(from))
    out[i] = html.form('<span class="nr">{}</span> {}', ("%4d"):format(l.number), html.join(parts, ""))
  end
  return html.form('<pre class="rader">{}</pre>', html.join(out, "\n"))
end

-- What only a page on the screen can show; other forms leave it to the tables after it.
local drawn = { chart = true, page = true, lines = true }

-- For other programs: the blocks in order as they were added, without the drawings, the figures that
-- the text rests on by number, and what the document was made with, file by file.
function blocks.json(doc)
  local plain, words, out = require "medel.writers.plain", require "medel.writers.words", {}
  for i, b in ipairs(doc.list) do
    local block = { kind = b.kind, level = b.level, id = b.id, text = b.text, class = b.class, caption = b.caption,
                    refs = b.refs and #b.refs > 0 and b.refs or nil, head = b.head, rows = b.rows and {} or nil }
    for k, row in ipairs(b.rows or {}) do
      block.rows[k] = {}
      for n = 1, #b.head do block.rows[k][n] = row[n] or "" end
    end
    for k, item in ipairs(b.items or {}) do
      block.items = block.items or {}
      local text, refs = item_parts(item)
      block.items[k] = { text = text, refs = refs }
    end
    out[i] = block
  end
  local facts = {}
  for i, f in ipairs(doc.facts) do
    facts[i] = { number = i, name = words.name(f), text = words.value(f), file = plain.utf8(f.file), line = f.line, place = words.where(nil, f) }
  end
  return medel.json { medel = medel.version, title = doc.title, subtitle = doc.subtitle or medel.null, blocks = out, facts = facts,
                      manifest = doc.manifest or {} } .. "\n"
end

-- The widths of a table's columns in percent: each has room for its longest word, and what is
-- left of a line goes to those with the longest texts; where there is too little, the widest give.
local function widths_of(b)
  local least, more, sum, texts = {}, {}, 0, 0
  for i = 1, #b.head do
    local needed, liked = needs_of(b, i)
    least[i], more[i] = needed, math.max(0, math.min(liked, 80) - needed)
    sum, texts = sum + needed, texts + more[i]
  end
  while sum > line do
    local at = 1
    for i = 2, #least do if least[i] > least[at] then at = i end end
    if least[at] <= 8 then break end
    least[at], sum = least[at] - 1, sum - 1
  end
  local out, spare, given = {}, math.max(0, line - sum), 0
  for i = 1, #b.head do
    local width = least[i] + (texts > 0 and spare * more[i] // texts or spare // #b.head)
    out[i] = 100 * width // math.max(sum, line)
    given = given + out[i]
  end
  local widest = 1
  for i = 2, #out do if out[i] > out[widest] then widest = i end end
  out[widest] = out[widest] + 100 - given
  return out
end

-- The body alone, for pandoc: its title is metadata there, columns have widths, drawings are left
-- to the tables that follow them.
function blocks.body(doc)
  local out = {}
  for _, b in ipairs(doc.list) do
    if b.kind == "table" then
      local cols = {}
      for i, width in ipairs(widths_of(b)) do cols[i] = html.form('<col style="width:{}%" />', width) end
      local head, rows = {}, {}
      for i, text in ipairs(b.head) do head[i] = html.form(b.align[i] == "r" and '<th style="text-align:right">{}</th>' or "<th>{}</th>", text) end
      for i, cells in ipairs(b.rows) do
        local row = {}
        for k = 1, #b.head do row[k] = html.form(b.align[k] == "r" and '<td style="text-align:right">{}</td>' or "<td>{}</td>", cells[k] or "") end
        rows[i] = html.form("<tr>{}</tr>", html.join(row, ""))
      end
      out[#out + 1] = html.form("<table><caption>{}</caption><colgroup>{}</colgroup><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        b.caption, html.join(cols, ""), html.join(head, ""), html.join(rows, "\n"))
    elseif not drawn[b.kind] then
      out[#out + 1] = html_writers[b.kind](b)
    end
  end
  return html.page(html.join(out, "\n"))
end

local style = [[
:root{color-scheme:light dark;--text:#1a1a1a;--back:#fff;--soft:#f3f4f6;--line:#c9cdd3;--link:#0b4f8a;--quiet:#4d5560}
@media (prefers-color-scheme:dark){:root{--text:#e8e8e8;--back:#16181c;--soft:#22262c;--line:#454b54;--link:#8cc4ff;--quiet:#b3bac4}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:1rem/1.55 Georgia,"Times New Roman",serif}
main,header,nav{max-width:46rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1,h2,h3,h4{font-family:system-ui,"Segoe UI",Roboto,Arial,sans-serif;line-height:1.25;margin:2rem 0 .6rem}
h1{font-size:1.9rem;margin-top:0}h2{font-size:1.4rem;border-top:1px solid var(--line);padding-top:1.2rem}h3{font-size:1.15rem}h4{font-size:1rem}
p,li{overflow-wrap:anywhere}
a{color:var(--link)}
nav ol{list-style:none;padding-left:0;columns:2;column-gap:2rem;font-size:.95rem}
nav li{break-inside:avoid;padding:.15rem 0}
nav li.sub{padding-left:1.1rem;font-size:.92em}
.refs{font-size:.8rem;color:var(--quiet);white-space:nowrap}
.finding{border-left:.25rem solid var(--line);padding-left:.8rem}
.finding.error{border-left:.5rem solid #b3261e}.finding.deviation{border-left:.5rem double #b35c00}.finding.recommendation{border-left:.25rem solid #1f6f8b}.finding.note{border-left:.15rem dotted var(--quiet)}
.finding.own{background:var(--soft)}
.conclusion{font-size:1.1em;border:1px solid var(--line);padding:.7rem .9rem}
.warning{border:.15rem solid #b3261e;padding:.5rem .8rem}
.quiet{color:var(--quiet);font-size:.92rem}
.wide{overflow-x:auto;margin:1rem 0;background:linear-gradient(90deg,var(--back) .6rem,transparent) 0/1.5rem 100% no-repeat local,linear-gradient(270deg,var(--back) .6rem,transparent) 100%/1.5rem 100% no-repeat local,linear-gradient(90deg,var(--line),transparent) 0/.6rem 100% no-repeat,linear-gradient(270deg,var(--line),transparent) 100%/.6rem 100% no-repeat}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.3rem 0;font-family:system-ui,"Segoe UI",Roboto,Arial,sans-serif}
th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;font-weight:400}
thead th{background:var(--soft);font-weight:600}
.r{text-align:right;white-space:nowrap}.n{white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{position:static}
figure{margin:1.2rem 0;background:#fff;color:#1a1a1a;border:1px solid var(--line);padding:.5rem}
figure svg{width:100%;height:auto;display:block}
figure .wide{margin:0}
.narrow{display:none}
.sida{padding:0}.sida rect{fill-opacity:.12;stroke-width:60}.sida text{font-family:system-ui,"Segoe UI",Roboto,Arial,sans-serif;font-weight:600;fill:#1d5a2b}.sida .link{fill:#0b4f8a}
.sida .right{fill:#2e7d32}.sida .wrong{fill:#b3261e;stroke:#b3261e}.sida .question{fill:#b35c00;stroke:#b35c00;stroke-dasharray:180 120}.sida .about{fill:#1f6f8b;stroke:#1f6f8b}
.rader{margin:0;font:.8rem/1.6 ui-monospace,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}.rader .nr{color:var(--quiet)}.rader sup{line-height:0;font-weight:600;padding:0 .25em}
.rader .right{outline:1px solid #2e7d32}.rader .wrong{outline:2px solid #b3261e}.rader .question{outline:2px dashed #b35c00}.rader .about{outline:2px solid #1f6f8b}
figcaption{font:.9rem system-ui,"Segoe UI",Roboto,Arial,sans-serif;padding:.3rem .2rem 0;color:#333}
@media screen and (min-width:64rem){.wide{width:fit-content;min-width:100%;max-width:calc(100vw - 5rem);position:relative;left:50%;transform:translateX(-50%)}}
@media (max-width:40rem){nav ol{columns:1}body{font-size:.98rem}main,header,nav{padding:0 .8rem}table{font-size:.8rem}th,td{padding:.25rem .28rem;hyphens:auto;overflow-wrap:break-word}thead th{white-space:normal}.wide svg{min-width:32rem}.broad{display:none}.narrow{display:block}.wide tbody th{min-width:4.5rem}caption{max-width:calc(100vw - 3rem)}}
@media screen and (max-width:40rem){.stack thead{display:none}.stack tr,.stack th,.stack td{display:block;border:0;padding:.05rem 0}.stack tr{border-bottom:1px solid var(--line);padding:.4rem 0}.stack th{font-weight:600}.stack td::before{content:attr(data-head) ": ";color:var(--quiet)}.stack .r,.stack .n{text-align:left;white-space:normal}.stack th,.stack td{overflow-wrap:anywhere}}
@page{size:A4;margin:22mm 20mm}
@media print{.broad{display:block}.narrow{display:none}:root{--text:#000;--back:#fff;--soft:#eee;--line:#999;--link:#000;--quiet:#333}body{font-size:10.5pt}
main,header,nav{max-width:none;padding:0}h2,h3,h4,caption{break-after:avoid}thead{display:table-header-group}table{font-size:9pt}tr,figure{break-inside:avoid}.wide{overflow:visible}.rader{font-size:7.5pt}.whole{break-inside:avoid}.skip{display:none}a{text-decoration:none}}
]]

local function contents(doc)
  local out = {}
  for _, b in ipairs(doc.list) do
    if b.kind == "heading" and b.level <= 3 then
      out[#out + 1] = html.form(b.level == 3 and '<li class="sub"><a href="#{}">{}</a></li>' or '<li><a href="#{}">{}</a></li>', b.id, b.text)
    end
  end
  return html.form('<nav aria-label="Innehåll"><h2 id="innehall">Innehåll</h2><ol>\n{}\n</ol></nav>', html.join(out, "\n"))
end

-- A browser runs and fetches nothing, and takes no style but the one whose digest is named.
local policy = ("default-src 'none'; img-src data:; style-src 'sha256-%s'"):format(require("medel.base64").of_hex(medel.sha256(style)))

function blocks.html(doc)
  local body = {}
  for i, b in ipairs(doc.list) do body[i] = html_writers[b.kind](b) end
  return html.page(html.form([[
<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>{}</style>
</head>
<body>
<a class="skip" href="#innehall-start">Till innehållet</a>
<header><h1>{}</h1>
<p>{}</p></header>
{}
<main id="innehall-start">
{}
</main>
</body>
</html>
]], html.own(policy), doc.title, html.own(style), doc.title, doc.subtitle, contents(doc), html.join(body, "\n")))
end

return blocks
