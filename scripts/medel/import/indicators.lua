-- indicators.lua: tables of shares of answers: questions with a column for each year, years with a column
-- for each question, and matrices of negative, neither and positive shares, whose order is the only one
-- in which every answer's three are a hundred.
local medel = require "medel"
local prose = require "medel.import.prose"

local indicators = {}

-- A line as { year, text, shares = { figure }, order }.
local function lines_of(m, figures)
  local by_order, list = {}, {}
  for _, f in ipairs(figures) do
    by_order[f.order] = by_order[f.order] or {}
    table.insert(by_order[f.order], f)
  end
  for order, line in ipairs(m.lines) do
    local text = line.text
    if text ~= "" then
      local x = { order = order, line = line, raw = text, shares = {} }
      local year = text:match "^År (20%d%d)%f[%D]" or text:match "^(20%d%d)%f[^%d]"
      local rest = year and text:gsub("^År ", ""):gsub("^20%d%d%s*", "", 1) or text
      for _, f in ipairs(by_order[order] or {}) do
        if f.kind == "share" and not f.field and not f.bound then x.shares[#x.shares + 1] = f end
      end
      -- the shares stand last on the line, and nothing after or between them
      local tail = rest:match "[%d%s%%]*$"
      local n = select(2, tail:gsub("%%", "%%"))
      if n == #x.shares and n == #(by_order[order] or {}) then
        x.text = rest:sub(1, #rest - #tail):gsub("%s+$", "")
        if n == 0 then x.text = rest end
      else
        x.shares, x.text = {}, rest
      end
      x.year = year and tonumber(year) or nil
      list[#list + 1] = x
    end
  end
  return list
end

local function is_respondent(text, words)
  local s = prose.lower(text)
  if (utf8.len(text) or 99) > 90 or text:find "^%l" then return false end
  for _, word in ipairs(words.respondents) do
    if s:find("^" .. word .. "%f[^%a\x80-\xFF]") and not text:find "[?]" then return true end
  end
  return false
end

-- "Deltagare pågående - Coachingteamen i Lekeberg": the group alone.
local function group(text)
  local name = text:match "^(.-) +%d" or text
  name = name:match "^(.-) [-–] " or name
  return (name:gsub("%s*%(.*$", ""):gsub("[.:%s]+$", ""))
end

local function is_head(text)
  local s = prose.lower(text)
  return (utf8.len(text) or 99) < 70 and not text:find "[.?!,:]$" and (text:find "^%d+%.%d[.%d]* *%u" or s:find "^%d*%.? *bilaga" or s:find "indikator")
end

local function entry(source, nr, who, year, question)
  return { kalla = source, nr = nr, respondent = who, ar = year, fraga = question, figures = {} }
end

local function use(f, e, name)
  e.figures[name] = { f }
  f.field = { section = "indikatorer", record = e, name = name }
end

-- ---- questions, a column for each year ----

-- The years of a head right above: one line or several.
local function head_years(list, i)
  local years = {}
  for k = i - 1, math.max(1, i - 12), -1 do
    local x = list[k]
    if x.year and #x.shares == 0 and (x.text == "" or x.text:find "^[%d%s År]*$") then
      local all = { x.year }
      for y in x.text:gmatch "20%d%d" do all[#all + 1] = tonumber(y) end
      for j = #all, 1, -1 do table.insert(years, 1, all[j]) end
    elseif #years > 0 and x.raw ~= "År" then
      break
    end
  end
  return years
end

-- The question that ends on the line, over the lines before it: text, number, how many lines.
local function question_at(list, i)
  local text, k = list[i].text, i
  if text == "" then k, text = i - 1, list[i - 1] and list[i - 1].text or "" end
  if not text:find "%?%s*$" and not (text:find " JA svar$") then return nil end
  local used = 0
  while used < 5 do
    if text:find "^%d+%. +[%u\xC3]" then break end
    local above = list[k - 1]
    if not above or #above.shares > 0 or above.year or above.raw:find "[?.!]$" or is_head(above.raw) and above.raw:find "positiv" then break end
    if text:find "^%u" and not above.raw:find "^%d+%. +[%u\xC3]" then break end
    k, used = k - 1, used + 1
    text = above.raw:gsub("%-$", "-") .. (above.raw:find "%l%-$" and "" or " ") .. text
  end
  text = text:gsub("%- ?(%l)", "%1")
  return text:gsub("^%d+%. +", ""), text:match "^(%d+)%. "
end

local function about_answers(list, i)
  for k = i, math.max(1, i - 40), -1 do
    local s = prose.lower(list[k].raw)
    if s:find("positiv", 1, true) then return true end
  end
  return false
end

local function questions(state, list, i)
  local x = list[i]
  local text, nr = question_at(list, i)
  if not text then return false end
  local years = state.years
  if #x.shares == 1 and #years ~= 1 then years = { state.year } end
  if #years ~= #x.shares or not about_answers(list, i) then return false end
  state.count = (state.last_kind == "question" and state.count or 0) + 1
  state.last_kind = "question"
  for c, f in ipairs(x.shares) do
    local e = entry(state.source, nr or tostring(state.count), state.who, years[c], c == 1 and { text = text, line = x.line } or nil)
    use(f, e, "positivt")
    table.insert(state.out, e)
  end
  return true
end

-- ---- years, a column for each question ----

local function year_rows(state, list, i)
  local k, n, rows, at = i, #list[i].shares, {}, i
  while list[at] do
    local x = list[at]
    local year = x.year or (list[at - 1] and #list[at - 1].shares == 0 and list[at - 1].text == "" and list[at - 1].year)
    if #x.shares == 0 and x.year and x.text == "" then
      at = at + 1
    elseif #x.shares > 0 and x.text == "" and year then
      -- a row may be broken over lines
      local row = { year = year, shares = { table.unpack(x.shares) } }
      while #row.shares < n and list[at + 1] and not list[at + 1].year and list[at + 1].text == "" and #list[at + 1].shares > 0 do
        at = at + 1
        for _, f in ipairs(list[at].shares) do row.shares[#row.shares + 1] = f end
      end
      if #row.shares ~= n then break end
      rows[#rows + 1] = row
      k, at = at, at + 1
    else
      break
    end
  end
  if #rows < 2 or n < 2 or not state.who then return i end
  for r = 2, #rows do if rows[r].year >= rows[r - 1].year then return i end end
  for _, row in ipairs(rows) do
    for c, f in ipairs(row.shares) do
      local e = entry(state.source, tostring(state.first + c - 1), state.who, row.year)
      use(f, e, "positivt")
      table.insert(state.out, e)
    end
  end
  state.next_first = state.first + n
  return k
end

-- ---- negative, neither, positive ----

local function triple(a, b, c)
  local sum = a.value + b.value + c.value
  return sum >= medel.percent(99) and sum <= medel.percent(101)
end

local function solve(shares, n)
  local by_column, by_row = true, true
  for i = 1, n do
    by_column = by_column and triple(shares[i], shares[n + i], shares[2 * n + i])
    by_row = by_row and triple(shares[3 * i - 2], shares[3 * i - 1], shares[3 * i])
  end
  if by_column == by_row and n > 1 then return nil end
  if not by_column and not by_row then return nil end
  local out = {}
  for i = 1, n do
    out[i] = by_column and { shares[i], shares[n + i], shares[2 * n + i] } or { shares[3 * i - 2], shares[3 * i - 1], shares[3 * i] }
  end
  return out
end

local many = { ["två"] = 2, tre = 3, fyra = 4 }

-- The groups whose lines stand right above: { name, mark }.
local function groups_above(list, i, words)
  local found, k = {}, i - 1
  while list[k] and #list[k].shares == 0 do
    local text = list[k].text
    local n = text:match "^%((%S+) frågor" or text:match "^%((%S+) mått"
    if n and many[n] and list[k - 1] and is_respondent(list[k - 1].text, words) then
      for mark = many[n], 1, -1 do table.insert(found, 1, { name = group(list[k - 1].text), mark = mark }) end
      k = k - 2
    elseif is_respondent(text, words) and not text:find "^%d" then
      table.insert(found, 1, { name = group(text) })
      k = k - 1
    else
      break
    end
  end
  return found, k
end

local function matrix(state, list, i, words)
  local shares, k = {}, i
  while list[k] and #list[k].shares > 0 and list[k].text == "" and not list[k].year do
    for _, f in ipairs(list[k].shares) do shares[#shares + 1] = f end
    k = k + 1
  end
  local groups, at = groups_above(list, i, words)
  if #groups == 0 or #shares ~= 3 * #groups then return i end
  local solved = solve(shares, #groups)
  if not solved then return i end
  local text, nr = list[at] and list[at].text or "", nil
  local back = at
  for _ = 1, 6 do
    nr = text:match "^(%d+)%. "
    if nr or not list[back - 1] or #list[back - 1].shares > 0 then break end
    back = back - 1
    text = list[back].text .. " " .. text
  end
  if not nr then return i end
  for g, x in ipairs(groups) do
    local e = entry(state.source, x.mark and ("%s mått %d"):format(nr, x.mark) or nr, x.name, state.year,
      g == 1 and { text = text:gsub("^%d+%. +", ""), line = list[back].line } or nil)
    use(solved[g][1], e, "negativt")
    use(solved[g][2], e, "varken")
    use(solved[g][3], e, "positivt")
    table.insert(state.out, e)
  end
  return k - 1
end

-- { { kalla, nr, respondent, ar, fraga, figures } }
function indicators.read(m, figures, words)
  local list = lines_of(m, figures)
  local state = { out = {}, years = {}, year = m.year, first = 1 }
  local answers = 0
  local i = 1
  while i <= #list do
    local x = list[i]
    local s = prose.lower(x.raw)
    if s:find("negativt", 1, true) then answers = i end
    if is_head(x.raw) and #x.shares == 0 then
      state.source = x.raw:gsub("^%d+%. ", "")
      state.last_kind = nil
    end
    if #x.shares == 0 and is_respondent(x.text, words) and not x.text:find "^%(" then
      local who = group(x.text)
      if who ~= state.who then state.who, state.first, state.next_first, state.last_kind = who, 1, nil, nil end
    end
    if x.year and #x.shares == 0 and x.text:find "^[%d%s År]*$" then
      local years = head_years(list, i + 1)
      if #years > 0 then state.years = years end
    end
    if #x.shares > 0 then
      if state.next_first and state.last_kind ~= "years" then state.first = state.next_first end
      local to = i
      if x.text == "" and (x.year or (list[i - 1] and list[i - 1].year and list[i - 1].text == "" and #list[i - 1].shares == 0)) then
        to = year_rows(state, list, i)
        if to > i then
          i = to
        end
      end
      if to == i and not x.shares[1].field then
        if answers > 0 and i - answers < 400 and x.text == "" then i = matrix(state, list, i, words) end
        if not x.shares[1].field then questions(state, list, i) end
      end
    end
    i = i + 1
  end
  return state.out
end

return indicators
