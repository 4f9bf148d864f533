-- xlsx.lua: the sheets of a workbook as rows of texts, each number as it is shown.
local medel = require "medel"

local xlsx = {}

-- fun(kind, value) for each event; kinds: start, name, value, text, finish.
local kinds = { "start", "name", "value", "text", "finish" }
local function each(bytes, name, fun)
  local xml, why = medel.zip_entry(bytes, name)
  if not xml then
    if why == "absent" then return end
    error(why, 0)
  end
  local events, wrong = medel.xml_events(xml)
  if not events then error(wrong, 0) end
  local attribute
  for kind, value in events:gmatch "([\1-\5])([^%z]*)%z" do
    local what = kinds[kind:byte()]
    if what == "name" then attribute = value
    elseif what == "value" then fun("value", value, attribute)
    else fun(what, value) end
  end
end

local function shared_strings(bytes)
  local list, text, inside, phonetic = {}, nil, false, false
  each(bytes, "xl/sharedStrings.xml", function(kind, value)
    if kind == "start" then
      if value == "si" then text = "" end
      if value == "rPh" then phonetic = true end
      inside = value == "t" and not phonetic
    elseif kind == "text" and inside and text then
      text = text .. value
    elseif kind == "finish" then
      inside = false
      if value == "rPh" then phonetic = false end
      if value == "si" then list[#list + 1] = text end
    end
  end)
  return list
end

-- By style: { percent, decimals, date, grouped }.
local function styles(bytes)
  local own, list, id, code, inside = {}, {}, nil, nil, false
  local function form(number)
    if number == 9 then return { percent = true, decimals = 0 } end
    if number == 10 then return { percent = true, decimals = 2 } end
    if number == 1 or number == 3 or number == 37 or number == 38 then return { decimals = 0 } end
    if number == 2 or number == 4 or number == 39 or number == 40 then return { decimals = 2 } end
    if number >= 14 and number <= 22 then return { date = true } end
    local text = own[number]
    if not text then return {} end
    local first = text:gsub('"[^"]*"', ""):gsub("\\.", ""):gsub("%[[^%]]*%]", ""):match "^[^;]*"
    return { percent = first:find("%", 1, true) ~= nil, date = first:find "[ymdhYMDH]" ~= nil and not first:find "[0#]",
             decimals = first:find "[0#]" and #(first:match "%.(0+)" or "") or nil }
  end
  each(bytes, "xl/styles.xml", function(kind, value, name)
    if kind == "start" then
      if value == "cellXfs" then inside = true end
      if inside and value == "xf" then list[#list + 1] = {} end
      id, code = nil, nil
    elseif kind == "value" then
      if name == "numFmtId" then
        id = tonumber(value)
        if inside and #list > 0 and id then list[#list] = form(id) end
      end
      if name == "formatCode" then code = value end
      if id and code then own[id] = code end
    elseif kind == "finish" and value == "cellXfs" then
      inside = false
    end
  end)
  return list
end

-- ---- numbers, exactly ----

-- "-1234.5678E2" as sign, digits and how many of them are decimals.
local function parts(text)
  local sign, whole, fraction, exponent = text:match "^(%-?)(%d+)%.?(%d*)[eE]?([+-]?%d*)$"
  if not whole or #whole + #fraction > 40 then return nil end
  local e = exponent == "" and 0 or tonumber(exponent)
  if not e or e > 18 or e < -40 then return nil end
  local digits, decimals = whole .. fraction, #fraction - e
  if decimals < 0 then
    digits = digits .. ("0"):rep(-decimals)
    decimals = 0
  end
  if #digits <= decimals then digits = ("0"):rep(decimals - #digits + 1) .. digits end
  return sign, digits, decimals
end

-- Rounded half away from zero to so many decimals, as a workbook shows it.
local function shown(text, decimals)
  local sign, digits, have = parts(text)
  if not sign then return text end
  if have > decimals then
    local kept = digits:sub(1, #digits - (have - decimals))
    local up = digits:sub(#kept + 1, #kept + 1) >= "5"
    if kept == "" then kept = "0" end
    if #kept > 17 then return text end
    digits = tostring(math.tointeger(tonumber(kept)) + (up and 1 or 0))
    digits = ("0"):rep(decimals + 1 - #digits) .. digits
  else
    digits = digits .. ("0"):rep(decimals - have)
  end
  local whole = digits:sub(1, #digits - decimals):gsub("^0+(%d)", "%1")
  local fraction = digits:sub(#digits - decimals + 1)
  local grouped = whole:reverse():gsub("(%d%d%d)", "%1 "):reverse():gsub("^ ", "")
  local out = fraction ~= "" and grouped .. "," .. fraction or grouped
  return (sign == "-" and out:find "[1-9]") and "-" .. out or out
end

local function number(text, style)
  style = style or {}
  if style.percent then
    local sign, digits, decimals = parts(text)
    if not sign then return text end
    return shown(("%s%se%d"):format(sign, digits, 2 - decimals), style.decimals or 0) .. " %"
  end
  if style.decimals then return shown(text, style.decimals) end
  local _, digits, decimals = parts(text)
  if not digits then return text end
  -- without a format: as many decimals as there are, two at most; a year is no amount
  if decimals == 0 and #digits == 4 and digits:find "^20%d%d$" then return digits end
  local fraction = digits:sub(#digits - decimals + 1):gsub("0+$", "")
  return shown(text, math.min(#fraction, 2))
end
xlsx.number = number

-- ---- sheets ----

local function column_of(reference)
  local n = 0
  for letter in reference:gmatch "%u" do n = n * 26 + letter:byte() - 64 end
  return n
end

local function sheet(bytes, name, strings, formats, rows)
  local row, cell, text, inside
  each(bytes, name, function(kind, value, attribute)
    if kind == "start" then
      if value == "row" then row = {} end
      if value == "c" then cell = {} end
      inside = value == "v" or value == "t"
      if inside then text = "" end
    elseif kind == "value" and cell and not inside then
      if attribute == "r" then cell.column = column_of(value) end
      if attribute == "t" then cell.type = value end
      if attribute == "s" then cell.style = tonumber(value) end
    elseif kind == "text" and inside and text then
      text = text .. value
    elseif kind == "finish" then
      inside = false
      if value == "c" and cell and row then
        local column = cell.column and cell.column > 0 and cell.column or #row + 1
        if text and column > 64 then error(("a cell in column %d: at most 64 are read"):format(column), 0) end
        if column <= 64 then
          for i = #row + 1, column do row[i] = "" end
          if text then
            if cell.type == "s" then
              row[column] = strings[(tonumber(text) or -1) + 1] or error("it is damaged: a cell has a text that is not there", 0)
            elseif cell.type == nil or cell.type == "n" then row[column] = number(text, formats[(cell.style or 0) + 1])
            else row[column] = text end
          end
        end
        cell, text = nil, nil
      elseif value == "row" and row then
        rows[#rows + 1] = #row > 0 and row or ""
        row = nil
      end
    end
  end)
end

function xlsx.read(bytes)
  local sheets, names, target = {}, {}, {}
  each(bytes, "xl/_rels/workbook.xml.rels", function(kind, value, attribute)
    if kind == "start" then target = {} end
    if kind == "value" then target[attribute] = value end
    if kind == "value" and target.Id and target.Target then names[target.Id] = target.Target end
  end)
  local one = {}
  each(bytes, "xl/workbook.xml", function(kind, value, attribute)
    if kind == "start" then one = { element = value } end
    if kind == "value" and one.element == "sheet" then
      one[attribute] = value
      if attribute == "id" and names[value] then
        sheets[#sheets + 1] = { title = one.name or "", path = "xl/" .. names[value]:gsub("^/xl/", "") }
      end
    end
  end)
  local strings, formats, rows = shared_strings(bytes), styles(bytes), {}
  for _, s in ipairs(sheets) do
    rows[#rows + 1] = s.title
    sheet(bytes, s.path, strings, formats, rows)
    rows[#rows + 1] = ""
  end
  return medel.document_rows(rows)
end

return xlsx
