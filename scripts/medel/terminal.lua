-- terminal.lua: colour only where it is seen, text that cannot drive the terminal.
local medel = require "medel"
local unbroken = require "medel.unbroken"

local terminal = {}

local codes = { red = "31", yellow = "33", blue = "34", green = "32", bold = "1", dim = "2" }
local colour = medel.isatty(1) and not os.getenv "NO_COLOR" and os.getenv "TERM" ~= "dumb"

function terminal.use_colour(when)
  if when == "always" then colour = true elseif when == "never" then colour = false end
end

function terminal.paint(style, text)
  if not colour then return text end
  return ("\27[%sm%s\27[0m"):format(codes[style], text)
end

-- Control characters and direction marks of a report's text are shown, not sent.
function terminal.safe(text)
  text = text:gsub("[%z\1-\8\11-\31\127]", function(c) return ("\\x%02x"):format(c:byte()) end)
  text = text:gsub("\226\128[\142\143\170-\174]", "?"):gsub("\226\129[\166-\169]", "?")
  return (text:gsub("\194[\128-\159]", "?"))
end

-- Say what went wrong; what it is about may be called anything.
function terminal.complain(...)
  io.stderr:write(terminal.safe(table.concat { ... }))
end

function terminal.width(text)
  return utf8.len(text) or #text
end

function terminal.pad(text, width)
  return text .. (" "):rep(width - terminal.width(text))
end

function terminal.pad_left(text, width)
  return (" "):rep(width - terminal.width(text)) .. text
end

function terminal.wrap(text, width, indent)
  local lines, line = {}, ""
  for word in unbroken(text, "\0"):gmatch "[^ \n]+" do
    word = word:gsub("%z", " ")
    if line ~= "" and terminal.width(line) + 1 + terminal.width(word) > width then
      lines[#lines + 1] = line
      line = word
    else
      line = line == "" and word or line .. " " .. word
    end
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n" .. (" "):rep(indent))
end

return terminal
