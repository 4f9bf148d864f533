-- ledger_ties.lua: the rule that a line of the taxonomy is which holds tables of a report against
-- the bookkeeping (docs/taxonomy.md, Ties to the bookkeeping).  It runs as a rule does, inside a
-- guard, with the ledger's entries as its evidence.
local ledger_ties = {}

local template = [[
local kolumner = { intakt = "Intäkt,", kostnad = "Kostnad,", netto = "Netto,", budget = "Budget,", avvikelse = "Avvikelse," }

return rule {
  id     = %q,
  title  = %q,
  ground = %q,
  level  = %q,
  document = "alla",
  needs  = { "huvudbok", "kontoplan" },
  recommendation = "Rätta rapporten, eller kontot, objektet eller beloppet på verifikationen, så att de två stämmer.",
  limits = "Kontoplanen avgör vilka konton som är en rad; docs/kontoplan.md.",
  check  = function(ar, p)
    local bok, avst = ar.huvudbok, ar.avstamning
    local fel, provade = {}, 0
    for tabell in each { %s } do
      local skillnader, antal = avst:compare(ar, tabell)
      provade = provade + antal
      for d in each(skillnader) do
        if not d.foljer then
          local kolumn = tabell == "driftredovisning" and kolumner[d.fakta.measure] or ""
          fel[#fel + 1] = finding(kolumn .. (kolumn == "" and "" or " ")
            .. "{rad} {ar} är tryckt som {tryckt}, men huvudboken ger {bok}; skillnaden är {skillnad:+kr}. {bakom}",
            { rad = d.fakta.label, ar = d.fakta.year, tryckt = d.fakta.printed or ore(0), bok = d.huvudbok, skillnad = d.skillnad, bakom = d.bakom },
            { at = d.fakta, evidence = d.poster, causes = d.nycklar })
        end
      end
    end
    if provade < 1 then return not_applicable("rapporten har ingen tabell av det slaget som huvudboken når") end
    return fel
  end,
}
]]

-- check as medel.check_rules gives it.
function ledger_ties.source(check)
  local tables = {}
  for i, name in ipairs(check.ledger) do tables[i] = ("%q"):format(name) end
  return template:format(check.id, check.title, check.ground, check.level, table.concat(tables, ", "))
end

return ledger_ties
