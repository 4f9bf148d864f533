-- terminal.lua: colour only where it is seen, text that cannot drive the terminal.
local medel = require "medel"

local terminal = {}

local codes = { red = "31", yellow = "33", blue = "34", green = "32", bold = "1", dim = "2" }
local colour = medel.isatty(1) and not os.getenv "NO_COLOR" and os.getenv "TERM" ~= "dumb"

-- What stands before a colour until it is written: no text from outside can know it.
local mark = ("\27%p "):format(codes)

-- How wide a line may be: the window's width where there is one, within what reads well; else 80.
local columns = math.max(40, math.min(120, medel.columns(1) or 80))

function terminal.columns() return columns end

-- How a command was asked to print: colour "always" or "never", a line's width.
function terminal.prepare(when, width)
  if when == "always" then colour = true elseif when == "never" then colour = false end
  columns = width or columns
end

function terminal.paint(style, text)
  if not colour then return text end
  return ("%s%sm%s%s0m"):format(mark, codes[style], text, mark)
end

-- Control characters, direction marks, what cannot be seen, and bytes that are no UTF-8 are
-- shown, not sent.
terminal.safe = medel.printable

local caught

-- Keep what is complained about instead of printing it; returns what was kept.
function terminal.catch(on)
  local text = caught and table.concat(caught)
  caught = on and {} or nil
  return text
end

-- An error as a reader wants it: without the place in the program's own scripts.  What Lua
-- itself says is a fault of theirs.
function terminal.reason(why)
  local text = type(why) == "string" and why or "an error that is no text"
  local bare, n = text:gsub("%[medel%.[%w_.]+%]:%d+: ", "")
  if n > 0 and (bare:find "attempt to " or bare:find "bad argument #") and not os.getenv "MEDEL_TRACE" then
    return "an error in the program itself: " .. bare
  end
  return os.getenv "MEDEL_TRACE" and text or bare
end

-- Say what went wrong; what it is about may be called anything.
function terminal.complain(...)
  local text = terminal.safe(terminal.reason(table.concat { ... }))
  if caught then caught[#caught + 1] = text else io.stderr:write(text) end
end

-- Why a command could not do what it was asked: diagnostics of a file as they are, which have
-- their place; anything else with the command's name before it.
function terminal.complain_of(command, why)
  why = terminal.reason(tostring(why))
  if why:find "^[^\n]-:%d+: " or ("\n" .. why):find "^\n[^\n]-%f[%a]error: " then
    terminal.complain(why, why:find "\n$" and "" or "\n")
  else
    terminal.complain("medel ", command, ": ", why, why:find "\n$" and "" or "\n")
  end
end

-- What is printed for a reader leaves here: of control characters only line ends, tabs and the
-- colours of paint pass.
function terminal.write(text)
  local at = 1
  for from, code, to in (colour and text or ""):gmatch("()" .. mark .. "(%d+)m()") do
    io.stdout:write(terminal.safe(text:sub(at, from - 1)), "\27[", code, "m")
    at = to
  end
  io.stdout:write(terminal.safe(text:sub(at)))
end

terminal.width = medel.width

-- What stands in a column is one line.
local function on_one_line(text)
  return text:find "[\n\t]" and text:gsub("[\n\t]", " ") or text
end

function terminal.pad(text, width)
  return on_one_line(text) .. (" "):rep(width - terminal.width(text))
end

function terminal.pad_left(text, width)
  return (" "):rep(width - terminal.width(text)) .. on_one_line(text)
end

-- The words of a text in lines of at most a width; the first has less of it.
terminal.lines = medel.lines

-- 'before' and a text after it, broken where the line ends; later lines begin at 'indent'.
function terminal.fill(before, text, indent)
  local lines = medel.lines(text, columns - indent, terminal.width(before) - indent)
  return before .. table.concat(lines, "\n" .. (" "):rep(indent))
end

return terminal
