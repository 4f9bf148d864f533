-- What inflections such as intäkt and intäkter do not share, and most misspellings do.
local function ends(word)
  return word:sub(1, 2) .. word:sub(-3)
end

-- The words of the taxonomy's labels and of the förbund's own: a list of them, and a set.
local function known_words(ar)
  local list, set = {}, {}
  local function learn(more)
    for i = 1, #more do
      local word = more[i]
      if not set[word] then list[#list + 1] = word end
      set[word] = true
    end
  end
  for t in each(ar:tables()) do
    learn(t:usual_words())
    for row in t:rows() do
      if row.own and row.usual_label ~= row.label then learn(words(row.usual_label)) end
    end
  end
  return list, set
end

-- The long ones by how they begin and end.
local function by_ends(list)
  local alike = {}
  for _, word in ipairs(list) do
    if #word >= 7 then
      local same = alike[ends(word)] or {}
      alike[ends(word)] = same
      same[#same + 1] = word
    end
  end
  return alike
end

return rule {
  id     = "FRM-19",
  title  = "Radernas beteckningar är rättstavade",
  ground = "LKBR 4 kap. 2 §",
  level  = "note",
  document = "alla",
  limits = "Bara ord som nästan är lika ett känt ord i taxonomin eller i förbundets egna rader känns igen.",
  check  = function(ar)
    local list, known = known_words(ar)
    local alike
    local found = {}
    for t in each(ar:tables()) do
      for row in t:rows() do
        local label = row.label
        for _, word in ipairs(words(label)) do
          if not known[word] and #word >= 7 then
            alike = alike or by_ends(list)
            for right in each(alike[ends(word)]) do
              if distance(word, right, 2) <= 2 then
                found[#found + 1] = finding("”{rad}” i {tabell} är troligen felstavat; rätt är ”{ratt}”.",
                  { rad = label, tabell = t.place_, ratt = right }, { at = row })
                break
              end
            end
          end
        end
      end
    end
    return #found > 0 and found or nil
  end,
}
