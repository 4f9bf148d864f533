local medel = require "medel"
local check = require "check"
local fixture = require "fixture"
local kr = medel.kr

-- ---- outcomes ----

check.test("four outcomes", function()
  check.equal(fixture.run("return nil").outcome, "passed")
  check.equal(fixture.run("return").outcome, "passed")
  check.equal(fixture.run("return finding('Fel.')").outcome, "finding")
  local o = fixture.run("return not_applicable('inget att pröva')")
  check.equal(o.outcome, "not_applicable")
  check.equal(o.missing, "inget att pröva")
  o = fixture.run("error('oj')")
  check.equal(o.outcome, "broken")
  check.equal(o.error, "prov.lua:2: oj")
end)

check.test("what a check may not return", function()
  for _, body in ipairs { "return 5", "return 'fel'", "return true", "return { 5 }", "return ar",
                          "return { finding('x'), 'y' }", "return { not_applicable('x') }", "return function() end", "return kr(1)" } do
    local o = fixture.run(body)
    check.equal(o.outcome, "broken")
    check.contains(o.error, "check must return nothing, a finding")
  end
  check.equal(fixture.run("return {}").outcome, "passed")
end)

check.test("a finding that is made and not returned is no pass", function()
  for body, said in pairs {
    ["finding('Fel.')"] = "1 of the findings that were made is not returned",
    ["finding('a') finding('b') return nil"] = "2 of the findings that were made are not returned",
    ["local list = { finding('a') } finding('b') return list"] = "1 of the findings",
    ["finding('a') return not_applicable('x')"] = "1 of the findings",
  } do
    local o = fixture.run(body)
    check.equal(o.outcome, "broken")
    check.contains(o.error, said)
  end
  check.equal(#fixture.run("return { finding('a'), finding('b') }").findings, 2)
  local out = fixture.run("local out = {} for i = 1, 3 do out[#out + 1] = finding('{i}', { i = i }) end return out")
  check.equal(#out.findings, 3)
end)

check.test("a need that is not printed", function()
  local o = fixture.run("error('ska inte köras')", { fields = 'needs = { "arets_resultat", "soliditet" },' })
  check.equal(o.outcome, "not_applicable")
  check.equal(o.missing, "Soliditet saknas")
  o = fixture.run("return nil", { fields = 'needs = { "kommande.budget.eget_kapital" },' })
  check.contains(o.missing, "nästa år i budget saknas")
  o = fixture.run("return nil", { fields = 'needs = { "resultatrakning.avskrivningar" },' })
  check.equal(o.missing, "Avskrivningar saknas")
  o = fixture.run("return nil", { fields = 'needs = { "driftredovisning.egen.netto" },' })
  check.equal(o.outcome, "passed")
  o = fixture.run("return nil", { fields = 'needs = { "arets_resultt" },' })
  check.equal(o.outcome, "broken")
  check.contains(o.error, "did you mean 'arets_resultat'")
end)

check.test("a need of records: one with all of it", function()
  local function with(text) return fixture.report("medel: 1\nrakenskapsar: 2023\n" .. text) end
  local both = with "insatser: { a: { namn: A, typ: individ, budget: 1 kr }, b: { namn: B, typ: individ, budget: 2 kr, utfall: 3 kr } }\n"
  local apart = with "insatser: { a: { namn: A, typ: individ, budget: 1 kr, utfall: – }, b: { namn: B, typ: individ, utfall: 3 kr } }\n"
  local function need(name, ar) return fixture.run("return nil", { fields = ("needs = { %q },"):format(name), ar = ar }) end
  check.equal(need("insatser[budget, utfall]", both).outcome, "passed")
  check.equal(need("insatser[ budget ]", apart).outcome, "passed")
  check.equal(need("insatser[budget, utfall]", apart).missing, "Insatser: ingen har både Budget och Utfall")
  check.equal(need("insatser[kvinnor,man,annat_kon]", both).missing, "Insatser: ingen har Kvinnor, Män och Annat eller okänt")
  check.equal(need("insatser[budget]", with "").missing, "Insatser saknas")
  check.contains(need("insatser[budget]", with "ej_inskrivet: [insatser]\n").missing, "står inte i filen än")
  check.equal(need("indikatorer[positivt]", with "indikatorer: [{ nr: 1, positivt: 5 % }]\n").outcome, "passed")
  for name, said in pairs { ["insatser[budge]"] = "insatser has no field 'budge'", ["insatser[]"] = "names no field",
                            ["insatser[budget"] = "names no section of records", ["resultatrakning[budget]"] = "names no section of records",
                            ["[budget]"] = "names no section of records",
                            ["insatser[budget,utfall,budget,utfall,budget,utfall,budget,utfall,budget]"] = "names more than 8 fields" } do
    local o = need(name, both)
    check.equal(o.outcome, "broken")
    check.contains(o.error, said)
  end
end)

-- ---- findings ----

check.test("a finding carries its message, values and place", function()
  local f = fixture.run([[
    local d = ar.eget_kapital - ar.arets_resultat
    return finding("Kvar {d:tkr1}, {d}, {n} och {t}.", { d = d, n = 3, t = "text" },
      { level = "error", recommendation = "Gör om.", at = ar.arets_resultat })]]).findings[1]
  check.equal(f.message, "Kvar 19,8 tkr, 20 tkr, 3 och text.")
  check.equal(f.level, "error")
  check.equal(f.recommendation, "Gör om.")
  check.equal(f.file, "report.yaml")
  check.equal(f.line, 20)
  check.equal(f.table, "resultatrakning")
  check.equal(#f.evidence, 2)
  check.equal(f.evidence[1].row, "eget_kapital")
  check.yes(f.values.d == kr(19800))
  check.equal(f.values.d:derivation().right.fact.row, "arets_resultat")
  check.equal(f.values.n, nil)
end)

check.test("without `at` a finding stands at the first figure read", function()
  local f = fixture.run("local x = ar.arets_resultat, ar.eget_kapital return finding('x')").findings[1]
  check.equal(f.line, 20)
  f = fixture.run("return finding('x')").findings[1]
  check.equal(f.line, 1)
  check.equal(f.file, "report.yaml")
end)

check.test("a finding can stand at a record, row, table, column, fact or field", function()
  for at, line in pairs {
    ["ar.insatser.utan"] = 64, ["ar.driftredovisning.egen"] = 35, ["ar.balansrakning"] = 23,
    ["ar.balansrakning:columns()[2]"] = 23, ["ar:facts({ table = 'prognoser' })[1]"] = 73,
    ["'insatser.stod.nojdhet'"] = 57, ["'insatser.utan'"] = 64, ["'redovisningsprinciper'"] = 49,
  } do
    local o = fixture.run("return finding('x', nil, { at = " .. at .. " })")
    check.equal(o.findings and o.findings[1].line or o.error, line)
  end
end)

check.test("evidence is what was read, each figure once", function()
  local f = fixture.run([[
    local a, b = ar.arets_resultat + ar.arets_resultat, ar.foregaende.arets_resultat
    local c = ar.driftredovisning.egen.netto
    return finding("x")]]).findings[1]
  local rows = {}
  for i, fact in ipairs(f.evidence) do rows[i] = fact.row .. fact.year end
  check.same(rows, { "arets_resultat2023", "arets_resultat2022", "egen2023" })
end)

check.test("of many figures each is evidence once, however often it is read", function()
  local function read(times)
    local f = fixture.run(([[
      for _ = 1, %d do
        for t in each(ar:tables()) do
          for rad in t:rows() do pcall(function() return rad.belopp end) end
        end
      end
      return finding("x")]]):format(times), { ar = fixture.example "sydnarke" }).findings[1]
    local seen = {}
    for _, fact in ipairs(f.evidence) do
      check.equal(seen[fact.index], nil)
      seen[fact.index] = true
    end
    return #f.evidence + (f.left_out or 0)
  end
  local once = read(1)
  check.equal(once > 32, true)
  check.equal(read(3), once)
end)

check.test("a figure that another rule read before is evidence all the same", function()
  local runner = medel.runner {}
  for i = 1, 3 do
    assert(runner:load("a.lua", ([[return rule { id = "X-%d", title = "x", ground = "x", level = "note",
      check = function(ar)
        local b = ar.balansrakning
        local twice = b.fordringar and b.fordringar or ar.eget_kapital
        if b.kortfristiga_skulder == nil and b.kortfristiga_skulder == nil then return finding("x") end
      end }]]):format(i)))
  end
  for _ = 1, 2 do
    for _, o in ipairs(runner:run(fixture.report())) do
      check.equal(#o.findings[1].evidence, 1)
      check.equal(o.findings[1].evidence[1].row, "fordringar")
    end
  end
end)

check.test("parameters used are named", function()
  local f = fixture.run([[return finding("{a}", { a = p.avgift.full * ar.arets_resultat })]]).findings[1]
  check.equal(#f.parameters, 1)
  check.equal(f.parameters[1].id, "avgift.full")
  check.equal(f.parameters[1].source, "Gällande")
end)

check.test("overrides choose the norm", function()
  local body = [[return finding("{t}", { t = p.tak.eget_kapital(ar.medlemsbidrag) })]]
  check.equal(fixture.run(body).findings[1].message, "200 kr")
  check.equal(fixture.run(body, { overrides = { ["tak.eget_kapital"] = "rak" } }).findings[1].message, "250 kr")
  check.error("overrides must be names", medel.runner, { overrides = { 5 } })
end)

check.test("a list of findings keeps its order, each with its own evidence", function()
  local o = fixture.run([[
    local list = {}
    for row in ar.driftredovisning:rows() do
      table.insert(list, finding("{n}", { n = row.netto }, { at = row }))
    end
    return list]])
  check.equal(o.outcome, "finding")
  local messages = {}
  for i, f in ipairs(o.findings) do
    messages[i] = f.message
    check.equal(#f.evidence, 1)
  end
  check.same(messages, { "700 kr", "−500 kr", "200 kr" })
end)

check.test("misuse of finding is said", function()
  for body, part in pairs {
    ["return finding()"] = "bad argument #1 to 'finding'",
    ["return finding('x', 5)"] = "bad argument #2 to 'finding'",
    ["return finding('x', {}, 5)"] = "bad argument #3 to 'finding'",
    ["return finding('{x}')"] = "the message names {x}, which is nil",
    ["return finding('{x}', { x = {} })"] = "the message names {x}, which is table",
    ["return finding('{x}', { x = 1.5 })"] = "the message names {x}, which is number",
    ["return finding('{x:sek}', { x = kr(1) })"] = "unknown format 'sek'",
    ["return finding('{x:%}', { x = kr(1) })"] = "units do not fit",
    ["return finding('{}', {})"] = "bad placeholder",
    ["return finding('x', {}, { level = 'hög' })"] = "its level must be error",
    ["return finding('x', {}, { level = 5 })"] = "level",
    ["return finding('x', {}, { nivå = 'note' })"] = "nivå",
    ["return finding('x', {}, { recommendation = 5 })"] = "recommendation",
    ["return not_applicable()"] = "bad argument #1 to 'not_applicable'",
  } do
    body = body:gsub("nivå = 'note'", "['nivå'] = 'note'")
    local o = fixture.run(body)
    check.equal(o.outcome, "broken")
    check.contains(o.error, part)
  end
end)

-- ---- many rules ----

local function runner_of(bodies, options)
  local runner = medel.runner(options or { parameters = fixture.parameters })
  for i, body in ipairs(bodies) do
    local source = fixture.rule(body):gsub("PROV%-01", ("PROV-%02d"):format(i))
    assert(runner:load(("r%d.lua"):format(i), source))
  end
  return runner
end

check.test("a broken rule does not stop the next", function()
  local runner = runner_of { "error('a')", "return nil", "local x = nil + ar.arets_resultat", "return finding('b')" }
  local o = runner:run(fixture.report())
  check.same({ o[1].outcome, o[2].outcome, o[3].outcome, o[4].outcome },
    { "broken", "passed", "broken", "finding" })
  check.contains(o[3].error, "r3.lua:2: ")
  check.contains(o[3].error, "not printed (nil)")
end)

check.test("one runner, many reports", function()
  local runner = runner_of { "if ar.arets_resultat < kr(0) then return finding('{r}', { r = ar.arets_resultat }) end" }
  local loss = fixture.source:gsub("arets_resultat: %[200", "arets_resultat: [-7")
  for _ = 1, 50 do
    check.equal(runner:run(fixture.report())[1].outcome, "passed")
    check.equal(runner:run(fixture.report(loss))[1].findings[1].message, "−7 kr")
  end
end)

check.test("a rule remembers nothing of its last call, or report", function()
  local runner = medel.runner { parameters = fixture.parameters }
  assert(runner:load("minns.lua", [[local n, old, values = 0, nil, {}
    return rule { id = "A-01", title = "a", ground = "a", level = "note", check = function(ar, p)
      n = n + 1
      if old then return finding("minns {v}", { v = old.arets_resultat, w = values[1] }, { at = old.insatser.stod }) end
      old, values[1] = ar, ar.foregaende.arets_resultat - ar.eget_kapital
      return finding("{n}", { n = n })
    end }]]))
  for _ = 1, 5 do
    check.equal(runner:run(fixture.report())[1].findings[1].message, "1")
    check.collect()
  end
end)

check.test("a check that is changed by itself is still the file's", function()
  local runner = medel.runner {}
  assert(runner:load("byter.lua", [[local r
    r = rule { id = "A-01", title = "a", ground = "a", level = "note", check = function(ar)
      r.check = function() return finding("bytt") end
      r.id = {}
      return finding("egen")
    end }
    return r]]))
  for _ = 1, 3 do check.equal(runner:run(fixture.report())[1].findings[1].message, "egen") end
end)

check.test("rules see nothing of each other", function()
  local runner = medel.runner {}
  local shared = [[local seen = 0
    return rule { id = "A-01", title = "a", ground = "a", level = "note",
      check = function(ar) seen = seen + 1 return finding("{n}", { n = seen }) end }]]
  assert(runner:load("a.lua", shared))
  assert(runner:load("b.lua", (shared:gsub("A%-01", "B-01"))))
  local o = runner:run(fixture.report())
  check.equal(o[1].findings[1].message, o[2].findings[1].message)
end)

-- ---- limits ----

check.test("time", function()
  local o = fixture.run("while true do end", { time_ms = 50 })
  check.equal(o.outcome, "broken")
  check.equal(o.error, "the rule took longer than its time limit")
  fixture.patiently(function(time_ms)
    local runner = runner_of({ "while true do end", "return finding('kvar')" }, { time_ms = time_ms })
    for _ = 1, 2 do
      local list = runner:run(fixture.report())
      check.equal(list[1].outcome, "broken")
      if list[2].outcome == "broken" then return false end
      check.equal(list[2].findings[1].message, "kvar")
    end
    return true
  end)
end)

check.test("memory", function()
  local o = fixture.run("local t = {} while true do t[#t + 1] = { #t } end", { memory_mb = 4 })
  check.equal(o.outcome, "broken")
  check.contains(o.error, "not enough memory")
end)

check.test("a rule file that never ends is not loaded", function()
  local rule, why = medel.runner { time_ms = 50 }:load("evig.lua", "while true do end")
  check.equal(rule, nil)
  check.contains(why, "its time limit")
end)

check.test("limits are asked for in sensible numbers", function()
  for _, options in ipairs { { time_ms = 0 }, { time_ms = -1 }, { memory_mb = 0 }, { time_ms = 1.5 },
                             { memory_mb = "mycket" }, { memory_mb = math.maxinteger } } do
    check.yes(not pcall(medel.runner, options))
  end
  check.error("table expected", medel.runner, 5)
  check.error("medel.parameters expected", medel.runner, { parameters = 5 })
end)

-- ---- loading ----

check.test("what a rule says of itself", function()
  local rule = medel.runner {}:load("mapp/r.lua", [[return rule {
    id = "PROV-01", title = "Titel", ground = "Grund", level = "deviation", needs = { "a", "b" },
    recommendation = "Gör.", limits = "Ibland.", status = "draft", group = "Prov",
    check = function() end }]])
  check.same(rule, { id = "PROV-01", title = "Titel", ground = "Grund", level = "deviation",
    needs = { "a", "b" }, recommendation = "Gör.", limits = "Ibland.", status = "draft", group = "Prov",
    file = "mapp/r.lua" })
end)

check.test("a rule that is not one is said where it is", function()
  for fields, part in pairs {
    ["title = 5"] = "'title' must be a text", ["level = 'hög'"] = "level must be error, deviation",
    ["check = 5"] = "'check' must be function(ar, p)", ["needs = 'a'"] = "'needs' must be a list",
    ["needs = { 5 }"] = "'needs' must be a list", ["titel = 'x'"] = "unknown field 'titel'",
    ["id = false"] = "'id' must be a text", ["limits = {}"] = "'limits' must be a text",
    ["[1] = 'x'"] = "only named fields", ["id = ''"] = "id", ["id = 'A 1'"] = "id",
    ["id = 'A\27[2J'"] = "id", ["title = '\\27[2J'"] = "title", ["ground = '\\xff'"] = "ground",
  } do
    local source = ([[local r = { id = "A-01", title = "t", ground = "g", level = "note", check = function() end }
      local f = { %s } for k, v in pairs(f) do r[k] = v end return rule(r)]]):format(fields)
    local rule, why = medel.runner {}:load("r.lua", source)
    check.equal(rule, nil)
    check.contains(why, part)
  end
  for source, part in pairs {
    [""] = "r.lua: the file must end with: return rule { ... }",
    ["return 5"] = "the file must end with", ["return {}"] = "the file must end with",
    ["local x ="] = "r.lua:1:", ["return rule(5)"] = "table expected",
    ["error('oj')"] = "r.lua:1: oj", ["error()"] = "not a text", ["error({})"] = "not a text",
    ["x = 1"] = "'x' would be global: write 'local x'", ["return finns_inte"] = "unknown name 'finns_inte'",
  } do
    local rule, why = medel.runner {}:load("r.lua", source)
    check.equal(rule, nil)
    check.contains(why, part)
  end
end)

check.test("the table that rule() was given is the one that counts", function()
  local start = [[local r = rule { id = "A-01", title = "t", ground = "g", level = "note", check = function() end } ]]
  for _, rest in ipairs { "r.id = nil return r", "r.level = 'hög' return r", "r.check = nil return r",
                          "return {}", "r.title = {} return r", "return { id = r.id }" } do
    local rule, why = medel.runner {}:load("r.lua", start .. rest)
    check.equal(rule, nil)
    check.yes(type(why) == "string")
  end
end)

check.test("a finding that was changed after it was made is checked again", function()
  for _, change in ipairs { "f.message = nil", "f.message = {}", "f.message = '\\xff'", "f.level = 'hög'",
                            "f.level = {}", "f.recommendation = {}", "f.message = '\\27[2J'" } do
    local o = fixture.run("local f = finding('x') " .. change .. " return f")
    check.equal(o.outcome, "broken")
  end
  for _, change in ipairs { "f.values = 5", "f.at = 5", "f.nytt = f", "f.values = { [{}] = kr(1), [1] = kr(2) }" } do
    local o = fixture.run("local f = finding('x') " .. change .. " return f")
    check.equal(o.outcome, "finding")
  end
end)

check.test("the reads of a check are its own", function()
  local runner = runner_of { "return finding('a', { a = ar.eget_kapital })", "return finding('b')" }
  local o = runner:run(fixture.report())
  check.equal(#o[1].findings[1].evidence, 1)
  check.equal(#o[2].findings[1].evidence, 0)
end)
