-- surveys.lua: how many answered a survey, and how a municipality's labour market is: figures of one or two
-- sentences that hold together: 31 of 33 are 94 percent, 245 of 5 326 are 4,6 percent.
local medel = require "medel"
local prose = require "medel.import.prose"

local surveys = {}

local function whole(f)
  if not f or f.field or f.kind ~= "count" then return nil end
  local n, d = f.value:parts()
  return d == 1 and n > 0 and n or nil
end

local function share(f) return f and not f.field and f.kind == "share" end

local function is_part(part, all, of) return medel.agrees(of.value, medel.percent(100) * (part.value / all.value)) end

local function after(p, f, n) return prose.lower(p.text:sub(f.to + 1, f.to + (n or 40))) end
local function before(p, f, n) return prose.lower(p.text:sub(math.max(1, f.from - (n or 40)), f.from - 1)) end

local function put(list, section, entry, fields)
  for name, f in pairs(fields) do
    entry.figures[name] = { f }
    f.field = { section = section, record = entry, name = name }
  end
end

-- ---- surveys: "baserad på 33 deltagare, där 31 har besvarat enkäten, en svarsfrekvens på 94 procent" ----

local function survey(p, list, m)
  for i, rate in ipairs(p.figures) do
    if share(rate) and before(p, rate):find "svarsfrekvens" then
      local sent, answered
      for a = 1, i - 1 do
        for b = a + 1, i - 1 do
          local x, y = p.figures[a], p.figures[b]
          if whole(x) and whole(y) and whole(x) ~= whole(y) then
            local few, many = x, y
            if whole(x) > whole(y) then few, many = y, x end
            if after(p, few):find "svar" and is_part(few, many, rate) then
              if sent then return end
              sent, answered = many, few
            end
          end
        end
      end
      local name
      for _, r in ipairs(m.insatser) do
        if medel.contains(p.text, r.name) then
          if name then return end
          name = r.name
        end
      end
      if sent and name then
        local e = { name = name, figures = {}, line = p.pieces[1].line }
        put(list, "enkater", e, { utskick = sent, svar = answered, svarsfrekvens = rate })
        list[#list + 1] = e
      end
      return
    end
  end
end

-- ---- the labour market of a municipality ----

-- "från 58 till 44, eller 0,8 procent av arbetskraften"
local function long_term(p, e, i)
  local was, is, of = p.figures[i], p.figures[i + 1], p.figures[i + 2]
  if not (whole(was) and whole(is) and share(of)) then return end
  if not (before(p, was, 8):find "från $" and after(p, was, 6):find "^ till" and medel.contains(p.text, "utan arbete")) then return end
  local bas = e.figures.bas and e.figures.bas[1]
  if bas and is_part(is, bas, of) then
    put(nil, "arbetsmarknad", e, { langtidsarbetslosa_fg = was, langtidsarbetslosa = is, langtidsarbetslosa_andel = of })
  end
end

local function market(paragraphs, at, list, name)
  local p, e = paragraphs[at], { kommun = name, figures = {}, line = paragraphs[at].pieces[1].line }
  local f = p.figures
  for i = 1, #f do
    local seeking, bas = f[i], f[i + 1]
    if whole(seeking) and whole(bas) and p.text:sub(seeking.to + 1, bas.from - 1) == " av " and medel.contains(seeking.sentence, "arbetssökande") then
      for k = 1, i - 1 do
        if share(f[k]) and before(p, f[k]):find "arbetslöshet" and is_part(seeking, bas, f[k]) then
          put(nil, "arbetsmarknad", e, { arbetsloshet = f[k], arbetssokande = seeking, bas = bas })
          list[#list + 1] = e
          local change = f[k + 1]
          if change and change ~= seeking and not change.field and after(p, change, 1):find "^%)" and change.text:find "procentenhet" then
            put(nil, "arbetsmarknad", e, { forandring = change })
          end
          break
        end
      end
    end
  end
  if #list == 0 or list[#list] ~= e then return end
  for next_at = at, math.min(at + 2, #paragraphs) do
    local q = paragraphs[next_at]
    for i = 1, #q.figures - 2 do long_term(q, e, i) end
  end
end

-- { surveys = { { name, figures } }, markets = { { kommun, figures } } }
function surveys.read(m, paragraphs)
  local out = { surveys = {}, markets = {} }
  local name
  for at, p in ipairs(paragraphs) do
    local heading = p.text:match "^Arbetsmarknaden i ([%u\xC3][^%s.,]+)"
    if heading then name = heading
    elseif #p.figures == 0 and (utf8.len(p.text) or 99) < 40 then name = nil end
    survey(p, out.surveys, m)
    if name then market(paragraphs, at, out.markets, name) end
  end
  return out
end

return surveys
