-- sweep.lua EVERY - every prefix of the files that Lua reads, and every byte changed to every other (or
-- each EVERYth of them): read or refused with the file's name, never an error of our own code.
local every = math.tointeger(tonumber((...)))
local medel = require "medel"
local asked = require("medel.session").new()
local engagement, scenario, packs = require "medel.engagement", require "medel.scenario", require "medel.packs"
local taxonomy, parameters = asked:taxonomy(), asked:parameters()

local base = [[
medel: 1
rakenskapsar: 2023
resultatrakning:
  enhet: kr
  kolumner: [2023]
  rader: { verksamhetens_intakter: [1 000 000], verksamhetens_kostnader: [-950 000], arets_resultat: [50 000] }
balansrakning:
  enhet: kr
  kolumner: [2023]
  rader: { kassa_och_bank: [600 000], eget_kapital: [600 000] }
noter: { 2: { slag: intakter, enhet: kr, kolumner: [2023], rader: { bidrag_staten: [1 000 000], medlemsbidrag: [1 000 000] } } }
]]
local ar = assert(medel.read_report(taxonomy, base, "2023.yaml"))

-- The files that are swept stand in memory.
local file = {}
local files = require "medel.files"
files.mount("x/", files.memory(file))
files.mount("./x", files.memory(file))

local kinds = {
  { "x/granskning.yaml", [[
medel_granskning: 1
vasentlighet: { helhet: 100 000 kr, arbete: 5 kr, ringa: 10 kr, skal: prov }
ovriga: förslag
rekommendationer:
  EKA-01: { status: godkänd, text: Sänk. }
  MAL-01: { status: avvisad, skal: nej }
svar: { FRG-01: ja }
uppdrag: { revisor: R, datum: 2024-01-01 }
rubriker: { titel: Kort }
]], function(path)
    local e = engagement.read(path)
    engagement.materiality(e, ar, parameters)
  end },
  { "x/avsteg.yaml", [[
medel_avsteg: 1
avsteg:
  - { regel: EKA-01, beslutat_av: s, datum: 2024-02-01, skal: prov, till_och_med: 2025-12-31, fingeravtryck: ab }
]], function() engagement.read_avsteg "x/2023.yaml" end },
  { "x/scenario.yaml", [[
medel_scenario: 1
scenarios:
  - scenario: A
    base: 2023.yaml
    years: [2024, 2025]
    ranta: 0 %
    decisions:
      - { title: L, by: s, from: 2024-01, to: 2024-12, medlemsbidrag: -10 %, reason: r, document: d }
      - { title: N, from: 2024-03, kostnad: { ny: { label: Ny, group: individ, belopp: 5 000 kr } } }
]], function(path)
    for _, s in ipairs(require("medel.scenario_file").load(path, function() return ar end)) do scenario.run(s, parameters) end
  end },
  { "./x/pack.yaml", [[
medel_pack: 1
id: x
title: X
off: [EKA-01]
levels: { EKA-02: note }
norms: { riktlinje.eget_kapital: rak_20 }
parameters: [a.yaml]
]], function() packs.merge(packs.resolve { "./x" }) end },
}
local tried, wrong = 0, 0
local function try(kind, text, how)
  local path, _, reader = table.unpack(kind)
  file[path] = text
  local ok, why = pcall(reader, path)
  tried = tried + 1
  why = tostring(why)
  -- What is refused is said of the file; our own errors name a script.
  if not ok and (why:find "scripts/medel/" or why:find "attempt to " or not why:find "x/%l+%.yaml") then
    wrong = wrong + 1
    if wrong <= 20 then print(("FAIL %s, %s: %s"):format(path, how, why)) end
  end
  file[path] = nil
end

local n = 0
for _, kind in ipairs(kinds) do
  local text = kind[2]
  try(kind, text, "as it is")
  for i = 0, #text do try(kind, text:sub(1, i), ("the first %d bytes"):format(i)) end
  for i = 1, #text do
    for byte = 0, 255 do
      n = n + 1
      if n % every == 0 then
        try(kind, text:sub(1, i - 1) .. string.char(byte) .. text:sub(i + 1), ("byte %d is %d"):format(i, byte))
      end
    end
  end
end
print(("sweep of what Lua reads: %d tried, %d wrong"):format(tried, wrong))
if wrong > 0 then error("some are wrong", 0) end
