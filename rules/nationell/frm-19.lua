-- The words of the taxonomy's labels and of the förbund's own, as a set and a list.
local function known_words(ar)
  local set, list = {}, {}
  local function learn(text)
    for word in each(words(text)) do
      if not set[word] then list[#list + 1] = word end
      set[word] = true
    end
  end
  for t in each(ar:tables()) do
    for row in t:usual_rows() do
      learn(row.usual_label)
      for name in each(row.synonyms) do learn(name) end
    end
    for row in t:rows() do
      if row.own and row.usual_label ~= row.label then learn(row.usual_label) end
    end
  end
  return set, list
end

-- The same beginning and end: inflections such as intäkt and intäkter are no misspellings.
local function misspelt(word, right)
  return #word >= 7 and #right >= 7 and word:sub(1, 2) == right:sub(1, 2) and word:sub(-3) == right:sub(-3)
    and distance(word, right, 2) <= 2
end

return rule {
  id     = "FRM-19",
  title  = "Radernas beteckningar är rättstavade",
  ground = "LKBR 4 kap. 2 §",
  level  = "note",
  limits = "Bara ord som nästan är lika ett känt ord i taxonomin eller i förbundets egna rader känns igen.",
  check  = function(ar)
    local known, list = known_words(ar)
    local found = {}
    for t in each(ar:tables()) do
      for row in t:rows() do
        for word in each(words(row.label)) do
          for right in each(known[word] and {} or list) do
            if misspelt(word, right) then
              found[#found + 1] = finding("”{rad}” i {tabell} är troligen felstavat: {ord} borde vara {ratt}.",
                { rad = row.label, tabell = t.place_, ord = word, ratt = right }, { at = row })
              break
            end
          end
        end
      end
    end
    return #found > 0 and found or nil
  end,
}
