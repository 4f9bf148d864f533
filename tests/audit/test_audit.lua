-- test_audit.lua FOLDER - packs, engagement, avsteg, follow-up, norms and the reports, on
-- small files written to a new folder of its own in FOLDER, which alone is removed.
local folder
do
  local pipe = assert(io.popen("mktemp -d '" .. assert(..., "FOLDER is missing") .. "/audit-XXXXXX'"))
  folder = pipe:read "l"
  assert(pipe:close() and folder, "no folder of its own")
end
local workspace = require "medel.workspace"
local session = require "medel.session"
local packs = require "medel.packs"
local engagement = require "medel.engagement"

local passed, failed = 0, 0
local function check(name, ok, detail)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print("FAIL " .. name .. (detail and ": " .. tostring(detail) or ""))
  end
end

local function contains(text, part)
  return tostring(text):find(part, 1, true) ~= nil
end

local function write(name, text)
  local path = folder .. "/" .. name
  os.execute("mkdir -p '" .. path:match "^(.*)/" .. "'")
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  return path
end

local function refuses(name, part, f, ...)
  local ok, why = pcall(f, ...)
  check(name, not ok and contains(why, part), why)
end

local function report(year, more)
  return ([[
medel: 1
forbund: { namn: Prov }
rakenskapsar: %d
resultatrakning:
  enhet: kr
  kolumner: [%d, %d]
  rader:
    verksamhetens_intakter: [8 000 000, 8 000 000]
    verksamhetens_kostnader: [%s, -7 500 000]
    verksamhetens_resultat: [%s, 500 000]
    arets_resultat: [%s, 500 000]
oversikt:
  enhet: kr
  kolumner: [%d]
  rader: { medlemsbidrag: [8 000 000], eget_kapital: [1 560 000] }
%s]]):format(year, year, year - 1, more and more.costs or "-8 900 000", more and more.result or "-900 000",
    more and more.result or "-900 000", year,
    more and more.text or "")
end

local taxonomy = workspace.taxonomy()
local function audit(path, options)
  options = options or {}
  options.taxonomy = taxonomy
  local asked = session.new(options)
  local ar = asked:load(path)
  return asked:audit(ar), asked:rule_set(ar)
end

local function finding(result, id)
  for _, f in ipairs(result.findings) do if f.rule == id then return f end end
end

-- ---- packs ----

write("paket/eget/pack.yaml", [[
medel_pack: 1
id: eget
title: Eget
includes: [nationell]
off: [EKA-02]
levels: { EKA-01: note }
norms: { riktlinje.eget_kapital: rak_20 }
]])
write("paket/eget/egn-01.lua", [[
return rule {
  id = "EGN-01", title = "t", ground = "g", level = "note",
  check = function(ar) return finding("alltid") end,
}
]])
local path = write("rapport/2023.yaml", report(2023))
local result, w = audit(path, { packs = { folder .. "/paket/eget" } })
check("an own rule runs", finding(result, "EGN-01"))
check("a finding names its pack", finding(result, "EGN-01").pack == "eget")
check("included packs run", w.by_id["BID-01"] or w.by_id["EKA-01"])
check("a rule is switched off", not w.by_id["EKA-02"])
check("a norm is chosen: 20 % of 8 mnkr is not exceeded", not finding(result, "EKA-01"))
result = audit(path, { packs = { folder .. "/paket/eget" }, norms = { ["riktlinje.eget_kapital"] = "trappa" } })
check("the command line wins over the pack", finding(result, "EKA-01"))
check("a level is overridden", finding(result, "EKA-01").level == "note")

write("paket/a/pack.yaml", "medel_pack: 1\nid: a\nincludes: [../b]\n")
write("paket/b/pack.yaml", "medel_pack: 1\nid: b\nincludes: [../a]\n")
refuses("packs in a circle", "include each other", packs.resolve, { folder .. "/paket/a" })
write("paket/fel/pack.yaml", "medel_pack: 1\nid: fel\ninclude: [x]\n")
refuses("an unknown key in a pack", "unknown key 'include'", packs.resolve, { folder .. "/paket/fel" })
refuses("a pack that is not there", "no pack 'finnsinte'", packs.resolve, { "finnsinte" })

-- A pack is looked for in the folders of rules first, also the one that the förbund names; and
-- it may head the sections of the granskningsrapport.
write("egna/forbundets/pack.yaml", "medel_pack: 1\nid: forbundets\nlevels: { EKA-01: note }\nsections: { \"2.1\": Min rubrik }\n")
local named = write("egen/2023.yaml", (report(2023):gsub("namn: Prov", "namn: Prov, paket: forbundets")))
result = audit(named, { rules = { folder .. "/egna" } })
check("a pack in a folder of rules is found", finding(result, "EKA-01").level == "note")
check("and heads a section", contains(require("medel.blocks").markdown(require "medel.reports.granskning"(result)), "2.1 Min rubrik"))
refuses("a pack that the förbund names and nobody has, with its place", ": error: no pack 'forbundets' in ", audit, named)
refuses("a pack that is a folder", ": error: the pack '.' is no id", audit,
  write("egen/mapp.yaml", (report(2023):gsub("namn: Prov", "namn: Prov, paket: ."))))

-- What a pack adds to the taxonomy is judged for the reports that it is chosen for, and no others.
local tied = "medel_relations: 1\nchecks: { EGN-02: { title: Bidragen är resultatet, level: error, ground: Egen } }\n"
  .. "relations: [{ rule: EGN-02, left: oversikt.medlemsbidrag, right: [oversikt.eget_kapital] }]\n"
write("paket/band/pack.yaml", "medel_pack: 1\nid: band\nincludes: [nationell]\nrelations: [band.yaml]\n")
write("paket/band/band.yaml", tied)
result, w = audit(path, { packs = { folder .. "/paket/band" } })
local tie = finding(result, "EGN-02")
check("what a pack adds asks where nothing keeps it", tie and tie.level == "note" and tie.proof == "question")
check("and is of that pack", tie and tie.pack == "band" and w.by_id["EGN-02"].file:find "band.yaml")
check("nobody else has it", not finding(audit(path), "EGN-02"))
write("paket/lost/pack.yaml", "medel_pack: 1\nid: lost\nincludes: [../band]\noff: [EGN-02]\n")
check("a pack on top switches it off", not finding(audit(path, { packs = { folder .. "/paket/lost" } }), "EGN-02"))
write("paket/tung/pack.yaml", "medel_pack: 1\nid: tung\nincludes: [../band]\nlevels: { EGN-02: recommendation }\n")
check("or weighs it", select(2, audit(path, { packs = { folder .. "/paket/tung" } })).by_id["EGN-02"].level == "recommendation")
write("paket/tva/pack.yaml", "medel_pack: 1\nid: tva\nrelations: [tva.yaml]\n")
write("paket/tva/tva.yaml", tied)
refuses("two packs with one id", "'EGN-02' is already a check", audit, path, { packs = { folder .. "/paket/band", folder .. "/paket/tva" } })
write("paket/band/egn-02.lua", 'return rule { id = "EGN-02", title = "t", ground = "g", level = "note", check = function() end }')
result = audit(path, { packs = { folder .. "/paket/band" } })
check("a rule with the id of a check is broken", result.broken[1] and result.broken[1].error:find "already used by .*band.yaml",
  result.broken[1] and result.broken[1].error)
write("paket/skrivfel/pack.yaml", "medel_pack: 1\nid: skrivfel\nrelations: [r.yaml]\n")
write("paket/skrivfel/r.yaml", (tied:gsub("oversikt.eget_kapital", "oversikt.eget_kapita")))
refuses("a row that is not there", "r.yaml:3:67: error: unknown row", audit, path, { packs = { folder .. "/paket/skrivfel" } })
write("paket/borta/pack.yaml", "medel_pack: 1\nid: borta\nrelations: [finnsinte.yaml]\n")
refuses("a file that is not there", "finnsinte.yaml", audit, path, { packs = { folder .. "/paket/borta" } })

-- ---- norms ----

result = audit(path, { competing = true })
local differing
for _, entry in ipairs(result.norms) do if entry.rule.id == "EKA-01" then differing = entry end end
check("a verdict that depends on the norm is said", differing and differing.differs)
check("the used norm comes first", differing and differing.norms[1].usual)
check("the other norm passes", differing and differing.norms[2].outcome == "passed")

result = audit(path, { sets = { ["riktlinje.eget_kapital"] = "10 %" } })
check("a value set for a what-if counts", contains(finding(result, "EKA-01").message, "800 000 kr"),
  finding(result, "EKA-01") and finding(result, "EKA-01").message)
refuses("a what-if of an unknown parameter", "no parameter 'x.y'", audit, path, { sets = { ["x.y"] = "1" } })

-- ---- materiality ----

local wrong = write("fel/2023.yaml", (report(2023):gsub("verksamhetens_resultat: %[%-900 000", "verksamhetens_resultat: [-904 000")))
result = audit(wrong)
local f = finding(result, "SUM-01")
check("a wrong figure below the trivial is a deviation", f and f.level == "deviation" and f.weight == "ringa")
wrong = write("fel/2023.yaml", (report(2023):gsub("verksamhetens_resultat: %[%-900 000", "verksamhetens_resultat: [-100 000")))
result = audit(wrong)
f = finding(result, "SUM-01")
check("one above materiality is marked", f and f.level == "error" and f.weight == "väsentlig")
check("materiality says its reason", contains(result.materiality.reason, "2 % av verksamhetens kostnader"))
write("fel/granskning.yaml", "medel_granskning: 1\nvasentlighet: { helhet: 2 000 000 kr, ringa: 1 000 000 kr, skal: prov }\n")
result = audit(wrong)
check("the engagement decides materiality", finding(result, "SUM-01").weight == "ringa")
write("fel/granskning.yaml", "medel_granskning: 1\nrekommendationer: { EKA-01: { status: avvisad } }\n")
refuses("a rejection needs a reason", "without skal", audit, wrong)
write("fel/granskning.yaml", "medel_granskning: 1\nrekommendation: {}\n")
refuses("an unknown key in an engagement", "unknown key 'rekommendation'", audit, wrong)

-- ---- avsteg ----

result = audit(path)
local print_ = finding(result, "EKA-01").fingerprint
local function avsteg(till, fingerprint)
  return write("rapport/avsteg.yaml", ([[
medel_avsteg: 1
avsteg:
  - { regel: EKA-01, beslutat_av: Styrelsen, datum: 2023-05-02, skal: Projekt pågår, till_och_med: %s, fingeravtryck: %s }
]]):format(till, fingerprint))
end
avsteg("2024-12-31", print_)
result = audit(path)
check("a waived finding is moved", not finding(result, "EKA-01") and #result.waived == 1)
check("and shown with its reason", result.waived[1].avsteg.skal == "Projekt pågår")
avsteg("2022-12-31", print_)
result = audit(path)
check("an expired avsteg does not count", finding(result, "EKA-01") and contains(result.lapsed[1].why, "till och med"))
avsteg("2024-12-31", ("0"):rep(32))
result = audit(path)
check("an avsteg falls when the figures change", finding(result, "EKA-01") and #result.lapsed == 1)
local moved = write("flyttad/2023.yaml", "# en rad till\n\n" .. report(2023))
check("a fingerprint survives moved lines", finding(audit(moved), "EKA-01").fingerprint == print_)
local changed = write("flyttad/2023b.yaml", (report(2023):gsub("1 560 000", "1 570 000")))
check("and not a changed figure", finding(audit(changed), "EKA-01").fingerprint ~= print_)
write("rapport/avsteg.yaml", "medel_avsteg: 1\navsteg: [{ regel: EKA-01 }]\n")
refuses("an avsteg must say who decided", "has no 'beslutat_av'", audit, path)
avsteg("~", print_)
refuses("an empty field of an avsteg", "till_och_med of avsteg 1 must be a text", audit, path)
os.remove(folder .. "/rapport/avsteg.yaml")

-- ---- follow-up ----

local before = write("fjol/2022.yaml", report(2022, { costs = "-7 500 000", result = "500 001", text = [[
revision:
  rekommendationer: [{ text: Förbruka medel, regel: EKA-01 }, { text: Skriv tydligare }]
]] }))
result = audit(path, { previous = before })
f = finding(result, "JMF-01")
check("a krona's difference between years is rounding", not f, f and f.message)
before = write("fjol/2022.yaml", report(2022, { costs = "-7 500 000", result = "470 000", text = [[
revision:
  rekommendationer: [{ text: Förbruka medel, regel: EKA-01 }, { text: Skriv tydligare }]
]] }))
result = audit(path, { previous = before })
f = finding(result, "JMF-01")
check("comparatives that were printed otherwise are found", f and contains(f.message, "470 000"))
check("earlier years of the översikt are compared", (function()
  local function years(year, ...)
    return report(year):gsub("  kolumner: %[%d+%]\n  rader: { medlemsbidrag: %[8 000 000%], eget_kapital: %[1 560 000%] }",
      ("  kolumner: [%d, %d, %d]\n  rader: { eget_kapital: [%s, %s, %s] }"):format(year, year - 1, year - 2, ...))
  end
  local r = audit(write("flera/2023.yaml", (years(2023, "1 560 000", "1 500 000", "1 400 000"))),
    { previous = write("flera/2022.yaml", (years(2022, "1 500 000", "1 450 000", "1 300 000"))) })
  local found = {}
  for _, g in ipairs(r.findings) do
    if g.rule == "JMF-01" and g.table == "oversikt" then found[#found + 1] = g.message end
  end
  return #found == 1 and contains(found[1], "1 400 000") and contains(found[1], "1 450 000")
end)())
check("a recommendation is repeated", result.followup.recommendations[1].status == "upprepas")
check("one without a rule is left to the revisor", result.followup.recommendations[2].status == "prövas av revisorn")
check("a finding of both years remains", finding(result, "EKA-01").since == "kvarstår")
check("another is new", f.since == "ny")
check("some are gone", #result.followup.gone > 0)

-- ---- the granskningsrapport ----

write("rapport/granskning.yaml", [[
medel_granskning: 1
uppdrag: { revisor: Prövningsbyrån, datum: 2024-03-01 }
rekommendationer:
  EKA-01: { status: godkänd, text: Minska det egna kapitalet. }
rubriker: { "2.7": Kapital och riktlinje }
svar: { IKO-01: Avstämt utan skillnad. }
]])
result, w = audit(path, { competing = true })
local doc = require "medel.reports.granskning"(result)
local blocks = require "medel.blocks"
local text = blocks.markdown(doc)
check("an approved recommendation is given", contains(text, "lämnas följande rekommendationer") and contains(text, "Minska det egna kapitalet"))
check("a heading is the revisor's", contains(text, "2.7 Kapital och riktlinje"))
check("an answer stands on the request list", contains(text, "Avstämt utan skillnad"))
check("the tool never says anmärkning", not contains(text:lower(), "anmärk"))
check("the manifest has sums", contains(text, medel.sha256(medel.read_file(path))))
check("the same twice", text == blocks.markdown(require "medel.reports.granskning"(result)))
check("every number in brackets has its row", (function()
  local n = #doc.facts
  for group in text:gmatch "\\%[([%d, ]+)\\%]" do
    for number in group:gmatch "%d+" do if tonumber(number) > n then return false end end
  end
  return n > 0
end)())

-- How the förbund counts has a section of its own, and stands nowhere else.
local own = audit(write("rakna/2023.yaml", [[
medel: 1
rakenskapsar: 2023
resultatrakning:
  enhet: kr
  kolumner: [2023, 2022]
  rader:
    verksamhetens_kostnader: [-4 450 111, -4 500 222]
    avskrivningar: [-20 333, -20 444]
oversikt:
  enhet: kr
  kolumner: [2023, 2022]
  rader:
    verksamhetens_kostnader: [4 470 444, 4 520 666]
]]), { competing = true })
text = blocks.markdown(require "medel.reports.granskning"(own))
local section = text:match "2%.8%.1 Så räknar förbundet(.-)\n## "
check("the förbund's way of counting is told", section and contains(section, "är Verksamhetens kostnader i resultaträkningen plus Avskrivningar"), section)
check("and only there", section and not contains(text:gsub("2%.8%.1 Så räknar förbundet.-\n## ", ""), "plus Avskrivningar"))
check("none found is not said of what was not compared", contains(blocks.markdown(require "medel.reports.granskning"(
  (audit(write("tom/2023.yaml", "medel: 1\nrakenskapsar: 2023\n"), { competing = true })))), "Inget i avsnittet har kunnat prövas"))

os.execute("rm -rf '" .. folder .. "'")
print(("%d passed, %d failed"):format(passed, failed))
if failed > 0 then error("some tests failed", 0) end
