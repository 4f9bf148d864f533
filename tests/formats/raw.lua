-- A plain text, or what is marked up for another format, is refused wherever it would become part of
-- what is written.
local csv = require "medel.csv"
local markup = require "medel.markup"

local n = 0
local function refused(f, ...)
  n = n + 1
  assert(not pcall(f, ...), "number " .. n .. " is taken")
end

for name, one in pairs(markup) do
  if type(one) == "table" then
    local marked = one.text "<b>"
    refused(one.page, "<b>")
    refused(one.page, setmetatable({ "<b>" }, { __index = marked }))
    refused(function() return "<b>" .. marked end)
    refused(function() return marked .. "<b>" end)
    refused(tostring, marked)
    refused(setmetatable, marked, {})
    for _, other in pairs(markup) do
      if type(other) == "table" and other ~= one then
        refused(one.page, other.text "<b>")
        refused(one.text, other.text "<b>")
      end
    end
  end
end
local cell = csv.text "=cmd"
refused(csv.line, { "=cmd" })
refused(csv.line, { cell, 1 })
refused(csv.line, { { "=cmd" } })
refused(function() return cell .. "=cmd" end)
refused(tostring, cell)
refused(csv.whole, "=cmd")
refused(csv.kronor, "=cmd")
refused(csv.number, "=cmd")

-- A colour is what the program painted, and no text's own.
local terminal = require "medel.terminal"
local stdout, written = io.stdout, {}
io.stdout = { write = function(_, ...) for _, text in ipairs { ... } do written[#written + 1] = text end end }
terminal.prepare "always"
terminal.write(terminal.paint("red", "a\27[32mb") .. "\27[0m")
io.stdout = stdout
assert(table.concat(written) == "\27[31ma\\x1b[32mb\27[0m\\x1b[0m", table.concat(written))
print(n .. " refused")
