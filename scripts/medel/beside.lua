-- beside.lua: what the rules of an audit hold the report against (docs/rules.md), for a runner.
return function(result, how)
  how.ledger, how.statements, how.forra, how.sektor = result.ledger, result.statements, result.previous, result.sektor
  how.urval = result.ledger and require("medel.ledger.sample").of(result.engagement, result.ledger)
  return how
end
