local medel = require "medel"
local check = require "check"

check.test("a figure compared with a plain number is refused", function()
  for _, line in ipairs {
    "if ar.arets_resultat == 0 then end", "if ar.arets_resultat ~= 0 then end",
    "if 0 == ar.arets_resultat then end", "if 0 ~= x then end", "return x==0", "return x==0.0",
    "return x == 0x0", "return x ~= 1e3", "return (x) == 0", "return f(x) == 0", "return t[1] == 0",
    "return bok:sum('30') == 0", "local s = bok:sum('30') return s == 0", "local list, n = avst:compare(x) return list == 0",
    "for _, konto in bok:rows() do if konto == 0 then end end", "return 0 == bok:sum('3')", "return kr(weekday(d)) == 7",
    "return ar.balansrakning.fordringar == 100", "return a - b == 0", "return x == -1",
    "return -x == 0", "return x == (0)", "return x == .5", "return not (x == 0)",
    "return x --[[ kommentar ]] == --[[ en till ]] 0", "return x ==\n 0", "return 0\n== x",
    "local n, m = 0, kr(0) return m == 0", "local n, m = f(1, 2), x return n == 2", "for a in each(x) do if a.b == 0 then end end",
    "return #t > 0 and x == 0", "return #a == #b and x == 0", "return ar.a / 2 == 0", "return 5 * x == 10",
    "return x.ar.belopp == 0", "local s = 'a\\z\n   b' return x == 0", "return x:abs() == 0", "return #t + ar:f(1) == 0", "return f(#t) == 0", "return t[#t] == 0", "return sum(t) ~= 0", "return ar.a == 0 and #t == 0",
  } do
    local why, at = medel.lint("local function check(ar, x, t, f, a, b)\n" .. line .. "\nend")
    check.yes(why, "accepted: " .. line)
    check.contains(why, "x:is_zero()")
    check.yes(at >= 2 and at <= 4)
  end
end)

check.test("numbers compared with numbers are accepted", function()
  for _, line in ipairs {
    "return #t == 0", "return #t ~= 1", "return 0 == #t", "return #ar.insatser == 0", "return n % 2 == 0",
    "return n // 2 == 1", "return 1 == 1", "local n = 0 n = n + 1 return n == 3", "local n = #t return n == 0",
    "for i = 1, 9 do if i == 2 then return end end", "for i = 1, #t do if 2 == i then return end end",
    "for i, x in ipairs(t) do if i == 1 then return x end end", "local n = 0 return 0 == n",
    "local a, b = 0, {} return a == 0", "local a, b = f(1, 2), 0 return b == 0", "return x.verifikationer == 0",
    "for _, k, b in x:rows() do if b == 0 then end end", "for k, i, s in x:balances(-1) do if s ~= 0 then end end",
    "return 'x == 0'", 'return "x == 0"', "return [[x == 0]]", "return [==[ ]] x == 0 ]==]",
    "-- x == 0", "--[[ x == 0\n x == 0 ]]", "--[==[ ]] x == 0 ]==]", "return 'it\\'s x == 0'",
    "return x == nil", "return x <= 0", "return x >= 0", "return x.unit == 'kr'", "return x = 0",
    "return x == y", "return x == kr(0)", "return ar.rakenskapsar == 2023", "return f.year == 2023",
    "return #t + 1 == 3", "return #ar.insatser.stod.delar == 2", "local n = utf8.len(s) return n == 3",
    "return 0 == n % 2", "return 'a\\z   x == 0'", "return u.ar == 2024",
    "return weekday(d) == 7", "return 7 == weekday(d)", "return string.byte(s) == 97", "return s:byte() == 97",
    "return bok:count { konto = '19' } == 0", "return bok:count'19' == 0", "local list, compared = avst:compare(ar, 'x') return compared == 0",
    "local n = bok:count() return n == 0", "local m = #t local k = m return k == 0", "return q:ore() == 100",
    "for _, antal, _, _, saknas in bok:series() do if saknas == 0 then end end", "return e.antal == 1", "return 0 == bok:count()",
    "return #ar:tables() == 0", "return #f(x) == 2", "return #t[1] == 0", "return #(x) == 0", "return #x:words('a b').list[i] ~= 3",
    "return f.decimals == 0", "return 2023 == ar.rakenskapsar", "return c.year ~= 2022", "return ar.sektor[2].rakenskapsar == 2022",
  } do
    local why = medel.lint("local function check(ar, x, t, n, y, f, c)\n" .. line .. "\nend")
    check.yes(not why, ("refused: %s (%s)"):format(line, tostring(why)))
  end
end)

check.test("the line is right after comments, strings and blank lines", function()
  local why, line = medel.lint('-- a\n--[[ b\n c ]]\nlocal s = [[\n\n]]\nlocal t = "x\\\ny"\n\nreturn x == 0')
  check.yes(why)
  check.equal(line, 10)
end)

check.test("sources that are no rule at all", function()
  for _, case in ipairs {
    { "\27Lua", "binary chunks are refused" }, { ("-"):rep(70000), "the file is larger than 64 KiB" },
  } do
    check.equal(medel.lint(case[1]), case[2])
  end
  for _, source in ipairs { "", "\0\0\0", "[[", "--[==[", "'", '"\\', "\255\254", "==", "== 0", "x == ", "#",
                            "~= ~= ~=", ("=="):rep(30000), ("("):rep(60000) } do
    medel.lint(source) -- must only end
  end
end)
