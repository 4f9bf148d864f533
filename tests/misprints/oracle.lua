-- oracle.lua: what `medel coverage` says of a misprint is what an audit of the misprinted
-- file says.  Run by `medel run --trust tests/misprints/oracle.lua STEP FILE...`: every
-- STEPth misprint of each file is audited.
local medel = require "medel"
local session = require "medel.session"

-- The report with its förbund in the same text, after it, so that lines keep their number.
local function whole(file)
  local text = assert(medel.read_file(file))
  local beside = file:match "^(.*/)" or ""
  local name = text:match "\nforbund: (%S+%.yaml)\n"
  if not name then return text end
  local forbund = assert(medel.read_file(beside .. name))
  return (text:gsub("\nforbund: %S+%.yaml\n", "\n\n")) .. "\nforbund:\n"
    .. forbund:gsub("[^\n]+", "  %0")
end

local function with_figure(text, fact, now)
  local at = 1
  for _ = 2, fact.line do at = text:find("\n", at, true) + 1 end
  at = utf8.offset(text, fact.col, at)
  local quoted = text:sub(at, at):find "[\"']" and 1 or 0
  assert(text:sub(at + quoted, at + quoted + #fact.text - 1) == fact.text, fact.text)
  return text:sub(1, at - 1) .. '"' .. now .. '"' .. text:sub(at + #fact.text + 2 * quoted)
end

local function before(a, b)
  return a.line < b.line or (a.line == b.line and a.col < b.col)
end

local function misprinted(text, fact, m)
  if not m.other then return with_figure(text, fact, m.text) end
  if before(fact, m.other) then text = with_figure(text, m.other, m.other_text) end
  text = with_figure(text, fact, m.text)
  if before(m.other, fact) then text = with_figure(text, m.other, m.other_text) end
  return text
end

-- Findings above note by rule and place; signs and units are about a table.
local function findings_of(asked, ar, place_of)
  local set = {}
  for _, f in ipairs(asked:audit(ar).findings) do
    local place = f.line .. ":" .. f.col
    place = place_of[place] or place
    if f.kind == "unit" then place = f.table end
    -- One row with the odd sign is about that row; else signs are about a table and year.
    local first = f.evidence[1]
    local odd = f.cause and (first.row ~= "resultat" or first.measure ~= "netto" or first.variant ~= "utfall")
    if f.kind == "signs" and not odd then place = f.table .. " " .. f.evidence[1].year end
    if f.level ~= "note" then set[f.rule .. " " .. (f.kind or "") .. " " .. place] = true end
  end
  return set
end

-- A longer figure moves those after it on its line: where they stood before.
local function places(ar, changed)
  local facts, place = changed:facts(), {}
  for i, old in ipairs(ar:facts()) do
    local new = facts[i]
    place[new.line .. ":" .. new.col] = old.line .. ":" .. old.col
  end
  return place
end

local function audit_notices(asked, ar, base, text, fact, m)
  local changed = assert(medel.read_report(asked:taxonomy(), misprinted(text, fact, m), ar.fil))
  for id in pairs(findings_of(asked, changed, places(ar, changed))) do
    if not base[id] then return true end
  end
  return false
end

local function compare(file, step)
  local path, text = os.tmpname(), whole(file)
  local out = assert(io.open(path, "wb"))
  out:write(text)
  out:close()
  local asked = session.new { engagement = false, avsteg = false }
  local ar = asked:load(path)
  local figures = require("medel.coverage").run(asked, ar, {})
  os.remove(path)
  local base, n, tried, failed = findings_of(asked, ar, {}), 0, 0, 0
  for _, f in ipairs(figures) do
    for _, m in ipairs(f.misprints) do
      n = n + 1
      if n % step < 1 then
        local noticed = audit_notices(asked, ar, base, text, f.fact, m)
        tried = tried + 1
        if noticed ~= m.noticed then
          failed = failed + 1
          print(("%s:%d:%d %s as %s (%s): coverage says %s, an audit %s"):format(file, f.fact.line,
            f.fact.col, f.fact.text, m.text, m.kind, m.noticed, noticed))
        end
      end
    end
  end
  return tried, failed
end

local step, failures = tonumber((...)), 0
for _, file in ipairs { select(2, ...) } do
  local tried, failed = compare(file, step)
  failures = failures + failed
  print(("%s: %d misprints audited, %d not as coverage says"):format(file, tried, failed))
end
if failures > 0 then error("coverage and audit differ", 0) end
