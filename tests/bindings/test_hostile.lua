-- Rules that mean harm, where the host reads what they left; tests/sandbox has the others.
local medel = require "medel"
local check = require "check"
local fixture = require "fixture"

local broken, finding = "broken", "finding"

-- A check that returns when not even the host's own look at its result fits in its memory
-- any more: what would have to be collected is held by the finding.
check.test("hostile: memory that is nearly out", function()
  local body = [[local f, s = finding("kvar", { x = kr(1) }), "x"
    for i = 1, 19 do s = s .. s end
    f.s, f.t, f.u, f.ar, f.p = s, s:sub(1, %d), s:sub(2, 150000), ar, p
    return f]]
  local ar = fixture.report()
  local function outcome(n)
    local runner = medel.runner { parameters = fixture.parameters, memory_mb = 1, time_ms = 600000 }
    assert(runner:load("ond.lua", fixture.rule(body:format(n))))
    return runner:run(ar)[1].outcome
  end
  local low, high = 1, 500000
  check.equal(outcome(low), finding)
  check.equal(outcome(high), broken)
  while high - low > 1 do
    local middle = (low + high) // 2
    if outcome(middle) == finding then low = middle else high = middle end
  end
  for n = low - 96, low, 4 do check.equal(outcome(n), finding) end
end)

check.test("what goes to a terminal keeps its lines and shows the rest", function()
  for text, want in pairs {
    [""] = "", ["å − ö\n\ttvå\n"] = "å − ö\n\ttvå\n", ["\27[2J\r\n"] = "\\x1b[2J\\x0d\n",
    ["a\u{202E}b\u{200B}"] = "a\\xe2\\x80\\xaeb\\xe2\\x80\\x8b", ["\xFF\0\xC3"] = "\\xff\\x00\\xc3",
  } do
    check.equal(medel.printable(text), want)
  end
end)

check.test("a line ends in no amount, and before no word but one that has no room", function()
  for text, want in pairs {
    [""] = "", ["  ett\n två  "] = "ett två", ["ordet längre än raden"] = "ordet längre|än raden",
    ["högst 7 000 000 kr"] = "högst|7 000 000 kr", ["se strad 5 kap."] = "se strad|5 kap.",
    ["i KL 11 kap. 5 §"] = "i KL 11 kap.|5 §", ["det är 2 krona"] = "det är 2|krona", ["på  rad 12"] = "på rad 12",
    ["allra högst rad 12"] = "allra högst|rad 12", ["a\0b \xFF"] = "a b \xFF",
  } do
    check.equal(table.concat(medel.lines(text, 12), "|"), want)
  end
  check.equal(table.concat(medel.lines("ett två", 7, 1), "|"), "ett|två")
  for text, n in pairs { [""] = 0, ["en två trettio"] = 7, ["å\tää\n öö "] = 2, ["\xff\xff\xff a"] = 3 } do
    check.equal(medel.widest(text), n)
  end
  check.equal(medel.unbroken("10 kap. 5 §, 24,6 \n %", "~"), "10~kap. 5~§, 24,6~%")
end)
