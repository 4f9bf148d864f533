local medel = require "medel"
local check = require "check"
local json = medel.json

check.test("values", function()
  for _, case in ipairs {
    { {}, "[]" }, { { 1, 2 }, "[1, 2]" }, { { a = 1 }, '{"a": 1}' }, { "å", '"å"' }, { true, "true" },
    { false, "false" }, { medel.null, "null" }, { { medel.null }, "[null]" }, { 5, "5" }, { -1, "-1" },
    { math.maxinteger, "9223372036854775807" }, { math.mininteger, "-9223372036854775808" },
    { { a = {}, b = { c = { 1 } } }, '{"a": [], "b": {"c": [1]}}' }, { "", '""' },
    { { [""] = 1 }, '{"": 1}' },
  } do
    check.equal(json(case[1], true), case[2])
  end
  check.equal(json({ a = { 1 } }), '{\n  "a": [\n    1\n  ]\n}')
end)

check.test("keys are sorted", function()
  for _ = 1, 20 do
    local t = {}
    for i = 1, 60 do t["k" .. (i * 7919 % 61)] = i end
    local last, n = "", 0
    for key in json(t, true):gmatch '"(k%d+)"' do
      check.yes(key > last)
      last, n = key, n + 1
    end
    check.equal(n, 60)
  end
end)

check.test("control characters and quotes are escaped", function()
  local all = {}
  for i = 0, 127 do all[#all + 1] = string.char(i) end
  local text = json(table.concat(all), true)
  check.yes(not text:find "[%z\1-\31]")
  check.contains(text, "\\u0000")
  check.contains(text, "\\n")
  check.contains(text, '\\"')
  check.contains(text, "\\\\")
end)

check.test("what is not UTF-8 is refused", function()
  for _, bad in ipairs { "\xff", "\xc3", "a\xc3\x28", "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80", "\xe2\x82" } do
    check.error("a text is not UTF-8", json, bad)
    check.error("a text is not UTF-8", json, { a = { bad } })
    check.error("a key is not UTF-8", json, { [bad] = 1 })
  end
end)

check.test("what has no exact form is refused", function()
  for _, case in ipairs {
    { 1.5, "a number with decimals is not exact" }, { 1 / 0, "not exact" }, { 0 / 0, "not exact" },
    { 2.0, "not exact" }, { print, "only texts, whole numbers" }, { medel.kr(1), "only texts, whole numbers" },
    { nil, "only texts" }, { { [1.5] = 1 }, "both numbered and named" }, { { [2] = 1 }, "numbered" },
    { { 1, a = 2 }, "both numbered and named" }, { { a = 1, [3] = 1 }, "both numbered and named" },
    { { 1, 2, nil, 4 }, "" }, { { [true] = 1 }, "" }, { { ["a\0b"] = 1 }, "key" },
  } do
    check.error("json: ", json, case[1])
    check.error(case[2], json, case[1])
  end
  local loop = {}
  loop[1] = loop
  check.error("nested too deep", json, loop)
  loop = {}
  loop.a = loop
  check.error("nested too deep", json, loop)
end)

check.test("sha256", function()
  check.equal(medel.sha256 "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  check.equal(medel.sha256 "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  check.equal(medel.sha256 "a\0b" == medel.sha256 "a", false)
end)

check.test("files", function()
  local list = medel.files("tests/bindings", ".yaml")
  check.same(list, { "tests/bindings/norms.yaml", "tests/bindings/report.yaml" })
  check.error("cannot list the folder finns/inte", medel.files, "finns/inte")
  check.same(medel.files("tests/bindings", ".finns-inte"), {})
  check.yes(medel.is_folder "tests" and not medel.is_folder "Makefile" and not medel.is_folder "finns-inte")
  check.yes(medel.is_absent "finns/inte" and not medel.is_absent "tests")
  check.yes(medel.same_file("tests", "./tests/.") and not medel.same_file("tests", "core"))
  check.error("zero byte", medel.write_file, "a\0b", "x")
  local ok, reason = medel.write_file("finns/inte", "x")
  check.equal(ok, nil)
  check.contains(reason, "cannot write finns/inte")
  ok, reason = medel.write_file("Makefile", "x")
  check.equal(ok, nil)
  check.contains(reason, "already there")
  local text, why = medel.read_file "finns-inte"
  check.equal(text, nil)
  check.contains(why, "finns-inte")
  for _, path in ipairs { "tests", "/dev/zero", "/dev/null", "" } do
    text, why = medel.read_file(path)
    check.equal(text, nil)
    check.yes(type(why) == "string")
  end
end)
