-- page_text.lua: the review page's answers as buttons with a key each, and its figures of running text.
local medel = require "medel"
local markup = require "medel.markup"
local placing = require "medel.import.placing"
local html = markup.html

local page_text = {}

-- A button that gives an answer, and the key that presses it.
function page_text.button(key, label, answer)
  return html.form('<button type="button" data-tangent="{}" data-svar="{}" data-sagt="{}">{} ({})</button>', key,
    medel.json(answer, true), label, label, key)
end

local function figure(m, f, n, last, box)
  local buttons, sentence = {}, f.sentence
  for i, c in ipairs(placing.choices(m, f)) do
    if i < 10 then buttons[i] = page_text.button(tostring(i), c.label .. (c.answer.tal and ", som " .. c.answer.tal or ""), c.answer) end
  end
  buttons[#buttons + 1] = page_text.button("u", "En uppgift för sig", placing.alone(m, f))
  buttons[#buttons + 1] = page_text.button("n", "Ingen uppgift", { svar = "inget" })
  local place = m.source.paged and ("sida %d"):format(f.page) or ("rad %d"):format(f.line)
  return html.form([[
<article tabindex="-1" data-plats="text" data-nyckel="{}" data-etikett="{}" data-sida="{}" data-rad="{}" data-ruta="{}" aria-labelledby="t{}">
<h3 id="t{}">{} av {}: {} ({})</h3>
<p>{}<mark>{}</mark>{}</p>{}
<div class="knappar">{}<label>Begrepp eller plats (e) <input class="plats" size="28" value=""></label><button type="button" class="dit">Dit</button></div>
<p class="svar" aria-live="polite"></p></article>]], f.key, f.text, f.page, m.source.paged and "" or f.line, box, n, n, n, last, f.text, place,
    sentence:sub(1, f.at - 1), f.text, sentence:sub(f.at + #f.text),
    f.against and html.form("<p>Orden säger {}, och tabellen har {} ({}).</p>", m.labels[f.concepts[1].concept], f.against.text or "", f.against.where) or f.note and html.form("<p>Men {}.</p>", f.note) or html.text "",
    html.join(buttons, ""))
end

local function level(m, q, n)
  local buttons = {}
  for i, c in ipairs(q.choices) do buttons[i] = page_text.button(c.key, c.label, c.answer) end
  return html.form([[
<article tabindex="-1" data-plats="tabell" data-nyckel="{}" data-etikett="{}" data-sida="{}" data-rad="{}" data-ruta="" aria-labelledby="n{}">
<h3 id="n{}">{} ({})</h3>
<div class="knappar">{}</div>
<p class="svar" aria-live="polite"></p></article>]], q.key, q.text, q.line.page, m.source.paged and "" or q.line.line, n, n, q.text,
    m.source.paged and ("sida %d"):format(q.line.page) or ("rad %d"):format(q.line.line), html.join(buttons, ""))
end

-- The candidates, as the terminal asks about them; box_of says where one stands on its page.
function page_text.figures(m, box_of)
  local order, out = placing.order(m), {}
  for i, q in ipairs(placing.levels(m)) do out[i] = level(m, q, i) end
  if #order == 0 and #out == 0 then return html.text "Alla har en plats." end
  for i, f in ipairs(order) do out[#out + 1] = figure(m, f, i, #order, box_of(m, f)) end
  return html.join(out, "\n")
end

return page_text
