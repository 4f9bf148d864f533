-- interim.lua: the year's delårsrapport against its årsredovisning: did the forecast hold, is it
-- the same budget, did both begin with the same eget kapital?
local medel = require "medel"
local words = require "medel.writers.words"

local interim = {}

local function rule(id, title, level, ground, recommendation)
  return { id = id, title = title, level = level, ground = ground, recommendation = recommendation, pack = "nationell", core = true }
end
local rules = {
  forecast = rule("DEL-10", "Delårsrapportens helårsprognos träffar utfallet", "recommendation", "LKBR 11 kap. 9 §; god sed för prognoser",
    "Förbättra träffsäkerheten i prognosarbetet."),
  told = rule("DEL-11", "Årsredovisningen återger delårsrapportens prognos", "deviation", "LKBR 4 kap. 3 §",
    "Återge prognosen som den lämnades."),
  budget = rule("DEL-12", "Budgeten är densamma i delårsrapporten och årsredovisningen", "deviation", "LKBR 10 kap. 1 §; RKR R14, R17",
    "Ange den fastställda budgeten på båda ställena, eller upplys om att den har ändrats."),
  opening = rule("DEL-13", "Delårsrapporten och årsredovisningen börjar med samma egna kapital", "error", "LKBR 4 kap. 4 § 7",
    "Stäm av ingående eget kapital mot föregående årsredovisning."),
}
interim.rules = rules

local function place(f, fact)
  if fact then f.file, f.line, f.col, f.place, f.table = fact.file, fact.line, fact.col, fact.place, fact.table end
  return f
end

-- A finding on two figures, the årsredovisning's first.
local function two(message, values, here, there)
  local facts = words.figures(there, words.figures(here))
  return place({ message = medel.finding(message, values).message, evidence = facts, expected = there, printed = here,
                 difference = here - there }, facts[1])
end

local tests = {}

function tests.forecast(ar, delar, p)
  local forecast, outcome, grants = delar.prognos.arets_resultat, ar.arets_resultat, ar.medlemsbidrag
  if not forecast or not outcome or not grants or grants <= medel.kr(0) then return nil end
  if ar.prognos.arets_resultat then return true end -- PRO-01 tells it
  local miss = outcome - forecast
  if miss:abs() / grants <= p.prognos.storsta_miss then return true end
  return two("Delårsrapportens prognos för årets resultat var {prognos:tkr} och utfallet blev {utfall:tkr}, {miss:tkr} "
    .. (miss > medel.kr(0) and "bättre" or "sämre") .. " eller {andel:%1} av medlemsbidragen.",
    { prognos = forecast, utfall = outcome, miss = miss:abs(), andel = miss:abs() / grants }, outcome, forecast)
end

function tests.told(ar, delar)
  local here, there = ar.prognos.arets_resultat, delar.prognos.arets_resultat
  if not here or not there then return nil end
  if medel.agrees(here, there) then return true end
  return two("Årsredovisningen anger prognosen till {har} men delårsrapporten hade {dar}; skillnaden är {skillnad}.",
    { har = here, dar = there, skillnad = (here - there):abs() }, here, there)
end

function tests.budget(ar, delar)
  local out, tried = {}, false
  for _, concept in ipairs { "arets_resultat", "verksamhetens_intakter", "verksamhetens_kostnader", "medlemsbidrag" } do
    local here, there = ar.budget[concept], delar.budget[concept]
    tried = tried or here and there
    if here and there and not medel.agrees(here, there) then
      local fact = words.figures(here)[1]
      out[#out + 1] = two("{vad} är {har} i årsredovisningen och {dar} i delårsrapporten; skillnaden är {skillnad}.",
        { vad = fact and words.name(fact) or "Budgeten", har = here, dar = there, skillnad = (here - there):abs() }, here, there)
    end
  end
  if not tried then return nil end
  return #out == 0 or out
end

function tests.opening(ar, delar)
  local function opening(year)
    local br = year.balansrakning
    return br and (br.eget_kapital_ingaende or br.eget_kapital and br.arets_resultat and br.eget_kapital - br.arets_resultat)
  end
  local here, there = opening(ar), opening(delar)
  if not here or not there then return nil end
  if medel.agrees(here, there) then return true end
  return two("Eget kapital vid årets början är {har} i årsredovisningen men {dar} i delårsrapporten; skillnaden är {skillnad}.",
    { har = here, dar = there, skillnad = (here - there):abs() }, here, there)
end

-- The findings of the tie are the årsredovisning's.
function interim.add(w, result, delar)
  local ar = result.ar
  if delar.rakenskapsar ~= ar.rakenskapsar then
    error(("%s is of %d, the report of %d"):format(delar.fil, delar.rakenskapsar, ar.rakenskapsar), 0)
  end
  if require("medel.document").kind(delar) ~= "delarsrapport" then
    error(delar.fil .. ": this is no delårsrapport; dokument: { slag: delarsrapport } says that it is", 0)
  end
  local p = w.parameters:at(ar)
  for _, name in ipairs { "forecast", "told", "budget", "opening" } do
    local rule, found = rules[name], tests[name](ar, delar, p)
    if found == true then
      result.passed[#result.passed + 1] = rule
    elseif found == nil then
      result.not_applicable[#result.not_applicable + 1] = { rule = rule, missing = "uppgifterna är inte tryckta i båda" }
    else
      for _, f in ipairs(found.message and { found } or found) do
        f.rule, f.title, f.ground, f.level, f.pack = rule.id, rule.title, rule.ground, rule.level, rule.pack
        f.recommendation = rule.recommendation
        result.findings[#result.findings + 1] = f
      end
    end
  end
end

return interim
