-- gnuplot.lua: charts as SVG, drawn by gnuplot; nil where it is not installed.
local gnuplot = {}

local colours = { "#0b4f8a", "#b3541e", "#2f7d4f", "#7a4b99", "#8a6d00", "#3d7f8c", "#a33b5b", "#5c6670" }
gnuplot.colours = colours

local there
function gnuplot.available()
  if there == nil then
    local pipe = io.popen("gnuplot --version 2>/dev/null", "r")
    local text = pipe and pipe:read "a" or ""
    if pipe then pipe:close() end
    there = text:match "^gnuplot (%S+)" or false
  end
  return there
end

-- A text inside gnuplot's double quotes.
function gnuplot.quote(text)
  text = text:gsub("[%c\"\\`]", " "):gsub("[{}^_@&~]", "\\\\%0")
  return '"' .. text .. '"'
end

local drawn = 0
local longest, last_line = 120000, "MEDEL END"

-- How gnuplot writes a whole number that is to stand as 15 000: no locale needs to be there.
gnuplot.whole = "\u{e000}%.0f"

local function grouped(sign, digits)
  digits = digits:reverse():gsub("%d%d%d", "%0 "):reverse():gsub("^ ", ""):gsub(" ", "\u{a0}")
  return (sign == "-" and "−" or "") .. digits
end

-- The SVG of a script, its ids made its own, without scripts or links.
local function draw(script, width, height, font)
  script = table.concat {
    ("set encoding utf8\nset terminal svg size %d,%d dynamic enhanced font 'sans-serif,%d' background 'white'\n"):format(width, height, font),
    "set border 3 lc rgb '#666666'\nset tics nomirror\nset grid ytics lc rgb '#dddddd'\nset key top outside horizontal left\n",
    "set decimalsign ','\nset format y \"" .. gnuplot.whole .. "\"\n", script, "\n",
  }
  -- No text of a script has lines of its own, so none can end it; and a command has a longest.
  if #script > longest or ("\n" .. script):find("\n" .. last_line, 1, true) then return nil end
  local pipe = io.popen(("LC_ALL=C.UTF-8 gnuplot - 2>/dev/null <<'%s'\n%s%s\n"):format(last_line, script, last_line), "r")
  local svg = pipe and pipe:read "a" or ""
  local fine = pipe and pipe:close() -- a script that fails leaves an empty drawing
  svg = fine and svg:match "<svg.*</svg>"
  if not svg then return nil end
  drawn = drawn + 1
  local mark = "d" .. drawn .. "-"
  svg = svg:gsub("\u{e000}(%-?)(%d+)", grouped)
  svg = svg:gsub("<script.-</script>", ""):gsub("<desc>.-</desc>", ""):gsub("<title>.-</title>", "")
  svg = svg:gsub("<!%-%-.-%-%->", ""):gsub("%s+on%a+=([\"']).-%1", "")
  svg = svg:gsub('id="([^"]*)"', function(id) return ('id="%s%s"'):format(mark, id) end)
  svg = svg:gsub("id='([^']*)'", function(id) return ("id='%s%s'"):format(mark, id) end)
  svg = svg:gsub("href=(['\"])#", function(q) return "href=" .. q .. "#" .. mark end)
  svg = svg:gsub("%s+[%w-]+=([\"'])url%(.-%1", "") -- filters that the chart does without
  return (svg:gsub("%s+xmlns[:%w]*=([\"']).-%1", "")) -- HTML knows what svg is
end

-- A name in the key of a narrow drawing has room for so many letters; the table under it has all of them.
local function short_titles(plot)
  return (plot:gsub('title "([^"]*)"', function(text)
    if (utf8.len(text) or 0) <= 32 then return nil end
    return ('title "%s…"'):format((text:sub(1, utf8.offset(text, 31) - 1):gsub("[\\%s]+$", "")))
  end))
end

-- { wide, narrow }: for a page, and for a screen that one holds in the hand; nil if it cannot be drawn.
function gnuplot.draw(script, width, height)
  if not gnuplot.available() then return nil end
  local wide = draw(script, width or 620, height or 360, 14)
  -- a key beside the drawing, or above it in a row, has no room there
  local plot = script:find "\n?plot "
  local narrow = wide and draw(script:sub(1, plot - 1) .. "\nset key bmargin left vertical Left reverse maxcols 1\n" .. short_titles(script:sub(plot)), 350, (height or 360) + 60, 12)
  return wide and { wide, narrow or wide }
end

-- $name << EOD ... EOD
function gnuplot.data(name, rows)
  local out = { "$" .. name .. " << EOD" }
  for _, row in ipairs(rows) do out[#out + 1] = table.concat(row, " ") end
  out[#out + 1] = "EOD"
  return table.concat(out, "\n") .. "\n"
end

return gnuplot
