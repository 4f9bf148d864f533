-- texts.lua FILE: each line of FILE is a text in hex; prints it as a cell of CSV and as XML, in hex.
local csv = require "medel.writers.csv"
local xml = require("medel.markup").xml

local function hex(text)
  return (text:gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end
for line in io.lines((...)) do
  local text = line:gsub("%x%x", function(pair) return string.char(tonumber(pair, 16)) end)
  print(hex(csv.text(text)), hex(xml.page(xml.text(text))))
end
