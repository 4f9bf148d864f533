-- page.lua: the review page of an import, one file: questions first, then what does not hold, then
-- every table, beside the document's pages or lines.  Its answers are for medel import --bekrafta.
local medel = require "medel"
local markup = require "medel.markup"
local base64 = require "medel.base64"
local picture = require "medel.import.picture"
local status = require "medel.import.status"
local prose = require "medel.import.prose"
local text = require "medel.import.text"
local choices = require "medel.import.page_text"
local row_choices = require "medel.import.row_choices"
local html = markup.html

local page = {}

local style = [[
:root{--text:#1a1a1a;--back:#fff;--soft:#f2f2ef;--line:#767676;--ask:#8a2b06;--ok:#1d5a2b;--lit:#ffd54a}
@media (prefers-color-scheme:dark){:root{--text:#eee;--back:#161616;--soft:#242424;--line:#9a9a9a;--ask:#ffb08a;--ok:#8fd6a0;--lit:#6b5400}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--text);font:1rem/1.5 system-ui,"Segoe UI",Roboto,Arial,sans-serif}
header{padding:1rem 1.25rem;border-bottom:1px solid var(--line)}h1{font-size:1.4rem;margin:0}h2{font-size:1.15rem}h3{font-size:1rem;margin:.2rem 0}
main{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
#dokument{position:sticky;top:0;height:100vh;overflow:auto;border-right:1px solid var(--line);padding:.5rem}
#dokument,#lista{min-width:0}#lista{padding:.5rem 1.25rem}
.sida{position:relative;margin:0 0 .75rem}.sida img{width:100%;display:block}
.ljus{position:absolute;outline:3px solid #c40000;background:rgba(255,213,74,.45)}
.rader{margin:0;font:.8rem/1.35 ui-monospace,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.rader .lit{background:var(--lit);outline:2px solid currentColor}
article{border:1px solid var(--line);border-left-width:.4rem;padding:.5rem .75rem;margin:.6rem 0}
article:focus,article.vald{outline:3px solid #1a66c2;outline-offset:2px}
article.klar{border-left-color:var(--ok)}article .svar{color:var(--ok);font-weight:600}
.tal{font-variant-numeric:tabular-nums}button,input{font:inherit;padding:.25rem .6rem;margin:.15rem .3rem .15rem 0;max-width:100%}
mark{background:var(--lit);color:inherit}table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600;padding:.4rem 0}
th,td{border-bottom:1px solid var(--line);padding:.2rem .4rem;text-align:left;vertical-align:top;font-weight:400}td{text-align:right}thead th{background:var(--soft)}
.wide{overflow-x:auto;position:relative}.dold{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.skip{position:absolute;left:-999px}.skip:focus{position:static}
@media (max-width:50rem){main{display:block}article{scroll-margin-top:42vh}
#dokument{height:40vh;z-index:1;background:var(--back);border-right:0;border-bottom:1px solid var(--line)}}
@media print{#dokument,button,input,.knappar{display:none}main{display:block}article,tr{break-inside:avoid}@page{size:A4;margin:18mm}}
]]

local script = [[
"use strict";
(function () {
  var list = Array.prototype.slice.call(document.querySelectorAll("article[data-plats]"));
  var svar = {}, vald = -1, lit = null, dokument = document.getElementById("dokument");
  function see(e) { // in its pane: the question stays where it is
    var r = e.getBoundingClientRect(), p = dokument.getBoundingClientRect();
    dokument.scrollTop += r.top - p.top - Math.max(0, (p.height - r.height) / 2);
    dokument.scrollLeft += Math.max(0, r.right - p.right);
  }
  function show(a) {
    if (lit) { lit.remove ? lit.classList.contains("ljus") ? lit.remove() : lit.classList.remove("lit") : 0; lit = null; }
    var rad = a.dataset.rad && document.getElementById("rad-" + a.dataset.rad);
    if (rad) { rad.classList.add("lit"); lit = rad; see(rad); return; }
    var sida = document.getElementById("sida-" + a.dataset.sida);
    if (!sida) return;
    var b = (a.dataset.ruta || "").split(" ").map(Number);
    if (b.length === 4) {
      lit = document.createElement("div");
      lit.className = "ljus";
      lit.style.left = b[0] + "%"; lit.style.top = b[1] + "%"; lit.style.width = b[2] + "%"; lit.style.height = b[3] + "%";
      sida.appendChild(lit); see(lit);
    } else see(sida);
  }
  function choose(i) {
    if (i < 0 || i >= list.length) return;
    if (vald >= 0) list[vald].classList.remove("vald");
    vald = i; list[i].classList.add("vald"); list[i].focus({ preventScroll: true }); show(list[i]);
    list[i].scrollIntoView({ block: list[i].offsetHeight * 2 > innerHeight ? "start" : "nearest" });
  }
  function answer(a, what, said) {
    if (!a.dataset.nyckel) return;
    what.nyckel = a.dataset.nyckel; what.etikett = a.dataset.etikett; what.nar = new Date().toISOString().slice(0, 10);
    svar[what.nyckel] = what;
    a.classList.add("klar");
    a.querySelector(".svar").textContent = "Svar: " + said;
    document.getElementById("antal").textContent = Object.keys(svar).length + " av " + document.querySelectorAll("article[data-nyckel]").length + " besvarade";
  }
  function row(a) {
    var f = a.querySelector("input.rad"), u = a.querySelector("input.under"), w = { svar: "rad" };
    if (!f || !f.value.trim()) return null;
    w.rad = f.value.trim();
    if (u && u.value.trim()) w.under = u.value.trim();
    return w;
  }
  function typed(a) {
    var fields = Array.prototype.slice.call(a.querySelectorAll("input.cell"));
    var tal = fields.map(function (f) { return f.value.trim(); });
    var w = row(a) || {};
    w.svar = "tal"; w.tal = tal;
    answer(a, w, tal.join(" | ") + (w.rad ? ", raden " + w.rad : ""));
  }
  function written(a) {
    var f = a.querySelector("input.plats");
    if (f && f.value.trim()) answer(a, { svar: "skrivet", text: f.value.trim() }, f.value.trim());
  }
  function placed(a) {
    var w = row(a);
    if (w) answer(a, w, "raden " + w.rad);
  }
  function save() {
    var text = JSON.stringify({ format: "medel.svar/1", dokument: document.body.dataset.dokument, sha256: document.body.dataset.sha256,
      svar: Object.keys(svar).map(function (k) { return svar[k]; }) }, null, 1) + "\n";
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" })); link.download = "svar.json";
    document.body.appendChild(link); link.click(); link.remove();
    window.medelSvar = text;
  }
  list.forEach(function (a, i) {
    a.addEventListener("focus", function () { if (vald !== i) choose(i); });
    a.addEventListener("click", function (e) {
      var b = e.target.closest("button"); choose(i);
      if (!b) return;
      if (b.dataset.svar) answer(a, JSON.parse(b.dataset.svar), b.dataset.sagt);
      if (b.classList.contains("skriv")) typed(a);
      if (b.classList.contains("placera")) placed(a);
      if (b.classList.contains("dit")) written(a);
    });
  });
  document.getElementById("spara").addEventListener("click", save);
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    var inside = e.target.tagName === "INPUT", a = list[vald];
    if (inside) {
      if (e.key === "Enter") { e.preventDefault(); (e.target.classList.contains("cell") ? typed : e.target.classList.contains("plats") ? written : placed)(a); a.focus(); }
      if (e.key === "Escape" && a) a.focus();
      return;
    }
    if (e.key === "j") choose(vald + 1);
    else if (e.key === "k") choose(vald - 1);
    else if (e.key === "s") save();
    else if (!a || e.target.tagName === "BUTTON") return;
    else if (a.querySelector('button[data-tangent="' + CSS.escape(e.key) + '"]')) {
      a.querySelector('button[data-tangent="' + CSS.escape(e.key) + '"]').click(); choose(vald + 1);
    }
    else if (e.key === "Enter") choose(vald + 1);
    else if (e.key === "e" && a.querySelector("input.cell, input.plats")) {
      e.preventDefault();
      if (a.querySelector("details")) a.querySelector("details").open = true;
      a.querySelector("input.cell, input.plats").focus();
    }
    else if (e.key === "r" && a.querySelector("input.rad")) { e.preventDefault(); a.querySelector("details").open = true; a.querySelector("input.rad").focus(); }
  });
})();
]]

-- ---- the document ----

local function percent(part, whole)
  local n = whole > 0 and part * 10000 // whole or 0
  return ("%d.%02d"):format(n // 100, n % 100)
end

-- A box in percent of its page, a little wider than what it is around.
local function ruta(m, box)
  local size = box and m.pages[box.page]
  if not size or size.width == 0 then return "" end
  return table.concat({ percent(box.x0 - 200, size.width), percent(box.y0 - 200, size.height),
    percent(box.x1 - box.x0 + 400, size.width), percent(box.y1 - box.y0 + 400, size.height) }, " ")
end

local function box_of(m, row)
  local first
  for _, cell in ipairs(row.cells) do
    if cell.page and cell.x1 then
      if not first then
        first = { page = cell.page, x0 = cell.x0, y0 = cell.y0, x1 = cell.x1, y1 = cell.y1 }
      elseif cell.page == first.page then
        first.x0, first.y0 = math.min(first.x0, cell.x0), math.min(first.y0, cell.y0)
        first.x1, first.y1 = math.max(first.x1, cell.x1), math.max(first.y1, cell.y1)
      end
    end
  end
  return ruta(m, first)
end

-- Of a figure of running text: of the part of it that stands on the line where its digits begin.
local function box_of_figure(m, f)
  local from, to = prose.part(f)
  local x0, y0, x1, y1 = medel.import_box(m.imported, f.order, from, to)
  return x0 and ruta(m, { page = f.page, x0 = x0, y0 = y0, x1 = x1, y1 = y1 }) or ""
end

local function pictures(m)
  local wanted, out = {}, {}
  for _, f in ipairs(text.candidates(m)) do wanted[f.page] = true end
  for _, t in ipairs(m.tables) do
    for _, row in ipairs(t.rows) do
      for _, cell in ipairs(row.cells) do if cell.page then wanted[cell.page] = true end end
    end
  end
  for n = 1, #m.pages do
    if wanted[n] then
      local png = picture.of(m.source.path, n)
      if png then
        out[#out + 1] = html.form('<div class="sida" id="sida-{}"><img alt="Dokumentets sida {}" src="data:image/png;base64,{}"></div>', n, n, png)
      end
    end
  end
  return html.join(out, "\n")
end

local function text_lines(m)
  local out = {}
  for _, line in ipairs(m.lines) do
    out[#out + 1] = html.form('<span id="rad-{}">{} {}</span>', line.line, ("%4d"):format(line.line), line.text)
  end
  return html.form('<pre class="rader">{}</pre>', html.join(out, "\n"))
end

-- ---- the list ----

local function place_text(m, row)
  return m.source.paged and ("sida %d"):format(row.page) or ("rad %d"):format(row.line)
end

local function fields(t, row)
  local out = {}
  for i, cell in ipairs(row.cells) do
    out[i] = html.form('<label>{} <input class="cell" size="12" value="{}"></label>', t.columns[i].id, cell.typed or cell.printed or "")
  end
  return html.join(out, " ")
end

local function question(m, q, n)
  local t, row = q.table, q.row
  local buttons = {}
  for i, c in ipairs(row_choices.list(m, q)) do buttons[i] = choices.button(c.key, c.label, c.answer) end
  return html.form([[
<article tabindex="-1" data-plats="{}" data-nyckel="{}" data-etikett="{}" data-sida="{}" data-rad="{}" data-ruta="{}" aria-labelledby="f{}">
<h3 id="f{}">{}. {} ({}, {})</h3>
<p>{}.</p><p class="tal">{}</p>
<div class="knappar">{}
<details><summary>Skriv själv (e), eller säg vilken rad det är (r)</summary>{}<button type="button" class="skriv">Så står det</button>
<label>Rad <input class="rad" size="24" value=""></label> <label>under <input class="under" size="16" value="{}"></label><button type="button" class="placera">Den raden</button></details></div>
<p class="svar" aria-live="polite"></p></article>]], t.id .. "." .. row.id, q.question.key, row.label, row.page, m.source.paged and "" or row.line,
    box_of(m, row), n, n, n, row.label, t.heading or t.id, place_text(m, row), row_choices.sentence(q), row_choices.cells(row.cells),
    html.join(buttons, ""),
    fields(t, row), row.under or "")
end

local marks = { SUMMA = { "■", "bevisad" }, LIKHET = { "■", "bevisad" }, RAD = { "■", "bevisad" }, BEKRAFTAD = { "✓", "bekräftad" },
                RATTAD = { "✎", "rättad" }, AVRUNDAD = { "◐", "bevisad inom avrundning" }, ENSAM = { "○", "ensam" } }

local function cell_html(cell)
  if cell.kind == "empty" then return html.text "" end
  local mark = marks[cell.status] or { "?", "att svara på" }
  return html.form('{} <span aria-hidden="true">{}</span><span class="dold">, {}</span>', cell.typed or cell.printed or "", mark[1], mark[2])
end

local function table_html(t)
  local head, rows = {}, {}
  for i, c in ipairs(t.columns) do head[i] = html.form('<th scope="col">{}</th>', c.printed or c.id) end
  for i, row in ipairs(t.rows) do
    local cells = {}
    for c, cell in ipairs(row.cells) do cells[c] = html.form("<td>{}</td>", cell_html(cell)) end
    rows[i] = html.form('<tr><th scope="row">{}{}</th>{}</tr>', row.label, row.placed and "" or " (ingen plats)", html.join(cells, ""))
  end
  return html.form('<div class="wide" tabindex="0" role="region" aria-label="{}"><table><caption>{}</caption><thead><tr><th scope="col">Rad</th>{}</tr></thead><tbody>{}</tbody></table></div>',
    t.heading or t.id, t.heading or t.id, html.join(head, ""), html.join(rows, "\n"))
end

local function contradictions(m)
  local out = {}
  for i, check in ipairs(m.contradictions) do out[i] = html.form("<li>{} {}</li>", check.rule or "", check.message or "") end
  return #out > 0 and html.form("<ul>{}</ul>", html.join(out, "\n")) or html.text "Allt som prövades går ihop."
end

local function loose(m)
  local out = {}
  for _, t in ipairs(m.tables) do
    for _, l in ipairs(t.loose) do out[#out + 1] = html.form("<li>{} {}: {} ({})</li>", m.source.paged and "sida" or "rad", m.source.paged and l.page or l.line, l.text, l.why) end
  end
  return #out > 0 and html.form('<h2 id="inte-last">Inte läst</h2><ul>{}</ul>', html.join(out, "\n")) or html.text ""
end

function page.make(m)
  m.pages = medel.document_pages(m.source.document)
  local questions, tables = {}, {}
  for i, q in ipairs(m.questions) do questions[i] = question(m, q, i) end
  for i, t in ipairs(m.tables) do tables[i] = table_html(t) end
  local policy = ("default-src 'none'; img-src data:; style-src 'sha256-%s' 'unsafe-inline'; script-src 'sha256-%s'"):format(
    base64.of_hex(medel.sha256(style)), base64.of_hex(medel.sha256(script)))
  policy = policy:gsub(" 'unsafe%-inline'", "")
  return html.page(html.form([[
<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Granska importen: {}</title>
<style>{}</style>
</head>
<body data-dokument="{}" data-sha256="{}">
<a class="skip" href="#lista">Till frågorna</a>
<header><h1>Granska importen av {}</h1><p>{}</p>
<p>Tangenter: j och k går ned och upp, Enter bekräftar (eller går vidare), 1–9 väljer det numret, e skriver själv, r säger raden,
u är en uppgift för sig, n ingen uppgift, s sparar svaren i svar.json, som samma kommando med --bekrafta svar.json för in.
<button type="button" id="spara">Spara svaren (s)</button> <span id="antal" role="status"></span></p></header>
<main>
<section id="dokument" aria-label="Dokumentet" tabindex="0">{}</section>
<section id="lista" aria-label="Frågor och tabeller">
<h2>Frågor ({})</h2>
{}
<h2>Går inte ihop i trycket</h2>
{}
{}
<h2>Siffror utanför bokslutets tabeller ({})</h2>
{}
<h2>Alla tabeller</h2>
<p>■ bevisad · ◐ bevisad inom avrundning · ○ ensam · ? att svara på · ✓ bekräftad · ✎ rättad</p>
{}
</section>
</main>
<script>{}</script>
</body>
</html>
]], html.own(policy), m.source.name, html.own(style), m.source.name, m.source.sha256, m.source.name, m.summary,
    m.source.paged and pictures(m) or text_lines(m), #questions, #questions > 0 and html.join(questions, "\n") or html.text "Inga frågor.",
    contradictions(m), loose(m), #text.candidates(m), choices.figures(m, box_of_figure), html.join(tables, "\n"), html.own(script)))
end

return page
