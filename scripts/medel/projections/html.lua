-- html.lua: projections as one page with charts.
return function(results, args)
  return require("medel.blocks").html(require("medel.projections.document")(results, true, args))
end
