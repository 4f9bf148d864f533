-- goals.lua: goals that a document follows up one by one: a goal with a figure that shall be reached, an
-- assessment ("Målet är uppfyllt") and an outcome.
local medel = require "medel"
local prose = require "medel.import.prose"

local goals = {}

local levels = { { "finansiell", "finansiellt" }, { "individ", "individ" }, { "struktur", "struktur" } }

-- What the nearest heading above says of the kind of goal.
local function kind_above(lines, at)
  for i = at, math.max(1, at - 300), -1 do
    local text = lines[i].text
    local short = (utf8.len(text) or 99) <= 75 and not text:find "[.,:]$"
    if short and (text:find "^%u" or text:find "^%d+%.") then
      local s = prose.lower(text)
      for _, x in ipairs(levels) do
        if s:find(x[1], 1, true) and (s:find("uppföljning", 1, true) or s:find("mål", 1, true)) then return x[2] end
      end
    end
  end
end

local function assessment(p, words)
  local s = prose.lower(p.text)
  if not s:find "^målet är " then return nil end
  local first = s:match "^[^.,]+"
  return p.text, words.judgements[(first:gsub("%s+$", ""))]
end

local function use(f, record, field)
  f.field = { section = "mal", record = record, name = field }
end

-- The goal that stands before the assessment: one paragraph or two with "ska".
local function goal_before(list, i)
  local p = list[i - 1]
  if p and p.text:find "%f[%a]ska%f[%A]" or p and p.text:find "%f[%a]skall?%f[%A]" then return p end
end

-- { { text, line, typ, figures = { mal, utfall }, maluppfyllelse, status } }
function goals.read(m, paragraphs, words)
  local list = {}
  for i, p in ipairs(paragraphs) do
    local said, status = assessment(p, words)
    local goal = said and goal_before(paragraphs, i)
    local typ = goal and kind_above(m.lines, goal.pieces[1].line.order)
    if goal and typ and not goal.used and #goal.figures > 0 then
      local r = { text = goal.text:gsub("%s+", " "), line = goal.pieces[1].line, typ = typ, figures = {}, lists = {},
                  maluppfyllelse = { text = said, line = p.pieces[1].line }, status = status }
      goal.used = true
      local f = goal.figures[1]
      if f.from <= 3 and not f.field and not f.bound and (#goal.figures == 1 or goal.figures[2].kind ~= f.kind) then
        r.figures.mal = { f }
        use(f, r, "mal")
      end
      -- the outcome begins with its figure, the only one of its kind
      local out = paragraphs[i + 1]
      local o = out and out.figures[1]
      local alone = true
      for k = 2, out and #out.figures or 0 do alone = alone and out.figures[k].kind ~= o.kind end
      if o and r.figures.mal and o.kind == f.kind and not o.field and out.text:sub(1, o.from - 1):find "^%s*$" and alone
        and not out.text:find "%f[%a]ska%f[%A]" then
        r.figures.utfall = { o }
        use(o, r, "utfall")
        r.utfall_text = { text = out.text, line = out.pieces[1].line }
      end
      local missing = p.text:find("saknas", 1, true) and #p.figures == 1 and p.figures[1]
      if missing and missing.kind == "count" and p.text:sub(1, missing.from):find "saknas %d$" then
        r.figures.saknas = { missing }
        use(missing, r, "saknas")
      end
      list[#list + 1] = r
    end
  end
  return list
end

return goals
