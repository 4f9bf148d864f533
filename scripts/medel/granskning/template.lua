-- template.lua: a template of the granskningsrapport: which sections there are, what each says,
-- and which findings stand in it.  rules/mallar/granskning.yaml is the installation's.
local medel = require "medel"
local shape = require "medel.shape"

local template = {}

local text, needed, names = shape.text, shape.needed, shape.list

template.form = shape.map {
  shape.version "medel_mall",
  { "titel", text "The title, before the year." },
  { "dokument", text "A reference document of one's own for docx, a file beside the template." },
  { "dokument_odt", text "The same for odt." },
  { "avsnitt", shape.list("The sections, in order.", shape.map {
    { "id", needed("Its number, 2.4.1, or a letter for an appendix.", { pattern = "^%w[%d.]*$", like = "2.4.1" }) },
    { "rubrik", needed "The heading." },
    { "varden", shape.named "Names for expressions on the report." },
    { "text", text "Sentences with figures, one a line." },
    { "delar", names "Parts of the program, below, before the findings." },
    { "regler", names "Findings of these rules or groups stand here." },
    { "stallen", names "So do findings whose figure stands in these tables, rows or sections." },
    { "efter", names "Parts after the findings." },
    { "villkor", shape.choice("Only where there is such a thing.", { "huvudbok", "avsteg", "underlag" }) },
    { "ovrigt", shape.choice("Findings that no section takes stand here.", { "ja" }) },
  }, true) },
}

-- The template of a file, or an error with all that is wrong in it.
function template.read(path)
  local doc = shape.read(path, template.form, "the template")
  local root, places = doc.root, doc.places
  local seen, rest, parts = {}, nil, require "medel.granskning.parts"
  for _, s in ipairs(type(root.avsnitt) == "table" and root.avsnitt or {}) do
    if type(s) == "table" and type(s.id) == "string" then
      if seen[s.id] then doc:wrong(s, "id", "section %s stands twice", s.id) end
      seen[s.id] = true
      rest = s.ovrigt and s or rest
      for _, key in ipairs { "delar", "efter" } do
        for i, name in ipairs(type(s[key]) == "table" and s[key] or {}) do
          if type(name) == "string" and not parts.known(name) then
            doc:wrong(s[key], i, "there is no part '%s'%s", name,
              require("medel.diagnostics").hint(name, parts.names(), ": one of " .. table.concat(parts.names(), ", ")))
          end
        end
      end
    end
  end
  if seen and not rest and #doc.list == 0 then doc:wrong(root, "avsnitt", "no section has `ovrigt: ja`: findings that no section takes have no place") end
  doc:done()
  for _, s in ipairs(root.avsnitt) do
    s.at = ("%s:%s"):format(path, places[s] and (places[s].text or places[s].id) or "1:1")
  end
  root.path = path
  return root
end

-- ---- where a finding stands ----

local function subject(f)
  local fact = f.evidence and f.evidence[1]
  local at = f.table or fact and fact.table
  return at, fact and fact.table == at and fact.row or nil
end

-- Where the förbund's own way of counting is told; a template may have no such section.
local function of_conventions(t)
  for _, s in ipairs(t.avsnitt) do
    for _, part in ipairs(s.delar or {}) do
      if part == "konventioner" then return s end
    end
  end
end

-- The section of a finding: that of conventions if it is one, else one that names its rule, else the row or table that its figure stands
-- in, else its group of rules, else the rest.
function template.section_of(t, f)
  local conventions = f.proof == "explained" and f.level == "note" and of_conventions(t)
  if conventions then return conventions end
  local group = f.rule:match "^%a+"
  local at, row = subject(f)
  local by_row, by_table, by_group, rest
  for _, s in ipairs(t.avsnitt) do
    for _, id in ipairs(s.regler or {}) do
      if id == f.rule then return s end
      if id == group then by_group = by_group or s end
    end
    for _, place in ipairs(s.stallen or {}) do
      if at and row and place == at .. "." .. row then by_row = by_row or s end
      if at and (place == at or place == at:match "^[^.]+") then by_table = by_table or s end -- a part of a record stands with it
    end
    rest = s.ovrigt and s or rest
  end
  return by_group or by_row or by_table or rest
end

-- ---- what a section says ----

-- The values that a sentence names, or nil if one of them is not there; and its text with plain names.
local function bound(sentence, value_of)
  local values, n, missing = {}, 0, false
  local text = sentence:gsub("{([^{}:]+)(:?[^{}]*)}", function(name, format)
    n = n + 1
    values["v" .. n] = value_of(name)
    missing = missing or values["v" .. n] == nil
    return "{v" .. n .. format .. "}"
  end)
  if missing then return nil end
  return text, values
end

-- The paragraphs of a section's text that can be said: { { { text, values }, ... }, ... }.
-- value_of gives the value of an expression on the report, or nil.
function template.paragraphs(s, value_of)
  local list, now = {}, {}
  local function known(name) return value_of(s.varden and s.varden[name] or name) end
  for line in ((s.text or "") .. "\n"):gmatch "([^\n]*)\n" do
    local condition, sentence = line:match "^om ([^:]+): (.*)$"
    sentence = sentence or line
    if line:find "^%s*$" then
      if #now > 0 then list[#list + 1] = now end
      now = {}
    else
      for name in pairs(s.varden or {}) do
        condition = condition and condition:gsub("%f[%w_.]" .. name .. "%f[^%w_.]", "(" .. s.varden[name] .. ")")
      end
      if not condition or value_of(condition) == true then
        local text, values = bound(sentence, known)
        if text then now[#now + 1] = { text, values } end
      end
    end
  end
  if #now > 0 then list[#list + 1] = now end
  return list
end

return template
