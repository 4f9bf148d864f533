-- markup.lua: HTML, Markdown and XML as types of their own.  What is made here from plain text
-- is escaped; nothing else can become part of a page, since a plain text is no markup and a
-- markup is no text: it cannot be concatenated, formatted or printed but by its language.
local medel = require "medel"
local plain = require "medel.writers.plain"

local markup = {}

-- What cannot be seen, or turns text round: control characters, U+0080 to U+009F, marks of
-- direction, U+2028, U+2029, U+FEFF, U+FFFE and U+FFFF.
local unseen = { "[\0-\8\11\12\14-\31\127]", "\xC2[\x80-\x9F]", "\xD8\x9C", "\xE2\x80[\x8E\x8F\xA8-\xAE]",
                 "\xE2\x81[\xA6-\xA9]", "\xEF\xBB\xBF", "\xEF\xBF[\xBE\xBF]" }

local function visible(text, instead)
  text = plain.utf8(text)
  for _, pattern in ipairs(unseen) do text = text:gsub(pattern, instead) end
  return text
end

-- A language: escape makes of a plain text what stands for it.
local function language(name, escape)
  local self, Markup = {}, {}
  local texts = setmetatable({}, { __mode = "k" }) -- not fields, so that nobody makes one

  local function new(text)
    local m = setmetatable({}, Markup)
    texts[m] = text
    return m
  end

  local function text_of(value)
    return texts[value] or escape(tostring(value))
  end

  Markup.__name = name
  Markup.__metatable = name
  function Markup.__tostring() error(name .. " is no text", 2) end
  Markup.__concat = Markup.__tostring

  -- Plain text, or what is marked up already.
  function self.text(value)
    return new(text_of(value))
  end

  -- A form of our own, with {} where values go.
  function self.form(form, ...)
    local n, values = 0, { ... }
    return new((form:gsub("{}", function()
      n = n + 1
      return text_of(values[n])
    end)))
  end

  function self.join(list, between)
    local out = {}
    for i, value in ipairs(list) do out[i] = text_of(value) end
    return new(table.concat(out, between))
  end

  -- A drawing, a style or a rule that is our own, as it is.
  function self.own(text)
    return new(text)
  end

  -- The page, to write.
  function self.page(m)
    return texts[m] or error(name .. " is expected, not plain text", 2)
  end

  return self
end

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }
local spaces = { ["\t"] = "&#9;", ["\n"] = "&#10;", ["\r"] = "&#13;" }

markup.html = language("HTML", function(text)
  return (medel.unbroken(visible(text, "\u{FFFD}"):gsub("\r\n?", "\n"), "\u{a0}"):gsub("[&<>\"']", entities))
end)

markup.xml = language("XML", function(text)
  return (visible(text, ""):gsub("[&<>\"']", entities):gsub("[\t\n\r]", spaces))
end)

-- Without brackets no link can begin; a sign that only means something first in a line is
-- escaped only there; and what some readers take for an address is parted by a backslash.
markup.markdown = language("Markdown", function(text)
  text = visible(text, "\u{FFFD}"):gsub("^[ \t\r\n]+", ""):gsub("[\n\r]+", " ")
  text = text:gsub("[\\`*_{}%[%]|<>&~#$]", "\\%0"):gsub("://", "\\://"):gsub("([Ww][Ww][Ww])%.", "%1\\.")
  return (text:gsub("^[+%-=:]", "\\%0"):gsub("^(%d+)([.)])%f[%s\0]", "%1\\%2"))
end)

-- rule: "---" or "---:" for each column
function markup.markdown_table(head, rule, rows)
  local md = markup.markdown
  local function row(cells)
    local out = {}
    for i = 1, #head do out[i] = cells[i] or "" end
    return md.form("| {} |", md.join(out, " | "))
  end
  local out = { row(head), md.own("|" .. table.concat(rule, "|") .. "|") }
  for _, cells in ipairs(rows) do out[#out + 1] = row(cells) end
  return md.join(out, "\n")
end

return markup
