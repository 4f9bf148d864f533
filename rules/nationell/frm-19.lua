-- What inflections such as intäkt and intäkter do not share, and most misspellings do.
local function ends(word)
  return word:sub(1, 2) .. word:sub(-3)
end

-- The words of the taxonomy's labels and of the förbund's own, as a set and as lists of
-- those that begin and end alike.
local function known_words(ar)
  local set, alike = {}, {}
  local function learn(text)
    for word in each(words(text)) do
      if not set[word] and #word >= 7 then
        local list = alike[ends(word)] or {}
        alike[ends(word)] = list
        list[#list + 1] = word
      end
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
  return set, alike
end

return rule {
  id     = "FRM-19",
  title  = "Radernas beteckningar är rättstavade",
  ground = "LKBR 4 kap. 2 §",
  level  = "note",
  document = "alla",
  limits = "Bara ord som nästan är lika ett känt ord i taxonomin eller i förbundets egna rader känns igen.",
  check  = function(ar)
    local known, alike = known_words(ar)
    local found = {}
    for t in each(ar:tables()) do
      for row in t:rows() do
        for word in each(words(row.label)) do
          for right in each(not known[word] and #word >= 7 and alike[ends(word)] or {}) do
            if distance(word, right, 2) <= 2 then
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
