-- md.lua: projections as Markdown.
return function(results, args)
  return require("medel.blocks").markdown(require("medel.projections.document")(results, false, args))
end
