local medel = require "medel"
local check = require "check"

check.test("plain tables, every value a text", function()
  check.same(medel.yaml "a: 1\nb: [x, 'y', 1.5]\nc: { d: true, e: 2024-01-01 }\n",
    { a = "1", b = { "x", "y", "1.5" }, c = { d = "true", e = "2024-01-01" } })
  local t = medel.yaml "a: ~\nb:\nc: '~'\nd: ''\ne: null\n"
  check.equal(t.a, medel.null)
  check.equal(t.b, medel.null)
  check.equal(t.c, "~")
  check.equal(t.d, "")
  check.equal(t.e, "null")
  check.equal(medel.yaml "bara text", "bara text")
  check.same(medel.yaml "[]", {})
  check.same(medel.yaml "- 1\n- [2, [3]]\n", { "1", { "2", { "3" } } })
  check.equal(medel.yaml("a: |\n  x\n  y\n").a, "x\ny\n")
end)

check.test("what is refused, with its place", function()
  for _, case in ipairs {
    { "a: [", "n.yaml:" }, { "a: 1\na: 2\n", "n.yaml:2:1" }, { "a: &x 1\nb: *x\n", "n.yaml:1:4" },
    { "a: !!int 5\n", "n.yaml:1:4" }, { "a: 1\n---\nb: 2\n", "n.yaml:" }, { "%YAML 1.2\n---\na: 1\n", "n.yaml:1" },
    { "a: \xff\n", "n.yaml:1:4" }, { "a: 1\n\tb: 2\n", "n.yaml:2:" }, { ("["):rep(100), "n.yaml:1:65" },
    { "a: \"\\e[2J\"\n", "n.yaml:1" }, { "a: \"x\\0y\"\n", "n.yaml:1" }, { "", "n.yaml:" },
    { "? [a, b]\n: 1\n", "n.yaml:1" },
  } do
    local value, why = medel.yaml(case[1], "n.yaml")
    check.equal(value, nil)
    check.contains(why, case[2])
    check.yes(not why:find "[%z\1-\9\11-\31]", "a control character in " .. why)
  end
end)

check.test("a hundred thousand brackets end at once", function()
  for _, text in ipairs { ("["):rep(100000), ("{a: "):rep(20000), ("- "):rep(10000), ("? "):rep(10000) } do
    check.equal((medel.yaml(text)), nil)
  end
end)

check.test("where keys and items stand", function()
  local root, places = medel.yaml("a: 1\nb:\n  - { c: 2 }\n  - d\n")
  check.same(places[root], { a = "1:1", b = "2:1" })
  check.same(places[root.b], { "3:5", "4:5" })
  check.equal(places[root.b[1]].c, "3:7")
end)
