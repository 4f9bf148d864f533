-- broken.lua: the list of rules that broke in a result.
local broken_rules = {}

-- Say once that a rule could not be run: in this audit, in last year's, or under another norm.
function broken_rules.add(result, broken)
  for _, b in ipairs(result.broken) do
    if b.rule == broken.rule and b.file == broken.file then return end
  end
  result.broken[#result.broken + 1] = broken
end

return broken_rules
