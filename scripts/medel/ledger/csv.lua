-- csv.lua: the rows of a view of a ledger; amounts in kronor.
local tables = require "medel.tables"

return function(view, _, args)
  return tables.csv(view, args)
end
