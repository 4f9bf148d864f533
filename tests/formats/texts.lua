-- texts.lua FILE: each line of FILE is a text in hex; prints it as a cell of CSV, as XML, HTML
-- and Markdown, and as a terminal gets it, in hex.
local csv = require "medel.csv"
local markup = require "medel.markup"
local terminal = require "medel.terminal"

local function hex(text)
  return (text:gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end
for line in io.lines((...)) do
  local text = line:gsub("%x%x", function(pair) return string.char(tonumber(pair, 16)) end)
  print(hex(csv.line({ csv.text(text) }):sub(1, -3)), hex(markup.xml.page(markup.xml.text(text))),
    hex(markup.html.page(markup.html.text(text))), hex(markup.markdown.page(markup.markdown.text(text))),
    hex(terminal.safe(text)))
end
