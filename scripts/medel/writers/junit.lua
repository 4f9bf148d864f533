-- junit.lua: a suite per report and a case per rule, for what shows test results.
local medel = require "medel"
local plain = require "medel.writers.plain"
local words = require "medel.writers.words"

local junit = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;",
                   ["\t"] = "&#9;", ["\n"] = "&#10;", ["\r"] = "&#13;" }

-- All text goes through here, in attributes and between tags.  What XML 1.0 cannot hold, and
-- the control characters that it can, are removed.
function junit.escape(text)
  text = plain.utf8(text):gsub("[\0-\8\11\12\14-\31\127]", ""):gsub("\u{C2}[\u{80}-\u{9F}]", "")
  return (text)
end

return junit
