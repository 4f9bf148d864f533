-- blocks.lua: a report as a tree of blocks, and its Markdown and HTML.
--
-- Text enters a block as plain text and leaves through one escaper per format, so nothing
-- that a report file says can become structure.
local unbroken = require "medel.unbroken"

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
  local key = fact.index
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

function document:items(list)
  if #list > 0 then add(self, { kind = "items", items = list }) end
end

-- rows of texts; align: "l" or "r" for each column
function document:table(caption, head, align, rows)
  add(self, { kind = "table", caption = caption, head = head, align = align, rows = rows })
end

-- svg is trusted: a drawing of our own; the figures stand in a table after it.
function document:chart(caption, svg)
  add(self, { kind = "chart", caption = caption, svg = svg })
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

-- Without brackets no link can begin; a sign that only means something first in a line is
-- escaped only there.
local function md(text)
  text = text:gsub("[\\`*_{}%[%]|<>&~]", "\\%0"):gsub("[\n\r]+", " ")
  return (text:gsub("^[#+%-=]", "\\%0"):gsub("^(%d+)([.)])%f[%s\0]", "%1\\%2"))
end

local function md_refs(refs)
  if not refs or #refs == 0 then return "" end
  return " \\[" .. table.concat(refs, ", ") .. "\\]"
end

local md_writers = {}

function md_writers.heading(b)
  return ("%s %s\n"):format(("#"):rep(b.level), md(b.text))
end

function md_writers.paragraph(b)
  return md(b.text) .. md_refs(b.refs) .. "\n"
end

function md_writers.items(b)
  local out = {}
  for i, item in ipairs(b.items) do
    out[i] = "- " .. md(type(item) == "table" and item.text or item)
      .. md_refs(type(item) == "table" and item.refs or nil)
  end
  return table.concat(out, "\n") .. "\n"
end

function md_writers.table(b)
  local function row(cells)
    local out = {}
    for i = 1, #b.head do out[i] = md(cells[i] or "") end
    return "| " .. table.concat(out, " | ") .. " |"
  end
  local rule = {}
  for i = 1, #b.head do rule[i] = b.align[i] == "r" and "---:" or "---" end
  local out = { row(b.head), "|" .. table.concat(rule, "|") .. "|" }
  for _, cells in ipairs(b.rows) do out[#out + 1] = row(cells) end
  return ("**%s**\n\n%s\n"):format(md(b.caption), table.concat(out, "\n"))
end

-- Markdown has no drawings: the table that follows has the figures.
function md_writers.chart()
  return ""
end

function blocks.markdown(doc)
  local out = { ("# %s\n"):format(md(doc.title)), md(doc.subtitle) .. "\n" }
  for _, b in ipairs(doc.list) do out[#out + 1] = md_writers[b.kind](b) end
  return table.concat(out, "\n")
end

-- ---- HTML ----

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

local function html(text)
  text = unbroken(text, "\u{a0}")
  return (text:gsub("[&<>\"']", entities):gsub("[%z\1-\8\11\12\14-\31\127]", "\239\191\189"))
end
blocks.html_text = html

local function html_refs(refs)
  if not refs or #refs == 0 then return "" end
  local out = {}
  for i, n in ipairs(refs) do
    out[i] = ('<a href="#underlag-%d" aria-label="underlag %d">%d</a>'):format(n, n, n)
  end
  return ' <span class="refs">[' .. table.concat(out, ", ") .. "]</span>"
end

local html_writers = {}

function html_writers.heading(b)
  return ('<h%d id="%s">%s</h%d>'):format(b.level, b.id, html(b.text), b.level)
end

function html_writers.paragraph(b)
  local class = b.class and (' class="%s"'):format(b.class) or ""
  return ("<p%s>%s%s</p>"):format(class, html(b.text), html_refs(b.refs))
end

function html_writers.items(b)
  local out = { "<ul>" }
  for _, item in ipairs(b.items) do
    local text = type(item) == "table" and item.text or item
    out[#out + 1] = ("<li>%s%s</li>"):format(html(text), html_refs(type(item) == "table" and item.refs or nil))
  end
  out[#out + 1] = "</ul>"
  return table.concat(out, "\n")
end

function html_writers.table(b)
  local out = { '<div class="wide" role="region" tabindex="0" aria-label="' .. html(b.caption) .. '"><table>',
                ("<caption>%s</caption>"):format(html(b.caption)), "<thead><tr>" }
  for i, cell in ipairs(b.head) do
    out[#out + 1] = ('<th scope="col"%s>%s</th>'):format(b.align[i] == "r" and ' class="r"' or "", html(cell))
  end
  out[#out + 1] = "</tr></thead><tbody>"
  for _, cells in ipairs(b.rows) do
    out[#out + 1] = cells.id and ('<tr id="%s">'):format(cells.id) or "<tr>"
    for i = 1, #b.head do
      local tag = i == 1 and 'th scope="row"' or "td"
      local class = b.align[i] == "r" and ' class="r"' or ""
      out[#out + 1] = ("<%s%s>%s</%s>"):format(tag, class, html(cells[i] or ""), tag:match "^%a+")
    end
    out[#out + 1] = "</tr>"
  end
  out[#out + 1] = "</tbody></table></div>"
  return table.concat(out, "\n")
end

function html_writers.chart(b)
  return ('<figure><div role="img" aria-label="%s">%s</div><figcaption>%s</figcaption></figure>'):format(
    html(b.caption), b.svg, html(b.caption))
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
nav li{break-inside:avoid;margin:.15rem 0}
.refs{font-size:.8rem;color:var(--quiet);white-space:nowrap}
.finding{border-left:.25rem solid var(--line);padding-left:.8rem}
.quiet{color:var(--quiet);font-size:.92rem}
.wide{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.3rem 0;font-family:system-ui,"Segoe UI",Roboto,Arial,sans-serif}
th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;font-weight:400}
thead th{background:var(--soft);font-weight:600}
.r{text-align:right;white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{position:static}
figure{margin:1.2rem 0;background:#fff;color:#1a1a1a;border:1px solid var(--line);padding:.5rem}
figure svg{width:100%;height:auto;display:block}
figcaption{font:.9rem system-ui,"Segoe UI",Roboto,Arial,sans-serif;padding:.3rem .2rem 0;color:#333}
@media (max-width:40rem){nav ol{columns:1}body{font-size:.98rem}table{font-size:.86rem}}
@page{size:A4;margin:22mm 20mm}
@media print{:root{--text:#000;--back:#fff;--soft:#eee;--line:#999;--link:#000;--quiet:#333}body{font-size:10.5pt}
main,header,nav{max-width:none;padding:0}h2,h3,h4{break-after:avoid}table{font-size:9pt}tr,figure{break-inside:avoid}.wide{overflow:visible}.skip{display:none}a{text-decoration:none}}
]]

local function contents(doc)
  local out = { '<nav aria-label="Innehåll"><h2 id="innehall">Innehåll</h2><ol>' }
  for _, b in ipairs(doc.list) do
    if b.kind == "heading" and b.level <= 3 then
      out[#out + 1] = ('<li><a href="#%s">%s</a></li>'):format(b.id, html(b.text))
    end
  end
  out[#out + 1] = "</ol></nav>"
  return table.concat(out, "\n")
end

function blocks.html(doc)
  local out = {
    '<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">',
    ('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">'),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    ("<title>%s</title>"):format(html(doc.title)),
    "<style>\n" .. style .. "</style>\n</head>\n<body>",
    '<a class="skip" href="#innehall-start">Till innehållet</a>',
    ("<header><h1>%s</h1>\n<p>%s</p></header>"):format(html(doc.title), html(doc.subtitle)),
    contents(doc), '<main id="innehall-start">',
  }
  for _, b in ipairs(doc.list) do out[#out + 1] = html_writers[b.kind](b) end
  out[#out + 1] = "</main>\n</body>\n</html>\n"
  return table.concat(out, "\n")
end

return blocks
