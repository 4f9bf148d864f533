-- md.lua: projections as Markdown.
return function(results)
  return require("medel.blocks").markdown(require("medel.projections.document")(results, false))
end
