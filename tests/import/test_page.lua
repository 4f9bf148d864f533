-- test_page.lua: on the review page a figure of running text has its box, where it stands on the page.
package.path = "tests/bindings/?.lua;" .. package.path
local check = require "check"
local medel = require "medel"
local read = require "medel.import.read"
local page = require "medel.import.page"
local taxonomy = require("medel.workspace").taxonomy()

-- Words of ten points each and a blank of two, from the left margin; turned: the page is, a quarter to the left.
local function words(lines, turned)
  local out = { '<doc><page width="400.0" height="600.0">' }
  for i, line in ipairs(lines) do
    local x = 40
    for word in line:gmatch "%S+" do
      local x0, x1, y0, y1 = x, x + 10, 40 + 12 * i, 50 + 12 * i
      if turned then x0, x1, y0, y1 = y0, y1, 600 - x1, 600 - x0 end
      out[#out + 1] = ('<word xMin="%d" yMin="%d" xMax="%d" yMax="%d">%s</word>'):format(x0, y0, x1, y1, word)
      x = x + 12
    end
  end
  return table.concat(out) .. "</page></doc>"
end

local function boxes(lines, turned)
  local document = assert(medel.document_boxes(words(lines, turned)))
  local m = read.import(taxonomy, { document = document, kind = "boxes", paged = true, name = "r.pdf", path = "r.pdf", sha256 = "" }, { year = 2023 })
  local by = {}
  for name, box in page.make(m):gmatch 'data%-plats="text"[^>]- data%-etikett="([^"]*)"[^>]- data%-ruta="([^"]*)"' do by[name] = box end
  return by
end

-- Left, upper, width, height in percent of the page, two points wider on each side.
local function around(x0, y0, x1, y1)
  local function percent(v, whole) return ("%d.%02d"):format(v * 10000 // whole // 100, v * 10000 // whole % 100) end
  return table.concat({ percent(x0 - 2, 400), percent(y0 - 2, 600), percent(x1 - x0 + 4, 400), percent(y1 - y0 + 4, 600) }, " ")
end

check.test("a figure in the middle of a line, and one of two words on the next", function()
  local by = boxes { "I insatsen Bron deltog 41 personer under året och", "den kostade ungefär 215 000 kr mer än väntat." }
  check.equal(by["41"], around(88, 52, 98, 62))
  for name, box in pairs(by) do if name:find "215" then check.equal(box, around(76, 64, 110, 74)) end end
end)

check.test("a figure that is divided between two lines has the box of its beginning", function()
  local by = boxes { "Den insats som heter Bron kostade under hela året 215", "000 kr mer än väntat." }
  for name, box in pairs(by) do if name:find "215" then check.equal(box, around(148, 52, 158, 62)) end end
  check.yes(next(by))
end)

check.test("on a page that is turned", function()
  local by = boxes({ "I insatsen Bron deltog 41 personer under året och", "den kostade ungefär 3 gånger mer än väntat." }, true)
  check.equal(by["41"], around(52, 502, 62, 512))
end)

if check.failed > 0 then os.exit(1) end
