-- ask.lua: the questions of an import on a terminal, one at a time.  Answers are those of the review page.
local terminal = require "medel.terminal"
local placing = require "medel.import.placing"
local row_choices = require "medel.import.row_choices"
local text = require "medel.import.text"

local ask = {}

local function say(...) terminal.write(table.concat { ... }) end

-- A line of the terminal; nil at its end.
local function answer(prompt)
  say(prompt)
  io.stdout:flush()
  local line = io.stdin:read "l"
  return line and line:gsub("^%s+", ""):gsub("%s+$", "")
end

local function place(m, page, line) return m.source.paged and "sida " .. page or "rad " .. line end

local function line_of(m, page, line)
  for _, x in ipairs(m.lines) do if x.line == line and x.page == page then return x.text end end
  return ""
end

local function typed_cells(t, row)
  local list = {}
  for i, cell in ipairs(row.cells) do
    local was = cell.typed or cell.printed or ""
    local said = answer(("  %s [%s], tom om inget står där: "):format(t.columns[i].id, was ~= "" and was or "tom"))
    if not said then return nil end
    list[i] = said == "tom" and "" or said == "" and was or said
  end
  return { svar = "tal", tal = list }
end

local function typed_row(row)
  local name = answer "  vilken rad (namnet i docs/falt.md eller ett eget): "
  if not name or name == "" then return nil end
  if not name:find "^%l[%l%d_]*$" then
    say("  ett namn har små bokstäver, siffror och _\n")
    return nil
  end
  local under = answer(("  under [%s]: "):format(row.under or "finns i taxonomin"))
  return { svar = "rad", rad = name, under = under ~= "" and under or nil }
end

local function one_row(m, q)
  local t, row = q.table, q.row
  local ready, keys = row_choices.list(m, q), {}
  for i, c in ipairs(ready) do keys[i] = c.key .. " " .. c.label end
  while true do
    local said = answer("  " .. table.concat(keys, " · ") .. " · e skriv själv · r säg vilken rad · s senare · q sluta: ")
    if not said or said == "q" then return nil, true end
    local a
    for _, c in ipairs(ready) do
      if c.key == said or (said == "" and c.key == "Enter") then a = c.answer end
    end
    if said == "e" then a = typed_cells(t, row)
    elseif said == "r" then a = typed_row(row)
    elseif said == "s" then return nil end
    if a then
      a.nyckel, a.etikett = q.question.key, row.label
      return a
    end
    if said ~= "e" and said ~= "r" then say("  ", said, " är inget av dem\n") end
  end
end

-- The rows that the import is not sure of.
function ask.rows(m)
  local list = {}
  for i, q in ipairs(m.questions) do
    local row = q.row
    say(("\n[%d/%d] %s, %s: %s\n"):format(i, #m.questions, place(m, row.page, row.line), q.table.heading or q.table.id, row.label))
    local cells, line = row_choices.cells(row.cells), line_of(m, row.page, row.line)
    say("  ", row_choices.sentence(q), "\n  ", cells, "\n")
    -- the line itself, where it says more than the row and its figures
    if line ~= row.label .. " " .. cells:gsub(" | ", " ") then say("  | ", line, "\n") end
    local a, stop = one_row(m, q)
    if stop then break end
    list[#list + 1] = a
  end
  return list
end

-- ---- figures of running text ----

-- What a record that is new must have besides: answers in words, or nil at the end of the input.
local function besides(m, plats, said)
  local list = {}
  for _, field in ipairs(placing.fattas(m, plats) or {}) do
    if not said[field.plats] then
      local value
      repeat
        value = answer(("  %s%s: "):format(field.label, field.values and " (" .. table.concat(field.values, ", ") .. ")" or ""))
        if not value then return nil end
        local known = not field.values
        for _, v in ipairs(field.values or {}) do known = known or v == value end
      until value ~= "" and known
      said[field.plats] = true
      list[#list + 1] = { nyckel = "ord:" .. field.plats, svar = "ord", plats = field.plats, varde = value }
    end
  end
  return list
end

local help = [[
  uu och nn: så är det med allt som är kvar i stycket eller tabellen
  ett begrepp (arets_resultat, arets_resultat budget 2024), eller en plats:
  insatser.NAMN.deltagare, mal.NAMN.utfall, insatser.NAMN.avslutsorsaker[studier].antal, enkater[NAMN].svar
]]

local function one_figure(m, f)
  local choices = placing.choices(m, f)
  if f.against then say(("  tabellen har %s (%s)\n"):format(f.against.text or "", f.against.where)) end
  if f.note then say("  ", f.note, "\n") end
  for i, c in ipairs(choices) do say(("  %d %s%s\n"):format(i, c.label, c.answer.tal and ", som " .. c.answer.tal or "")) end
  while true do
    local said = answer(("  Enter senare%s · u en uppgift för sig · n ingen uppgift · begrepp eller plats · ? · q sluta: "):format(
      #choices == 0 and "" or #choices == 1 and " · 1" or " · 1-" .. #choices))
    if not said or said == "q" then return nil, true end
    if said == "" then return nil end
    if said == "n" or said == "nn" then return { svar = "inget" }, false, said == "nn" end
    if said == "u" or said == "uu" then return placing.alone(m, f), false, said == "uu" end
    local choice = said:find "^%d$" and choices[tonumber(said)]
    if choice then return choice.answer end
    if said == "?" then
      say(help)
    elseif said:find "^%d+$" then
      say("  ", said, " är inget av dem\n")
    else
      local a, why = text.typed(m, f, said)
      if a then return a end
      say("  ", why, "\n")
    end
  end
end

local function lit(f)
  local s, at = f.sentence, f.at
  return s:sub(1, at - 1) .. "«" .. f.text .. "»" .. s:sub(at + #f.text)
end

-- What the rows of a table are: one answer for all.
local function levels(m, list)
  for _, q in ipairs(placing.levels(m)) do
    say(("\n%s: %s\n"):format(place(m, q.line.page, q.line.line), q.text))
    local keys = {}
    for i, c in ipairs(q.choices) do keys[i] = c.key .. " " .. c.label end
    while true do
      local said = answer("  Enter senare · " .. table.concat(keys, " · ") .. " · q sluta: ")
      if not said or said == "q" then return true end
      if said == "" then break end
      local chosen
      for _, c in ipairs(q.choices) do if c.key == said then chosen = c end end
      if chosen then
        list[#list + 1] = { nyckel = q.key, svar = "niva", varde = chosen.answer.varde, etikett = q.text }
        break
      end
      say("  ", said, " är inget av dem\n")
    end
  end
  return false
end

-- The candidates.
function ask.figures(m)
  local list, order, said, rest = {}, placing.order(m), {}, {}
  if levels(m, list) then return list end
  for i, f in ipairs(order) do
    local together = f.paragraph.table or f.paragraph
    local a, stop, all = rest[together] and (rest[together] == "inget" and { svar = "inget" } or placing.alone(m, f)), false, false
    if not a then
      say(("\n[%d/%d] %s: %s\n"):format(i, #order, place(m, f.page, f.line), lit(f)))
      a, stop, all = one_figure(m, f)
    end
    if stop then break end
    if all then rest[together] = a.svar end
    if a then
      local words = a.svar == "falt" and besides(m, a.plats, said) or {}
      if not words then break end
      for _, w in ipairs(words) do list[#list + 1] = w end
      list[#list + 1] = { nyckel = f.key, svar = a.svar, begrepp = a.begrepp, variant = a.variant, ar = a.ar, plats = a.plats,
                          tal = a.tal, etikett = f.text }
    end
  end
  return list
end

return ask
