-- picture.lua: a page of a PDF as others show it.
local medel = require "medel"
local base64 = require "medel.base64"

local picture = {}

-- Page n of the file at path as a PNG in base64; nil where it cannot be drawn.
function picture.of(path, n)
  local png = medel.read_in_child and medel.read_in_child(
    { "pdftoppm", "-cropbox", "-r", "80", "-png", "-f", tostring(n), "-l", tostring(n), "-" }, path)
  return png and png:find "^\x89PNG" and base64.of(png) or nil
end

return picture
