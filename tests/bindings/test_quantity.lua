local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local kr, tkr, percent, count, number = medel.kr, medel.tkr, medel.percent, medel.count, medel.number

-- ---- making ----

check.test("makers are exact", function()
  for _, case in ipairs {
    { kr(12), 1200, 1 }, { kr "12,50", 1250, 1 }, { kr "0,005", 1, 2 }, { kr(-3), -300, 1 },
    { kr "−3,10", -310, 1 }, { kr "1 234,56", 123456, 1 }, { tkr(2), 200000, 1 },
    { tkr "1,5", 150000, 1 }, { percent(25), 1, 4 }, { percent "24,26", 1213, 5000 },
    { count(3), 3, 1 }, { number(7), 7, 1 }, { number "0,5", 1, 2 },
    { kr "3 tkr", 300000, 1 }, { kr(0), 0, 1 },
  } do
    local n, d = case[1]:parts()
    check.equal(n, case[2])
    check.equal(d, case[3])
  end
end)

check.test("makers say what they cannot make", function()
  for _, case in ipairs {
    { 12.5, "a number with decimals is not exact" }, { 1e3, "a number with decimals is not exact" },
    { true, "a whole number or a text" }, { {}, "a whole number or a text" },
    { math.maxinteger, "too large" }, { math.mininteger, "too large" },
    { "", "bad argument #1" }, { "abc", "bad argument #1" }, { "1e3", "bad argument #1" },
    { "0x10", "bad argument #1" }, { "1,2,3", "bad argument #1" }, { "12.5", "bad argument #1" },
    { "–", "bad argument #1" }, { "~", "bad argument #1" }, { "12\0", "bad argument #1" },
    { "5 %", "another unit" }, { "ca 5", "an exact number is expected" }, { "drygt 5", "an exact number" },
    { "4,5 av 5", "an exact number" },
  } do
    check.error(case[2], kr, case[1])
  end
  check.error("a whole number or a text", kr)
end)

-- ---- arithmetic ----

check.test("arithmetic keeps units", function()
  for _, case in ipairs {
    { kr(5) + kr(7), kr(12), "amount" }, { kr(5) - tkr(1), kr(-995), "amount" },
    { kr(5) / kr(20), percent(25), "share" }, { kr(200) * percent(25), kr(50), "amount" },
    { percent(25) * kr(200), kr(50), "amount" }, { kr(7) * 3, kr(21), "amount" },
    { 3 * kr(7), kr(21), "amount" }, { kr(7) / 2, kr "3,50", "amount" },
    { -kr(7), kr(-7), "amount" }, { kr(-7):abs(), kr(7), "amount" },
    { count(3) + count(4), count(7), "count" }, { count(3) / count(4), percent(75), "share" },
    { kr(100) / count(8), kr "12,50" / count(1), "amount_per_count" },
    { kr(100) / count(8) * count(8), kr(100), "amount" },
    { percent(10) + percent(5), percent(15), "share" },
    { number "0,5" * kr(9), kr "4,50", "amount" },
  } do
    check.yes(case[1] == case[2], tostring(case[1]) .. " is not " .. tostring(case[2]))
    check.equal(case[1]:unit(), case[3])
  end
  check.equal((kr(2) * kr(3)):unit(), "other")
end)

check.test("a third and its three thirds are exact", function()
  local third = kr(100) / 3
  check.yes(third + third + third == kr(100))
  check.error("not a whole number of öre", third.ore, third)
  check.equal(kr "12,34":ore(), 1234)
  check.error("has no öre", percent(5).ore, percent(5))
end)

check.test("units that do not fit are errors", function()
  for _, case in ipairs {
    { function() return kr(1) + percent(1) end, "units do not fit: an amount + a share or number" },
    { function() return kr(1) - count(1) end, "units do not fit: an amount - a count" },
    { function() return kr(1) < percent(1) end, "units do not fit: an amount < a share or number" },
    { function() return count(1) <= kr(1) end, "units do not fit: a count <= an amount" },
    { function() return kr(1) == percent(1) end, "units do not fit: an amount == a share or number" },
    { function() return medel.agrees(kr(1), count(1)) end, "units do not fit: an amount and a count" },
    { function() return medel.largest(kr(1), count(1)) end, "units do not fit" },
    { function() return kr(1) + 1 end, "a plain number has no unit: write kr(1)" },
    { function() return 1 - kr(1) end, "a plain number has no unit: write kr(1)" },
    { function() return kr(1) < 5 end, "a plain number has no unit: write kr(5)" },
    { function() return kr(1) * 0.5 end, "a number with decimals is not exact" },
    { function() return kr(1) / 0.5 end, "a number with decimals is not exact" },
    { function() return kr(1) + nil end, "not printed (nil)" },
    { function() return nil * kr(1) end, "not printed (nil)" },
    { function() return kr(1) + "5" end, "quantity expected, got string" },
    { function() return kr(1) + {} end, "quantity expected, got table" },
    { function() return kr(1) / kr(0) end, "division by zero" },
    { function() return kr(1) / 0 end, "division by zero" },
  } do
    check.error(case[2], case[1])
  end
end)

check.test("what does not exist is an error", function()
  for _, run in ipairs {
    function() return kr(1) .. "" end, function() return kr(1) // 2 end,
    function() return kr(1) % 2 end, function() return kr(1) ^ 2 end,
    function() return #kr(1) end, function() return kr(1)() end, function() return kr(1) & 1 end,
  } do
    check.yes(not pcall(run))
  end
  check.equal(kr(1).finns_inte, nil)
end)

check.test("too large is an error, not another number", function()
  local much = kr(90000000000000000 // 100)
  local ok, why = pcall(function()
    for _ = 1, 100 do much = much + much end
  end)
  check.yes(not ok)
  check.contains(why, "too large")
end)

check.test("comparisons are by value", function()
  check.yes(kr(1000) == tkr(1))
  check.yes(kr(999) < tkr(1))
  check.yes(tkr(1) >= kr(1000))
  check.yes(kr(1) ~= kr(2))
  check.yes(kr(0):is_zero() and not kr "0,01":is_zero())
  check.yes(medel.largest(kr(1), kr(3), kr(2)) == kr(3))
  check.yes(medel.smallest(kr(1), kr(-3), kr(2)) == kr(-3))
  check.error("quantity expected", medel.largest)
end)

-- ---- precision ----

check.test("agreement follows the printed precision", function()
  local ar = fixture.report()
  local receivables = ar.balansrakning.fordringar -- 12 in tkr: 11 500 to 12 500
  for _, case in ipairs {
    { kr(12000), "agree" }, { kr(12500), "agree" }, { kr(11500), "agree" },
    { kr(12501), "rounded" }, { kr(12999), "rounded" }, { kr(11001), "rounded" },
    { kr(11000), "differ" }, { kr(13000), "differ" }, { kr(-12000), "differ" },
  } do
    check.equal(medel.agreement(receivables, case[1]), case[2])
    check.equal(medel.agrees(receivables, case[1]), case[2] == "agree")
  end
  local low, high = receivables:bounds()
  check.yes(low == kr(11500) and high == kr(12500))
  low, high = (receivables + ar.balansrakning.kassa_och_bank):bounds()
  check.yes(low == kr(41950) and high == kr(43050))
  low, high = kr(5):bounds()
  check.yes(low == kr(5) and high == kr(5))
end)

-- ---- text ----

check.test("text is Swedish", function()
  for _, case in ipairs {
    { kr(1234567), nil, "1 234 567 kr" }, { kr(-5), nil, "−5 kr" }, { kr "12,50", nil, "12,50 kr" },
    { percent "24,26", nil, "24,26 %" }, { percent(5), nil, "5 %" }, { count(1200), nil, "1 200" },
    { kr(1234567), "tkr", "1 235 tkr" }, { kr(1234567), "tkr1", "1 234,6 tkr" },
    { kr(1234567), "mnkr2", "1,23 mnkr" }, { kr(1234567), "+kr", "+1 234 567 kr" },
    { kr(-1500), "tkr", "−2 tkr" }, { kr(1500), "tkr", "2 tkr" }, { kr(0), "+kr", "0 kr" },
    { kr(-400), "tkr", "0 tkr" }, { percent "24,26", "%1", "24,3 %" }, { percent(5), "+%", "+5 %" },
    { kr(-7), "+kr", "−7 kr" },
  } do
    local got = case[1]:text(case[2])
    check.equal((got:gsub("\194\160", " "):gsub("\226\128\175", " ")), case[3])
  end
  check.equal(tostring(kr(5)), kr(5):text())
  check.error("units do not fit: an amount written in '%'", kr(1).text, kr(1), "%")
  check.error("units do not fit: a share or number written in 'kr'", percent(1).text, percent(1), "kr")
  check.error("units do not fit: a count written in '%'", count(1).text, count(1), "%")
  check.error("unknown format 'sek'", kr(1).text, kr(1), "sek")
end)

check.test("a format that is nearly right is not taken for another", function()
  for _, format in ipairs { "krx", "tkr 1", "kr12", "%x", "%1x", "", "+", "++kr" } do
    check.error("format", kr(1).text, kr(1), format)
  end
end)

-- ---- lists ----

check.test("sums", function()
  check.equal(medel.sum {}, nil)
  check.yes(medel.sum { kr(1) } == kr(1))
  check.yes(medel.sum { kr(1), kr(2), tkr(1) } == kr(1003))
  check.error("units do not fit", medel.sum, { kr(1), count(1) })
  check.error("table expected", medel.sum, kr(1))
  check.error("quantity expected", medel.sum, { "5" })
  check.error("plain number has no unit", medel.sum, { kr(1), 5 })
end)

check.test("or_zero", function()
  check.yes(medel.or_zero(nil) == kr(0))
  check.yes(medel.or_zero(kr(5)) == kr(5))
  check.yes(medel.or_zero(percent(5)) == percent(5))
  check.error("quantity expected", medel.or_zero, 5)
  check.yes(medel.is_quantity(kr(1)) and not medel.is_quantity(1) and not medel.is_quantity(nil))
end)

-- ---- derivation ----

check.test("a value knows how it came about", function()
  local ar = fixture.report()
  local tree = ((ar.arets_resultat - kr(50)) / 2):named("halva"):derivation()
  check.equal(tree.op, "named")
  check.equal(tree.name, "halva")
  tree = tree.left
  check.equal(tree.op, "/")
  check.equal(tree.right.op, "constant")
  check.equal(tree.left.op, "-")
  check.equal(tree.left.left.op, "fact")
  check.equal(tree.left.left.fact.line, 20)
  check.yes(tree.left.left.value == kr(200))
  check.yes(tree.value == kr(75))
  check.equal(ar.arets_resultat:fact().row, "arets_resultat")
  check.equal((ar.arets_resultat + kr(1)):fact(), nil)
  check.equal(kr(1):fact(), nil)
end)

check.test("a computed subtotal derives from its rows", function()
  local tree = fixture.report().medlemsbidrag:derivation()
  check.equal(tree.op, "fact")
  check.equal(tree.fact.state, "computed")
  check.equal(tree.left.op, "+")
end)

check.test("a long sum keeps all its figures", function()
  local list = {}
  for i = 1, 400 do list[i] = kr(i) end
  local n, node = 1, medel.sum(list):derivation()
  while node.left do n, node = n + 1, node.left end
  check.equal(n, 400)
end)

local function size(node)
  return 1 + (node.left and size(node.left) or 0) + (node.right and size(node.right) or 0)
end

check.test("a derivation that doubles at every step is cut, not followed", function()
  local q = kr(0)
  for _ = 1, 60 do q = q + q end
  check.yes(size(q:derivation()) <= 10000)
  check.equal(q:fact(), nil)
end)

check.test("a derivation of a million steps is cut, not followed", function()
  local q = kr(0)
  for i = 1, 100000 do
    q = q + kr(1)
    if i % 5000 == 0 then q = (-q:named "x"):abs() end
  end
  check.yes(size(q:derivation()) <= 10000)
  check.yes(q == kr(100000))
end)

check.test("names are texts", function()
  check.error("string expected", kr(1).named, kr(1))
  check.yes(kr(1):named("x") == kr(1))
end)
